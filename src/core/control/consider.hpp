// What the institution's controls, limits and fees say about one transaction: every item that applies to the card, in
// order, with what it saw and what it came to. Pure: the counters are values, the outcome becomes facts of the
// decision.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/authorization/facts.hpp"
#include "core/control/policy_set.hpp"
#include "core/control/velocity_limit.hpp"
#include "core/fee/amount.hpp"

namespace takas::core::control {

/// What became of an item. Stored: numbers never change meaning.
enum class ItemOutcome : std::uint8_t {
    not_matched = 0,  ///< its criteria or rule do not fit, or it is not in effect today
    not_reached = 1,  ///< an item before it had ended the list
    allowed = 2,      ///< an Allow that ended the list
    declined = 3,     ///< a Decline that refused
    within = 4,       ///< inside the limit
    amount_exceeded = 5,
    count_exceeded = 6,
    other_currency = 7,     ///< a limit in another currency than the account's
    charged = 8,            ///< the fee of the transaction
    outranked = 9,          ///< a fee that would have fitted, behind a more specific one
    nothing_due = 10,       ///< a fee of a transaction that fees are not charged for, or of 0
    would_charge = 11,      ///< shown, never stored: the fee of a transaction that was declined
    link_not_matched = 12,  ///< linked to the card, and the rule of no link holds: it does not apply
};

struct Considered {
    Family family{};
    bool is_shadow = false;
    EntityId id;  ///< 0: what the card has used itself (todayCount ...)
    std::int64_t version_no = 0;
    LinkLevel level{};
    ItemOutcome outcome{};
    std::int32_t link_rule = -1;  ///< of one that is not matched by its link: in PolicySet or PolicyRecord::link_rules

    // Of a velocity control; amounts in minor units of the account's currency.
    bool is_card_limit = false;  ///< the card's own limit stood in place of the control's
    CounterKey key = 0;
    VelocityPeriod period{};
    std::int32_t window = 0;
    std::int64_t generation = 0;     ///< of the counter that counted (counters.hpp)
    Used before, added, given_back;  ///< added: with this transaction, when it was approved
    std::optional<std::int64_t> limit_amount_minor, limit_count;

    // Of a fee.
    std::int64_t fee_minor = 0;  ///< with its taxes

    friend bool operator==(const Considered&, const Considered&) = default;
};

/// A limit that the transaction falls under.
inline bool is_counting(const Considered& one) {
    return one.family == Family::velocity_control &&
           (one.outcome == ItemOutcome::within || one.outcome == ItemOutcome::amount_exceeded ||
            one.outcome == ItemOutcome::count_exceeded);
}

/// What a transaction is seen with.
struct Situation {
    const rule::Facts& facts;
    CardPlace place;
    Date business_date;
    Instant decided_at;
    authorization::TransactionCode code{};
    std::optional<std::int64_t> billing_minor;  ///< nothing: it cannot be converted
    money::Currency account_currency;
    std::uint8_t account_digits = 2;
    bool is_forced = false;     ///< an advice: limits count it and do not refuse it
    bool is_increment = false;  ///< more of a purchase that was counted
    std::span<const VelocityLimit> card_limits{};
    bool is_promised = false;       ///< a completion: an approved pre-authorization promised it, no limit refuses it
    std::int64_t before_minor = 0;  ///< of an increment: what it adds to
};
/// Of a decision's facts.
Situation situation_of(const authorization::Facts& decided, const rule::Facts& facts, CardPlace place,
                       std::optional<std::int64_t> billing_minor, std::span<const VelocityLimit> card_limits);

struct Conclusion {
    authorization::Verdict authorization_control{}, velocity_amount{}, velocity_count{};
    std::optional<authorization::ResponseCode> control_response, velocity_response;
    std::optional<std::size_t> fee_item;  ///< in PolicySet::fee_items
    fee::FeeAmount fee{};
    std::vector<Considered> considered;
};

/// What is concluded enters the facts of the decision. Where less than what is asked may be approved, and the account
/// does not have all of it, the fee becomes that of the largest amount which it has together with its fee.
void become_facts(const PolicySet& set, Conclusion& conclusion, authorization::Facts& facts);

/// `selection` is only used for its memory.
void consider(const PolicySet& set, const Situation& situation, const Counters& counters, Selection& selection,
              Conclusion& conclusion);

/// The limits that concern a card now, those included that are linked with a rule about transactions.
/// Shadows and limits in other currencies are left out. With each its position in PolicySet::velocity_items.
std::vector<std::pair<std::size_t, Considered>> limits_of(const PolicySet& set, const Situation& situation,
                                                          const Counters& counters);

/// Fills the fields todayCount, todayAmount, monthCount and monthAmount.
void fill_usage(const Counters& counters, Date business_date, Instant at, std::uint8_t account_digits,
                rule::Facts& facts);

/// An approved transaction counts wherever `considered` says that it matched: `approved_minor` and, but for an
/// increment, 1. Both the counters and what is considered then say so.
void count(const PolicySet& set, const Situation& situation, std::int64_t approved_minor, Conclusion& conclusion,
           Counters& counters);

/// Gives back `amount_minor` of what a transaction counted, newest first, and its number when `is_all`.
void give_back(std::vector<Considered>& considered, std::int64_t amount_minor, bool is_all, Counters& counters);

}  // namespace takas::core::control

namespace takas {

template <>
struct EnumNames<core::control::ItemOutcome> {
    using E = core::control::ItemOutcome;
    static constexpr std::string_view name = "ControlOutcome";
    static constexpr std::array values{named(E::not_matched, "NotMatched"),
                                       named(E::not_reached, "NotReached"),
                                       named(E::allowed, "Allowed"),
                                       named(E::declined, "Declined"),
                                       named(E::within, "Within"),
                                       named(E::amount_exceeded, "AmountExceeded"),
                                       named(E::count_exceeded, "CountExceeded"),
                                       named(E::other_currency, "OtherCurrency"),
                                       named(E::charged, "Charged"),
                                       named(E::outranked, "Outranked"),
                                       named(E::nothing_due, "NothingDue"),
                                       named(E::would_charge, "WouldCharge"),
                                       named(E::link_not_matched, "LinkNotMatched")};
};

}  // namespace takas
