#include "app/policy_files/past_trial.hpp"

#include "app/backtests/sets.hpp"
#include "app/backtests/side_by_side.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::policy_files {

namespace {

using core::control::PolicySet;
using core::ledger::CardAccount;
using ports::Compare;
using ports::where;

constexpr std::int64_t accounts_per_read = 500;

class PastTrial {
  public:
    PastTrial(const Context& context, const PolicySet& current, const PolicySet& changed, const TrialWish& wish)
        : context_(context), wish_(wish), both_(context.services, current, changed, wish.from) {}

    Result<Trial> run() {
        const auto past = both_.wish(context_.tenant_id, wish_.to);
        if (!past) return std::unexpected(past.error());
        const auto sink = bounded_sink();
        for (AccountId last;;) {
            const auto accounts =
                context_.store().list<CardAccount>({{where<&CardAccount::tenant_id>(context_.tenant_id),
                                                     where<&CardAccount::account_id>(Compare::greater, last)},
                                                    {{member_name<&CardAccount::account_id>}},
                                                    0,
                                                    accounts_per_read});
            if (!accounts) return std::unexpected(accounts.error());
            for (const CardAccount& account : *accounts) {
                if (is_cut_ || made_.accounts == wish_.accounts_max) return ended(false);
                last = account.account_id;
                if (auto done = both_.read_account(*past, last, sink); !done)
                    return std::unexpected(std::move(done.error()));
                ++made_.accounts;
            }
            if (static_cast<std::int64_t>(accounts->size()) < accounts_per_read) break;
        }
        return ended(!is_cut_);
    }

  private:
    Result<Trial> ended(bool is_whole) {
        made_.is_whole = is_whole;
        made_.report = both_.report();
        return std::move(made_);
    }

    /// Takes so many decisions and no more, also when the page holds more.
    backtests::PastSink bounded_sink() {
        auto sink = both_.sink([this] { return !is_cut_; });
        sink.decided = [this, all = std::move(sink.decided)](const auto& one, auto gaps) {
            is_cut_ = is_cut_ || read_count_ == wish_.transactions_max;
            if (is_cut_) return;
            ++read_count_;
            all(one, gaps);
        };
        return sink;
    }

    const Context& context_;
    const TrialWish& wish_;
    backtests::SideBySide both_;
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
