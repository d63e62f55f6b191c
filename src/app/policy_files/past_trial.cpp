#include "app/policy_files/past_trial.hpp"

#include <algorithm>

#include "app/archive/state.hpp"
#include "app/backtests/past.hpp"
#include "app/backtests/sets.hpp"
#include "app/backtests/tally.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::policy_files {

namespace {

using core::control::Backtest;
using core::control::BacktestGap;
using core::control::PolicySet;
using core::ledger::CardAccount;
using ports::Compare;
using ports::where;

constexpr std::int64_t accounts_per_read = 500;

class PastTrial {
  public:
    PastTrial(const Context& context, const PolicySet& current, const PolicySet& changed, const TrialWish& wish)
        : context_(context), current_(current), changed_(changed), wish_(wish) {}

    Result<Trial> run() {
        auto past = past_wish();
        if (!past) return std::unexpected(std::move(past.error()));
        for (AccountId last;;) {
            const auto accounts =
                context_.store().list<CardAccount>({{where<&CardAccount::tenant_id>(context_.tenant_id),
                                                     where<&CardAccount::account_id>(Compare::greater, last)},
                                                    {{member_name<&CardAccount::account_id>}},
                                                    0,
                                                    accounts_per_read});
            if (!accounts) return std::unexpected(accounts.error());
            for (const CardAccount& account : *accounts) {
                if (!goes_on() || made_.accounts == wish_.accounts_max) return stopped();
                last = account.account_id;
                if (auto done = read(*past, last); !done) return std::unexpected(std::move(done.error()));
            }
            if (static_cast<std::int64_t>(accounts->size()) < accounts_per_read) break;
        }
        return goes_on() ? finished() : stopped();
    }

  private:
    bool goes_on() const { return !is_cut_; }
    Result<Trial> stopped() {
        made_.is_whole = false;
        return finished();
    }
    Result<Trial> finished() {
        made_.report = tally_.report();
        return std::move(made_);
    }

    /// Back to where the counters of both sets begin.
    Result<backtests::PastWish> past_wish() {
        backtests::PastWish past{context_.tenant_id, std::nullopt, wish_.to};
        const auto current = core::control::counted_since(current_, wish_.from);
        const auto changed = core::control::counted_since(changed_, wish_.from);
        if (current && changed) past.since = std::min(*current, *changed);
        const auto archive = archive::read_state(context_.store());
        if (!archive) return std::unexpected(archive.error());
        if (archive->archived_before != Instant{} && (!past.since || *past.since < archive->archived_before))
            tally_.gap_somewhere(BacktestGap::archived);
        return past;
    }

    Result<void> read(const backtests::PastWish& past, AccountId account_id) {
        const backtests::PastSink sink{
            [this](const core::control::PastDecision& one, std::span<const BacktestGap> gaps) { decided(one, gaps); },
            [this](const core::authorization::TransactionEvent& event) { worlds_.happened(event); },
            [this] { tally_.gap(BacktestGap::facts_unreadable); }, [this] { return goes_on(); }};
        worlds_.begin_account();
        auto done = backtests::read_past(context_.store(), context_.services.catalog, past, account_id, sink);
        tally_.account_done();
        ++made_.accounts;
        return done;
    }

    void decided(const core::control::PastDecision& one, std::span<const BacktestGap> gaps) {
        if (is_cut_ || read_count_ == wish_.transactions_max) {
            is_cut_ = true;  // the page may hold more
            return;
        }
        ++read_count_;
        const bool is_standing = one.facts.decided_at < wish_.from;
        const auto& made = worlds_.decide(one, is_standing);
        if (is_standing) return tally_.counted_only();
        tally_.decided(one, made, worlds_);
        for (const BacktestGap gap : gaps)
            if (is_of_interest(gap)) tally_.gap(gap);
    }

    bool is_of_interest(BacktestGap gap) const {
        if (gap == BacktestGap::owner_unknown) return current_.asks_for_owner() || changed_.asks_for_owner();
        if (gap == BacktestGap::card_limits_of_today)
            return !current_.velocity_items().empty() || !changed_.velocity_items().empty();
        return true;
    }

    const Context& context_;
    const PolicySet &current_, &changed_;
    const TrialWish& wish_;
    Backtest worlds_{current_, changed_};
    backtests::Tally tally_;
    std::int64_t read_count_ = 0;
    bool is_cut_ = false;  ///< there was more than may be read
    Trial made_;
};

}  // namespace

Result<Trial> try_on_past(const Context& context, PolicySet::Source changed, const TrialWish& wish) {
    auto source = backtests::source_of(context.store(), context.tenant_id);
    if (!source) return std::unexpected(std::move(source.error()));
    const auto current_set = PolicySet::compile(std::move(*source));
    const auto changed_set = PolicySet::compile(std::move(changed));
    return PastTrial(context, *current_set, *changed_set, wish).run();
}

}  // namespace takas::app::policy_files
