#include "api/what_if/endpoints.hpp"

#include "api/sandbox/simulation_answer.hpp"
#include "api/what_if/dto.hpp"
#include "app/transactions/amounts.hpp"
#include "core/control/rule_facts.hpp"

namespace takas::api {
namespace {

namespace what_if = app::what_if;
using app::transactions::major_units;
using core::authorization::Request;
using core::authorization::TransactionCode;

std::string in(app::Language language, const what_if::Sentence& sentence) {
    return language == app::Language::english ? sentence.english : sentence.turkish;
}

struct Asked {
    Request request;
    Instant at;
};

Result<Instant> time_of(const WhatIfRequestDto& body, Instant now) {
    constexpr std::int64_t s_per_day = 86'400;
    if (!body.time || *body.time <= now) return now;
    if (*body.time > now.plus_seconds(what_if::days_ahead_max * s_per_day))
        return fail_field("time", "At most 60 days ahead.", "En fazla 60 gün sonrası.");
    return *body.time;
}

Result<Asked> asked_of(const WhatIfRequestDto& body, Instant now) {
    FieldErrors errors;
    if (body.transaction_code == TransactionCode::load || body.transaction_code == TransactionCode::unload)
        errors.add("transactionCode", "Load and Unload are not card transactions.",
                   "Load ve Unload kart işlemi değildir.");
    Request r;
    r.code = body.transaction_code;
    r.transaction_currency = body.transaction_currency;
    if (const auto digits =
            app::transactions::read_currency(body.transaction_currency, "transactionCurrency", errors)) {
        r.transaction_digits = *digits;
        r.transaction_amount_minor =
            app::transactions::read_amount(body.transaction_amount, *digits, "transactionAmount", errors).value_or(0);
    }
    if (!errors.empty()) return std::move(errors).as_error();
    const auto at = time_of(body, now);
    if (!at) return std::unexpected(at.error());
    r.domain = body.transaction_domain.value_or(core::authorization::TransactionDomain::domestic);
    r.network = body.transaction_network.value_or(core::authorization::TransactionNetwork::domestic);
    if (body.pos_entry_mode) r.pos_entry_mode = *body.pos_entry_mode;
    if (body.terminal_type) r.acceptor.terminal_type = *body.terminal_type;
    if (body.cardholder_presence) r.cardholder_presence = *body.cardholder_presence;
    r.acceptor.terminal_no = body.terminal_no, r.acceptor.card_acceptor_no = body.card_acceptor_no;
    r.acceptor.card_acceptor_name = body.card_acceptor_name, r.acceptor.card_acceptor_city = body.card_acceptor_city;
    r.acceptor.card_acceptor_country = body.card_acceptor_country, r.acceptor.acquirer_id = body.acquirer_id;
    r.acceptor.mcc = body.mcc;
    r.is_3d_secure = body.is_3d_secure, r.is_recurring = body.is_recurring;
    r.installment_count = body.installment_count;
    r.original_transaction_id = body.original_transaction_id.value_or(TransactionId{});
    r.local_transaction_time = *at;
    return Asked{std::move(r), *at};
}

WhatIfChangeDto to_dto(const what_if::Change& change, const Request& request, app::Language language) {
    WhatIfChangeDto dto;
    dto.kind = change.kind;
    if (change.amount_minor) dto.amount = major_units(*change.amount_minor, request.transaction_currency);
    dto.pos_entry_mode = change.pos_entry_mode, dto.terminal_type = change.terminal_type;
    dto.transaction_domain = change.domain;
    dto.time = change.at;
    dto.description = in(language, what_if::sentence_of(change, request));
    return dto;
}

/// As the detail of a transaction tells them.
std::vector<SimulationCheck> checks_of_decision(const core::authorization::Decision& decision,
                                                core::money::Currency currency) {
    core::authorization::CardTransaction row;
    row.billing_currency = currency;
    core::authorization::encode_checks(decision.checks, row.checks);
    return checks_of(row);
}

Result<WhatIfResponseDto> what_if_card(Call& call, const WhatIfRequestDto& body) {
    const app::Context& context = call.context;
    const auto token_id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!token_id) return std::unexpected(token_id.error());
    const auto asked = asked_of(body, context.now);
    if (!asked) return std::unexpected(asked.error());
    const auto trial = what_if::Trial::of(context, *token_id, asked->request.original_transaction_id);
    if (!trial) return std::unexpected(trial.error());
    const auto decided = trial->decide(asked->request, asked->at);
    if (!decided) return std::unexpected(decided.error());
    const auto& decision = decided->decision;
    const auto currency = trial->account().currency;
    WhatIfResponseDto out;
    out.approved = decision.approved;
    out.response_code = decision.response_code;
    out.billing_amount = major_units(decision.billing_minor, currency);
    out.billing_currency = currency;
    out.fee = major_units(decided->facts.fee_minor, currency);
    out.checks = checks_of_decision(decision, currency);
    auto controls = app::transactions::explain_considered(
        context, {decided->policy->record(), decided->policy->rule_facts(), currency, !decision.approved});
    if (!controls) return std::unexpected(std::move(controls.error()));
    out.controls = std::move(*controls);
    if (decision.approved) return out;
    const auto& row = core::authorization::decline_row(decision.reason);
    out.error_code = core::authorization::public_code(decision.reason);
    out.error_description = std::string(context.language == app::Language::english ? row.english : row.turkish);
    const auto changes = what_if::changes_that_pass(*trial, asked->request, asked->at, *decided);
    if (!changes) return std::unexpected(changes.error());
    for (const what_if::Change& one : *changes) out.changes.push_back(to_dto(one, asked->request, context.language));
    if (out.changes.empty()) out.no_change_helps = in(context.language, what_if::why_nothing_helps(decision));
    return out;
}

constexpr std::array rows{
    endpoint<&what_if_card>(Method::post, "/api/v1/issuing/card/{tokenId}/what-if", "whatIf", "Card",
                            "Ask whether a transaction would pass, and what would make it pass",
                            Permission::transaction_read, Idempotency::none, {ErrorCode::card_not_found}),
};

}  // namespace

std::span<const Endpoint> what_if_endpoints() { return rows; }

}  // namespace takas::api
