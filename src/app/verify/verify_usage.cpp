// What cards have used of their limits: every counter of a fixed window against what the records of the card's
// transactions say that they counted there and gave back. Rolling windows forget step by step and are not looked at.
//
// A counter that nothing counts in any more is forgotten, and begins anew when its control comes back: then only what
// was counted since is in it, which records tell by the counter's generation. Those from before there were generations
// are told by a counter that was found empty.
#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "core/control/policy_record.hpp"

namespace takas::app::verify {
namespace {

using core::authorization::CardTransaction;
using core::authorization::TransactionCode;
using core::card::Card;
using core::control::CardUsage;
using core::control::Considered;
using core::control::CounterKey;
using core::control::Counters;
using core::control::Used;
using core::control::VelocityPeriod;
using core::ledger::CardAccount;

/// Adds what it counted and has not given back.
void add_to(Used& sum, const Considered& one) {
    verify::add_to(sum.amount_minor, one.added.amount_minor);
    verify::add_to(sum.count, one.added.count);
    (void)__builtin_sub_overflow(sum.amount_minor, one.given_back.amount_minor, &sum.amount_minor);
    (void)__builtin_sub_overflow(sum.count, one.given_back.count, &sum.count);
}

/// The institution's day begins up to one day earlier or later.
constexpr std::int32_t zones_days = 2;

/// One counter in one window.
struct Counted {
    CounterKey key = 0;
    std::int32_t window = 0;
    std::int64_t generation = 0;
    Used stored;
    Used all;            ///< what all transactions say together
    Used since_restart;  ///< and those since the counter was found empty although something had been counted
    bool has_restarted = false;

    bool is_explained(std::int64_t Used::* number) const {
        if (stored.*number == all.*number) return true;
        // What was counted before the restart may have been given back since, then as much as there was.
        return has_restarted && stored.*number >= 0 && stored.*number <= since_restart.*number;
    }
};

bool is_increment(const CardTransaction& t) {
    return t.code == TransactionCode::pre_authorization && t.original_transaction_id;
}

class UsagePass {
  public:
    explicit UsagePass(const Books& books)
        : store_(books.store), past_(books.past), report_(books.report), findings_(books.report) {}

    Result<void> close(Range accounts) {
        auto done = for_each<CardUsage>(store_, within<&CardUsage::account_id>(accounts),
                                        [this](const CardUsage& usage) { add(usage); });
        if (done && !cards_.empty())
            done =
                for_each<Card>(store_, within<&Card::account_id>(accounts), [this](const Card& card) { skip(card); });
        if (done && !cards_.empty())
            done = for_each<CardTransaction>(store_, within<&CardTransaction::account_id>(accounts),
                                             [this](const CardTransaction& t) { add(t); });
        if (done)
            for (const auto& [token_id, counters] : cards_) check(token_id, counters);
        cards_.clear();
        with_increments_.clear();
        return done;
    }

  private:
    void add(const CardUsage& usage) {
        const auto counters = Counters::decode(usage.counters.bytes);
        if (!counters)
            return findings_.add("usage.counters", fmt::format("card {}", usage.token_id.value), "counters",
                                 "something else");
        std::vector<Counted> card;
        counters->for_each_step([&](const Counters::Place& at, const Used& used) {
            if (is_provable(at.period, at.window))
                card.push_back({at.key, at.window, at.generation, used, {}, {}, false});
        });
        report_.counters += static_cast<std::int64_t>(card.size());
        if (!card.empty()) cards_.emplace(usage.token_id, std::move(card));
    }

    /// A card in place of another began with what that one had used until its activation: only windows that began later
    /// can be proved.
    void skip(const Card& card) {
        const auto found = cards_.find(card.token_id);
        if (!card.replaces_token_id || found == cards_.end()) return;
        const std::int32_t made_on = date_of(card.status_changed_at).value + zones_days;
        std::erase_if(found->second, [&](const Counted& one) { return one.window <= made_on; });
    }

    /// All that was counted in the window is still in the store.
    bool is_provable(VelocityPeriod period, std::int32_t window) const {
        if (core::control::is_rolling(period)) return false;
        if (past_.archived_before == Instant{}) return true;
        return period != VelocityPeriod::lifetime && window >= date_of(past_.archived_before).value + zones_days;
    }

    void add(const CardTransaction& t) {
        const auto card = cards_.find(t.token_id);
        if (card == cards_.end() || !t.policy_record) return;
        // What an increment counted stands with the pre-authorization, too, and is given back there.
        if (is_increment(t) && with_increments_.contains(t.original_transaction_id)) return;
        const auto record = core::control::decode_policy_record(t.policy_record->bytes);
        if (!record)
            return findings_.add("transaction.policy_record", fmt::format("transaction {}", t.transaction_id.value),
                                 "a record", "something else");
        if (t.code == TransactionCode::pre_authorization) with_increments_.insert(t.transaction_id);
        for (const Considered& one : record->considered)
            if (one.added != Used{}) add(card->second, one);
    }

    static void add(std::vector<Counted>& card, const Considered& one) {
        const auto place = [](const Counted& c) { return std::tuple(c.key, c.window); };
        const auto found = std::ranges::lower_bound(card, std::tuple(one.key, one.window), {}, place);
        if (found == card.end() || place(*found) != std::tuple(one.key, one.window)) return;
        if (found->generation != one.generation) return;
        if (one.before == Used{} && found->all != Used{}) {
            found->has_restarted = true;
            found->since_restart = {};
        }
        add_to(found->all, one);
        add_to(found->since_restart, one);
    }

    void check(TokenId token_id, const std::vector<Counted>& card) {
        const auto check_number = [&](const Counted& c, std::string_view what, std::int64_t Used::* number) {
            if (c.is_explained(number)) return;
            const Used& expected = c.has_restarted ? c.since_restart : c.all;
            findings_.add(what, fmt::format("card {} counter {} window {}", token_id.value, c.key, c.window),
                          expected.*number, c.stored.*number);
        };
        for (const Counted& c : card) {
            check_number(c, "usage.amount", &Used::amount_minor);
            check_number(c, "usage.count", &Used::count);
        }
    }

    ports::Store& store_;
    const Past past_;
    Report& report_;
    Findings findings_;
    std::unordered_map<TokenId, std::vector<Counted>> cards_;  ///< of this window of accounts; by key and window
    std::unordered_set<TransactionId> with_increments_;        ///< pre-authorizations whose records were read
};

}  // namespace

Result<void> verify_usage(Books& books) {
    UsagePass pass(books);
    return in_windows<CardAccount, &CardAccount::account_id>(
        books.store, books.options.accounts_per_window, [](const CardAccount&) {},
        [&](Range range) {
            auto closed = pass.close(range);
            if (books.progress) books.progress("counters", books.report.counters);
            return closed;
        });
}

}  // namespace takas::app::verify
