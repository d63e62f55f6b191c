#include "api/sandbox/simulation_answer.hpp"

#include "base/encoding.hpp"

namespace takas::api {
namespace {

using app::authorize::Answer;
using app::transactions::major_units;
using core::authorization::CardTransaction;
using core::authorization::DeclineReason;

template <class Response>
void set_outcome(const Answer& answer, const app::Context& context, Response& out) {
    out.transaction_id = answer.transaction.transaction_id;
    out.is_success = answer.reason == DeclineReason::none;
    out.response_code = core::authorization::ResponseCode::approved;
    if (!out.is_success) {
        const auto& row = core::authorization::decline_row(answer.reason);
        // A control or limit may have its own.
        const bool is_of_decision = answer.reason == answer.transaction.decline_reason;
        out.response_code = is_of_decision ? answer.transaction.response_code : row.response_code;
        out.error_code = core::authorization::public_code(answer.reason);
        out.error_description = std::string(context.language == app::Language::english ? row.english : row.turkish);
    }
    out.transaction_status = core::authorization::status_of(answer.transaction);
    out.duration_ms = (context.services.clock.now().value - context.now.value) / 1000;
}

/// What the decision approved. The row of an earlier message may have moved on since: its facts give the first answer.
std::int64_t approved_minor(const Answer& answer) {
    if (!answer.is_replay) return answer.amount_minor;
    const auto facts = core::authorization::decode_facts(answer.transaction.facts.bytes);
    return facts ? core::authorization::decide(*facts).approved_minor : 0;
}

/// Null for a card nobody knows: it has no account.
std::optional<Decimal> available_of(const Answer& answer) {
    if (!answer.transaction.account_id) return std::nullopt;
    return major_units(answer.available_minor, answer.transaction.billing_currency);
}

std::optional<std::string> text_or_null(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// As chip data is written.
std::string upper_hex(ByteView octets) {
    std::string text = hex_encode(octets);
    for (char& c : text)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

}  // namespace

std::vector<SimulationCheck> checks_of(const CardTransaction& t) {
    namespace authorization = core::authorization;
    std::vector<SimulationCheck> out;
    const auto checks = authorization::decode_checks(t.checks);
    if (!checks) return out;
    const std::uint8_t digits = app::transactions::minor_digits(t.billing_currency).value_or(2);
    out.reserve(checks->size());
    for (std::size_t i = 0; i < checks->size(); ++i) {
        const auto rule = static_cast<authorization::Rule>(i);
        const authorization::Check& check = (*checks)[i];
        const bool objected =
            check.outcome == authorization::Outcome::failed || check.outcome == authorization::Outcome::not_reached;
        out.push_back({std::string(authorization::rule_name(rule)), !objected, check.outcome,
                       authorization::explain(rule, check, digits)});
    }
    return out;
}

SimulationResponse simulation_response_of(Answer answer, const app::Context& context) {
    SimulationResponse out;
    set_outcome(answer, context, out);
    CardTransaction& t = answer.transaction;
    const std::int64_t approved = approved_minor(answer);
    out.transaction_amount = major_units(t.transaction_amount_minor, t.transaction_currency);
    out.transaction_currency = t.transaction_currency;
    out.billing_amount = major_units(approved > 0 ? approved : t.billing_amount_minor, t.billing_currency);
    out.billing_currency = t.billing_currency;
    out.approved_amount = major_units(approved, t.billing_currency);
    out.available_balance = available_of(answer);
    out.additional_amounts = app::transactions::additional_amounts_of(t);
    out.cvc_result_code = t.cvc_result_code;
    out.arqc_result_code = t.arqc_result_code;
    out.cavv_result_code = t.cavv_result_code;
    out.arpc = text_or_null(upper_hex(answer.chip.arpc));
    out.issuer_authentication_data = text_or_null(upper_hex(answer.chip.issuer_authentication_data));
    for (const Bytes& script : answer.chip.scripts) out.issuer_scripts.push_back(upper_hex(script));
    out.is_replay = answer.is_replay;
    out.checks = checks_of(t);
    out.auth_no = text_or_null(std::move(t.auth_no));
    out.rrn = std::move(t.rrn);
    out.stan = std::move(t.stan);
    return out;
}

SimulationReversalResponse reversal_response_of(const Answer& answer, const app::Context& context) {
    SimulationReversalResponse out;
    set_outcome(answer, context, out);
    const CardTransaction& t = answer.transaction;
    out.original_transaction_id = t.transaction_id;
    out.reversed_amount = major_units(answer.amount_minor, t.billing_currency);
    out.remaining_amount = major_units(t.remaining_minor, t.billing_currency);
    out.billing_currency = t.billing_currency;
    out.available_balance = major_units(answer.available_minor, t.billing_currency);
    return out;
}

SimulationRefundResponse refund_response_of(Answer answer, const CardTransaction* original,
                                            const app::Context& context) {
    SimulationRefundResponse out;
    set_outcome(answer, context, out);
    CardTransaction& t = answer.transaction;
    const std::int64_t approved = approved_minor(answer);
    if (original) {
        out.original_transaction_id = original->transaction_id;
        out.remaining_amount =
            major_units(original->remaining_minor - original->refunded_minor, original->billing_currency);
    }
    out.billing_amount = major_units(approved > 0 ? approved : t.billing_amount_minor, t.billing_currency);
    out.billing_currency = t.billing_currency;
    out.available_balance = available_of(answer);
    out.is_replay = answer.is_replay;
    out.checks = checks_of(t);
    out.auth_no = text_or_null(std::move(t.auth_no));
    out.rrn = std::move(t.rrn);
    out.stan = std::move(t.stan);
    return out;
}

}  // namespace takas::api
