// What the institution's policy said about one decision, for a reader: every control, limit and fee that was
// considered, in order, with the text of the version that decided, the values its rule saw and the counters before and
// after.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/authorization/transaction.hpp"
#include "core/control/policy_record.hpp"
#include "core/control/rule/value.hpp"

namespace takas::app::transactions {

/// One comparison of the rule.
struct ConsideredTermView {
    std::string text, actual;
    bool outcome = false;
};

struct ConsideredView {
    core::control::Family family{};
    EntityId id;
    std::optional<std::string> name;  ///< of the version that decided; nothing when it is not kept
    std::int64_t version_no = 0;
    bool is_shadow = false;
    core::control::LinkLevel level{};
    core::control::ItemOutcome outcome{};
    std::optional<std::string> rule;
    std::optional<std::string> link_rule;  ///< of its link, where that did not hold
    std::vector<ConsideredTermView> terms;

    // Of a velocity control.
    std::optional<core::control::VelocityPeriod> period;
    std::optional<bool> is_card_limit;
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<Decimal> used_amount_before, used_amount_after, given_back_amount;
    std::optional<std::int64_t> used_count_before, used_count_after, given_back_count;

    // Of a fee.
    std::optional<Decimal> fee_amount;
};

/// Of a decision that need not be stored: what-if.
struct ConsideredInput {
    const core::control::PolicyRecord& record;
    const core::control::rule::Facts& facts;
    core::money::Currency billing_currency;
    bool is_declined = false;
};
Result<std::vector<ConsideredView>> explain_considered(const Context& context, const ConsideredInput& input);

/// Empty when nothing was set up, and for decisions from before there were records.
Result<std::vector<ConsideredView>> explain_policy(const Context& context,
                                                   const core::authorization::CardTransaction& transaction);

}  // namespace takas::app::transactions

namespace takas {

template <>
struct Describe<app::transactions::ConsideredTermView> {
    using T = app::transactions::ConsideredTermView;
    static constexpr std::string_view name = "ConsideredTermDto";
    static constexpr std::array fields{
        field<&T::text>("One comparison of the rule").required().example("mcc in (5411, 5412)"),
        field<&T::actual>("What the transaction had; null: nothing").required().example("5411"),
        field<&T::outcome>("Whether it held").required(),
    };
};
template <>
struct Describe<app::transactions::ConsideredView> {
    using T = app::transactions::ConsideredView;
    static constexpr std::string_view name = "ConsideredControlDto";
    static constexpr std::array fields{
        field<&T::family>("Control, limit or fee").required().example("VelocityControl"),
        field<&T::id>("Its id").required().example("61234567890"),
        field<&T::name>("Its name at that time"),
        field<&T::version_no>("Version of its definition that decided").required().example("3"),
        field<&T::is_shadow>("A draft in shadow: it did not decide").required(),
        field<&T::level>("The most specific link through which it concerned the card").required(),
        field<&T::outcome>("What it came to").required().example("Within"),
        field<&T::rule>("Its rule, as that version says it"),
        field<&T::link_rule>("Of LinkNotMatched: the rule of its link, as it was then").example("mcc == 5999"),
        field<&T::terms>("Each comparison of the rule, of LinkNotMatched of the link's, with the value that decided")
            .required(),
        field<&T::period>("Of a limit: the window it counts in"),
        field<&T::is_card_limit>("Of a limit: the card's own stood in its place"),
        field<&T::limit_amount>("Of a limit: what it allows, in the account's currency").example("5000.00"),
        field<&T::limit_count>("Of a limit: how many it allows").example("10"),
        field<&T::used_amount_before>("Used in the window before this transaction").example("1200.00"),
        field<&T::used_amount_after>("Used with it; the same as before when it was declined").example("1350.00"),
        field<&T::given_back_amount>("What reversals or the end of its hold have given back since").example("0.00"),
        field<&T::used_count_before>("Number used before it").example("3"),
        field<&T::used_count_after>("Number used with it").example("4"),
        field<&T::given_back_count>("Number given back since").example("0"),
        field<&T::fee_amount>("Of the fee that is charged, or would be charged had it been approved: with its taxes")
            .example("5.25"),
    };
};

}  // namespace takas
