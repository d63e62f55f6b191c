#include "core/authorization/decide.hpp"

#include <algorithm>

#include "core/authorization/policy.hpp"

namespace takas::core::authorization {
namespace {

/// A rule looks at the facts and at what earlier rules worked out, notes its check and may name a reason to refuse.
using RuleFunction = DeclineReason (*)(const Facts&, Decision&, Check&);

DeclineReason pass(Check& check) {
    check.outcome = Outcome::passed;
    return DeclineReason::none;
}

DeclineReason skip(Check& check) {
    check.outcome = Outcome::skipped;
    return DeclineReason::none;
}

DeclineReason refuse(Check& check, DeclineReason reason) {
    check.outcome = Outcome::failed;
    return reason;
}

DeclineReason by_verdict(Verdict verdict, Check& check, DeclineReason failed, DeclineReason blocked) {
    switch (verdict) {
        case Verdict::passed:
            return pass(check);
        case Verdict::failed:
        case Verdict::uncheckable:
            return refuse(check, failed);
        case Verdict::blocked:
            return refuse(check, blocked);
        case Verdict::not_performed:
            break;
    }
    return skip(check);
}

bool wants_zero(TransactionCode code) {
    return code == TransactionCode::balance_inquiry || code == TransactionCode::account_verification;
}

DeclineReason format(const Facts& f, Decision&, Check& check) {
    const bool amount_fits = f.transaction_amount_minor >= 0 && f.transaction_amount_minor <= money::amount_max_minor;
    const bool amount_needed = !wants_zero(f.code);
    if (!amount_fits || (amount_needed && f.transaction_amount_minor == 0) ||
        (f.code == TransactionCode::account_verification && f.transaction_amount_minor != 0))
        return refuse(check, DeclineReason::amount_invalid);
    return f.transaction_currency ? pass(check) : refuse(check, DeclineReason::format_error);
}

DeclineReason duplicate(const Facts& f, Decision&, Check& check) {
    return f.duplicate == Duplicate::none ? pass(check) : refuse(check, DeclineReason::duplicate_message);
}

DeclineReason card_found(const Facts& f, Decision&, Check& check) {
    return f.card_found ? pass(check) : refuse(check, DeclineReason::card_not_found);
}

DeclineReason card_status(const Facts& f, Decision&, Check& check) {
    check.seen = static_cast<std::int64_t>(f.card_status);
    using enum card::CardStatus;
    switch (f.card_status) {
        case active:
            return pass(check);
        case pending_activation:
            return refuse(check, DeclineReason::card_not_active);
        case suspended:
            return refuse(check, DeclineReason::card_suspended);
        case closed:
            return refuse(check, DeclineReason::card_closed);
        case lost:
            return refuse(check, DeclineReason::card_lost);
        case stolen:
            return refuse(check, DeclineReason::card_stolen);
        case fraud:
            return refuse(check, DeclineReason::card_fraud);
    }
    return refuse(check, DeclineReason::internal_error);
}

DeclineReason card_expiry(const Facts& f, Decision&, Check& check) {
    check.seen = f.card_expiry.value;
    check.wanted = f.stated_expiry ? f.stated_expiry->value : 0;
    if (card::is_expired(f.card_expiry, f.business_date)) return refuse(check, DeclineReason::card_expired);
    if (f.stated_expiry && *f.stated_expiry != f.card_expiry) return refuse(check, DeclineReason::card_expired);
    return pass(check);
}

DeclineReason transaction_code(const Facts& f, Decision&, Check& check) {
    check.seen = static_cast<std::int64_t>(f.code);
    return code_row(f.code).movement == Movement::refused ? refuse(check, DeclineReason::code_not_supported)
                                                          : pass(check);
}

/// Only these codes mean anything by naming another transaction.
bool uses_original(TransactionCode code) {
    return code == TransactionCode::pre_authorization || code == TransactionCode::pre_authorization_completion ||
           code == TransactionCode::refund;
}

/// Completions and increments need an open pre-authorization; a linked refund needs an approved original.
DeclineReason original(const Facts& f, Decision&, Check& check) {
    if (!f.original_wanted && f.code == TransactionCode::pre_authorization_completion)
        return refuse(check, DeclineReason::original_not_found);
    if (!f.original_wanted || !uses_original(f.code)) return skip(check);
    check.wanted = f.transaction_amount_minor;
    if (!f.original_found) return refuse(check, DeclineReason::original_not_found);
    if (f.original_result != TransactionResult::approved) return refuse(check, DeclineReason::original_not_reversible);
    if (f.code == TransactionCode::refund) {
        check.seen = f.original_remaining_minor - f.original_refunded_minor;
        const bool took_money = code_row(f.original_code).movement == Movement::hold;
        return took_money ? pass(check) : refuse(check, DeclineReason::original_not_reversible);
    }
    check.seen = f.original_held_minor;
    const bool open =
        f.original_code == TransactionCode::pre_authorization && f.original_held_minor > 0 &&
        (f.original_state == TransactionState::pending || f.original_state == TransactionState::partially_reversed);
    return open ? pass(check) : refuse(check, DeclineReason::original_not_reversible);
}

DeclineReason cvv(const Facts& f, Decision&, Check& check) {
    return by_verdict(f.cvv, check, DeclineReason::cvv_wrong, DeclineReason::cvv_wrong);
}
DeclineReason cvv2(const Facts& f, Decision&, Check& check) {
    return by_verdict(f.cvv2, check, DeclineReason::cvv2_wrong, DeclineReason::cvv2_blocked);
}
DeclineReason pin(const Facts& f, Decision&, Check& check) {
    if (f.pin == Verdict::uncheckable) return refuse(check, DeclineReason::pin_not_verifiable);
    return by_verdict(f.pin, check, DeclineReason::pin_wrong, DeclineReason::pin_blocked);
}
DeclineReason arqc(const Facts& f, Decision&, Check& check) {
    return by_verdict(f.arqc, check, DeclineReason::arqc_failed, DeclineReason::arqc_failed);
}
DeclineReason cavv(const Facts& f, Decision&, Check& check) {
    return by_verdict(f.cavv, check, DeclineReason::cavv_failed, DeclineReason::cavv_failed);
}
DeclineReason policy(const Facts& f, Decision&, Check& check) { return check_policy(f, check); }
DeclineReason authorization_controls(const Facts& f, Decision&, Check& check) {
    return by_verdict(f.authorization_control, check, DeclineReason::control_refused, DeclineReason::control_refused);
}

/// The rate that leads from the transaction amount to the billing amount the network sent.
std::int64_t rate_of_network(const Facts& f, std::int64_t billing_minor) {
    if (f.rate_e9) return *f.rate_e9;
    __extension__ using Wide = __int128;
    Wide numerator = static_cast<Wide>(billing_minor) * 1'000'000'000;
    Wide denominator = f.transaction_amount_minor;
    for (int d = f.account_digits; d < f.transaction_digits; ++d) numerator *= 10;
    for (int d = f.transaction_digits; d < f.account_digits; ++d) denominator *= 10;
    return denominator == 0 ? 0 : static_cast<std::int64_t>(numerator / denominator);
}

/// Works out the billing amount.
DeclineReason currency_conversion(const Facts& f, Decision& d, Check& check) {
    d.billing_minor = f.transaction_amount_minor;
    if (f.transaction_currency == f.account_currency) return skip(check);
    // What is asked for is never had for nothing: neither by a billing amount of 0 nor by rounding to it.
    const bool has_a_price = f.transaction_amount_minor != 0 && code_row(f.code).movement != Movement::nothing;
    if (f.network_billing_minor) {
        d.billing_minor = *f.network_billing_minor;
        if (d.billing_minor < 0 || d.billing_minor > money::amount_max_minor || (has_a_price && d.billing_minor == 0))
            return refuse(check, DeclineReason::amount_invalid);
        d.conversion_rate_e9 = rate_of_network(f, d.billing_minor);
    } else {
        if (f.transaction_amount_minor == 0) return skip(check);
        const auto converted = f.rate_e9 ? money::convert_half_up(f.transaction_amount_minor, f.transaction_digits,
                                                                  f.account_digits, {*f.rate_e9})
                                         : std::nullopt;
        d.billing_minor = converted.value_or(0);
        if (!converted) return refuse(check, DeclineReason::currency_not_convertible);
        if (has_a_price && *converted == 0) return refuse(check, DeclineReason::amount_invalid);
        d.conversion_rate_e9 = *f.rate_e9;
    }
    check.seen = d.conversion_rate_e9;
    check.wanted = d.billing_minor;
    return pass(check);
}

DeclineReason transaction_fee(const Facts& f, Decision&, Check& check) {
    check.seen = f.fee_minor;
    return f.fee_minor == 0 ? skip(check) : pass(check);
}

DeclineReason velocity(const Facts& f, Decision&, Check& check) {
    if (f.velocity_amount == Verdict::failed) return refuse(check, DeclineReason::velocity_amount_exceeded);
    return by_verdict(f.velocity_count, check, DeclineReason::velocity_count_exceeded,
                      DeclineReason::velocity_count_exceeded);
}

/// A linked refund gives back at most what the original still stands for. Of two currencies, its parts may have been
/// rounded to one minor unit more than the whole: that unit is left out.
DeclineReason balance_of_refund(const Facts& f, Decision& d, Check& check) {
    d.approved_minor = d.billing_minor;
    if (!f.original_wanted) return skip(check);
    check.seen = f.original_remaining_minor - f.original_refunded_minor;
    check.wanted = d.billing_minor;
    const bool is_rounded = f.transaction_currency != f.account_currency && check.seen > 0;
    if (is_rounded && d.billing_minor == check.seen + 1) d.approved_minor = check.seen;
    return d.approved_minor <= check.seen ? pass(check) : refuse(check, DeclineReason::amount_invalid);
}

DeclineReason balance(const Facts& f, Decision& d, Check& check) {
    const Movement movement = code_row(f.code).movement;
    if (movement == Movement::nothing && f.fee_minor == 0) return skip(check);
    if (movement == Movement::credit) {
        if (f.posted_minor + d.billing_minor > money::balance_max_minor)
            return refuse(check, DeclineReason::amount_invalid);
        return balance_of_refund(f, d, check);
    }
    const std::int64_t available = available_of(f);
    if (f.code == TransactionCode::pre_authorization_completion) {
        // The pre-authorization's own hold is there for this; a little more may be taken when the account has it.
        const std::int64_t tolerated =
            f.original_held_minor + f.original_held_minor * completion_tolerance_percent / 100;
        if (d.billing_minor > tolerated) return refuse(check, DeclineReason::amount_invalid);
    }
    const std::int64_t needed = (movement == Movement::nothing ? 0 : d.billing_minor) + f.fee_minor;
    check.seen = available;
    check.wanted = needed;
    if (f.is_forced || needed <= available) {
        d.approved_minor = movement == Movement::nothing ? 0 : d.billing_minor;
        return pass(check);
    }
    const std::int64_t affordable = available - f.fee_minor;
    if (f.is_partial_approval_allowed && affordable > 0 && movement == Movement::hold) {
        d.approved_minor = std::min(affordable, d.billing_minor);
        return pass(check);
    }
    return refuse(check, DeclineReason::insufficient_balance);
}

/// A control or limit may say how it wants to be answered for.
ResponseCode response_of(const Facts& f, DeclineReason reason) {
    if (reason == DeclineReason::control_refused && f.control_response) return *f.control_response;
    const bool is_limit =
        reason == DeclineReason::velocity_amount_exceeded || reason == DeclineReason::velocity_count_exceeded;
    if (is_limit && f.velocity_response) return *f.velocity_response;
    return decline_row(reason).response_code;
}

constexpr std::array<RuleFunction, rule_count> rules{
    format,
    duplicate,
    card_found,
    card_status,
    card_expiry,
    transaction_code,
    original,
    cvv,
    cvv2,
    pin,
    arqc,
    cavv,
    policy,
    authorization_controls,
    currency_conversion,
    transaction_fee,
    velocity,
    balance,
};

}  // namespace

std::optional<std::int64_t> billing_of(const Facts& facts) {
    Decision converted;
    Check check;
    if (currency_conversion(facts, converted, check) != DeclineReason::none) return std::nullopt;
    return converted.billing_minor;
}

std::int64_t available_of(const Facts& facts) {
    const bool ends_hold = facts.code == TransactionCode::pre_authorization_completion;
    return facts.posted_minor - facts.held_minor + facts.credit_limit_minor +
           (ends_hold ? facts.original_held_minor : 0);
}

Decision decide(const Facts& facts) {
    Decision decision;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const DeclineReason reason = rules[i](facts, decision, decision.checks[i]);
        if (reason == DeclineReason::none) continue;
        decision.reason = reason;
        decision.response_code = response_of(facts, reason);
        decision.approved_minor = 0;
        return decision;
    }
    decision.approved = true;
    return decision;
}

}  // namespace takas::core::authorization
