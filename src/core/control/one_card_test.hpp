// One card that buys under controls, limits and fees that a test makes up. Kept out of the tests' own files, because
// those of decisions, records and counters share it.
#pragma once

#include <gtest/gtest.h>

#include "core/control/consider.hpp"
#include "core/control/rule_facts.hpp"

namespace takas::core::control {

using authorization::TransactionCode;
using authorization::Verdict;
using rule::Field;
using rule::Value;

inline constexpr TokenId card_token{95};
inline constexpr std::uint8_t digits = 2;
inline const Date today = *make_date(2031, 3, 1);
inline const Instant noon = *parse_instant("2031-03-01T12:00:00Z");

inline AuthorizationControl control_of(std::int64_t id, ControlAction action, std::int32_t priority,
                                       std::string rule = {}) {
    AuthorizationControl control;
    control.id = EntityId{id};
    control.name = "control " + std::to_string(id);
    control.action = action;
    control.priority = priority;
    control.rule = std::move(rule);
    control.tenant_wide = true;
    return control;
}

inline VelocityControl limit_of(std::int64_t id, VelocityPeriod period, std::optional<Decimal> amount,
                                std::optional<std::int64_t> count = std::nullopt) {
    VelocityControl control;
    control.id = EntityId{id};
    control.name = "limit " + std::to_string(id);
    control.period = period;
    control.limit_amount = amount;
    control.limit_count = count;
    control.tenant_wide = true;
    return control;
}

inline fee::TransactionFee fee_of(std::int64_t id, Decimal amount) {
    fee::TransactionFee fee;
    fee.id = EntityId{id};
    fee.name = "fee " + std::to_string(id);
    fee.amount = amount;
    return fee;
}

inline ControlLink link_of(Family family, std::int64_t id, LinkLevel level) {
    ControlLink link;
    link.family = family;
    link.control_id = EntityId{id};
    link.level = level;
    link.token_id = card_token;
    link.card_product_code = "P";
    link.card_product_group_id = EntityId{7};
    link.customer_segment_id = EntityId{9};
    return link;
}

/// One card that buys.
class Card {
  public:
    explicit Card(PolicySet::Source source) : set_(PolicySet::compile(std::move(source))) {}

    const Conclusion& ask(std::int64_t minor, TransactionCode code = TransactionCode::purchase) {
        code_ = code;
        facts_ = {};
        facts_[Field::transaction_code] = Value::name(code);
        facts_[Field::transaction_amount] = Value::amount(minor, digits);
        facts_[Field::mcc] = Value::integer(mcc);
        billing_ = minor;
        fill_usage(counters, business_date, at, digits, facts_);
        consider(*set_, situation(), counters, selection_, conclusion_);
        return conclusion_;
    }
    void approve() { count(*set_, situation(), *billing_, conclusion_, counters); }
    bool buy(std::int64_t minor) {
        const auto& said = ask(minor);
        const bool is_refused = said.authorization_control == Verdict::failed ||
                                said.velocity_amount == Verdict::failed || said.velocity_count == Verdict::failed;
        if (!is_refused) approve();
        return !is_refused;
    }
    Conclusion& conclusion() { return conclusion_; }

    Counters counters;
    Date business_date = today;
    Instant at = noon;
    std::int32_t mcc = 5411;
    std::vector<VelocityLimit> own_limits;
    money::Currency currency{949};
    bool is_forced = false;
    bool is_promised = false;
    std::int64_t before_minor = 0;  ///< of an increment

  private:
    Situation situation() const {
        return {.facts = facts_,
                .place = {card_token, "P", EntityId{9}},
                .business_date = business_date,
                .decided_at = at,
                .code = code_,
                .billing_minor = billing_,
                .account_currency = currency,
                .account_digits = digits,
                .is_forced = is_forced,
                .is_increment = before_minor > 0,
                .card_limits = own_limits,
                .is_promised = is_promised,
                .before_minor = before_minor};
    }

    std::shared_ptr<const PolicySet> set_;
    Selection selection_;
    rule::Facts facts_;
    TransactionCode code_{};
    std::optional<std::int64_t> billing_;
    Conclusion conclusion_;
};

}  // namespace takas::core::control
