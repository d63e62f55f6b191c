// Transaction Testing: the same use cases as a network's door, reached over HTTP. Refused unless the institution is one
// for tests.
#include "api/sandbox/endpoints.hpp"

#include <future>

#include "api/framework/forwarding.hpp"
#include "api/sandbox/card_info_dto.hpp"
#include "api/sandbox/simulation_answer.hpp"
#include "api/sandbox/simulation_request.hpp"
#include "app/card_security/clear_card.hpp"
#include "app/catalog/catalog.hpp"
#include "app/cluster/forwarding.hpp"
#include "app/ports/tables.hpp"
#include "app/transactions/transactions.hpp"
#include "base/log.hpp"

namespace takas::api {
namespace {

using app::authorize::Authorizer;
using core::authorization::CardTransaction;
using core::authorization::ReversalType;

using EngineAnswer = Result<app::authorize::Answer>;

bool is_for_tests(const app::Context& context) {
    const auto tenant = context.services.catalog.tenant(context.tenant_id);
    return tenant && tenant->sandbox_enabled;
}

/// For handlers on a worker: starts the engine and waits for its answer.
template <class Start>
EngineAnswer wait_for(Start start) {
    std::promise<EngineAnswer> promise;
    auto future = promise.get_future();
    start([promise = std::move(promise)](EngineAnswer answer) mutable { promise.set_value(std::move(answer)); });
    return future.get();
}

/// A card message that the owner of its account should decide. It is made recognisable first: if the owner does not
/// answer, it is decided here, and must be the same message. The card is found once.
bool passes_on(Call& call, app::authorize::CardReference& card, core::authorization::Request& request) {
    // Its twin on another server, or after a crash, finds no stored reply: the message must be known by the key itself.
    const std::string_view key = idempotency_key_of(call);
    if (!request.is_repeatable && !key.empty())
        request.message_key = app::authorize::keyed_message_key(call.context.tenant_id, key, call.context.now);
    if (const auto trace = trace_of(call)) {
        if (request.stan.empty()) request.stan = trace->stan;
        if (request.rrn.empty()) request.rrn = trace->rrn;
        request.local_transaction_time = trace->local_transaction_time;
        request.is_repeatable = true;
    }
    if (!may_go_elsewhere(call)) return false;
    Authorizer& authorizer = call.context.services.authorizer;
    const TenantId tenant_id = call.context.tenant_id;
    const auto place = card.token_id ? authorizer.directory().by_token(tenant_id, card.token_id)
                                     : authorizer.directory().by_pan_hash(tenant_id, card.pan_hash.value_or(Blob{}));
    if (!place || !*place) return false;
    card.token_id = (*place)->token_id;
    if (!call.context.services.forwarding->elsewhere((*place)->account_id)) return false;
    authorizer.make_repeatable(request);
    return goes_elsewhere(call, (*place)->account_id,
                          trace_text({request.stan, request.rrn, request.local_transaction_time}),
                          /*is_recognised=*/true);
}

void process_transaction(std::shared_ptr<Call> call, SimulationRequest body, Answer<SimulationResponse> answer) {
    const app::Services& services = call->context.services;
    if (!is_for_tests(call->context)) return answer(fail(ErrorCode::sandbox_disabled));
    auto message = message_of(std::move(body), services.pan_vault, call->context.now);
    if (!message) return answer(std::unexpected(std::move(message.error())));
    if (passes_on(*call, message->card, message->request)) return answer(std::unexpected(passed_on()));
    const TenantId tenant_id = call->context.tenant_id;
    services.authorizer.authorize(tenant_id, std::move(message->card), std::move(message->request),
                                  std::move(message->presented),
                                  [call = std::move(call), answer = std::move(answer)](EngineAnswer decided) mutable {
                                      if (!decided) return answer(std::unexpected(std::move(decided.error())));
                                      answer(simulation_response_of(std::move(*decided), call->context));
                                  });
}

Result<CardTransaction> find_reversed(const app::Context& context, const SimulationReversalRequest& body) {
    if (body.transaction_id) return app::transactions::get(context, *body.transaction_id);
    if (body.rrn.empty() || body.stan.empty() || body.terminal_no.empty())
        return fail_field("transactionId", "transactionId is needed, or rrn, stan and terminalNo.",
                          "transactionId ya da rrn, stan ve terminalNo gerekli.");
    return app::transactions::get_by_trace(context, body.rrn, body.stan, body.terminal_no);
}

Result<core::authorization::ReversalRequest> reversal_of(const SimulationReversalRequest& body,
                                                         core::money::Currency currency, Instant now) {
    core::authorization::ReversalRequest request{body.reversal_type, std::nullopt, now};
    const bool partial = body.reversal_type == ReversalType::partial_reversal;
    if (partial != body.amount.has_value())
        return fail_field("amount", "A PartialReversal has an amount, the other types have none.",
                          "PartialReversal için tutar gerekli; diğer türlerde tutar gönderilmez.");
    if (!partial) return request;
    FieldErrors errors;
    const auto digits = app::transactions::minor_digits(currency).value_or(2);
    request.amount_minor = app::transactions::read_amount(*body.amount, digits, "amount", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    return request;
}

Result<SimulationReversalResponse> void_transaction(Call& call, const SimulationReversalRequest& body) {
    if (!is_for_tests(call.context)) return fail(ErrorCode::sandbox_disabled);
    const auto reversed = find_reversed(call.context, body);
    if (!reversed) return std::unexpected(reversed.error());
    auto request = reversal_of(body, reversed->billing_currency, call.context.now);
    if (!request) return std::unexpected(request.error());
    // Without an Idempotency-Key, one that may have been done already is not tried a second time.
    const std::string_view key = idempotency_key_of(call);
    if (!key.empty())
        request->message_key = app::authorize::reversal_key(call.context.tenant_id, reversed->transaction_id, key);
    if (may_go_elsewhere(call) && goes_elsewhere(call, reversed->account_id, {}, /*is_recognised=*/!key.empty()))
        return std::unexpected(passed_on());
    const auto answer = wait_for([&](Authorizer::Done done) {
        call.context.services.authorizer.reverse(call.context.tenant_id, reversed->transaction_id, *request,
                                                 std::move(done));
    });
    if (!answer) return std::unexpected(answer.error());
    return reversal_response_of(*answer, call.context);
}

/// The purchase of a linked refund; nothing for an unlinked one.
Result<std::optional<CardTransaction>> find_refunded(const app::Context& context, const SimulationRefundRequest& body) {
    if (!body.transaction_id && !body.token_id)
        return fail_field("transactionId", "transactionId or tokenId is needed.",
                          "transactionId veya tokenId gerekli.");
    if (!body.transaction_id) return std::nullopt;
    auto original = app::transactions::get(context, *body.transaction_id);
    if (!original) return std::unexpected(std::move(original.error()));
    if (body.token_id && *body.token_id != original->token_id)
        return fail_field("tokenId", "The transaction was made with another card.", "İşlem başka bir kartla yapılmış.");
    return std::move(*original);
}

Result<SimulationRefundResponse> refund_transaction(Call& call, const SimulationRefundRequest& body) {
    if (!is_for_tests(call.context)) return fail(ErrorCode::sandbox_disabled);
    auto original = find_refunded(call.context, body);
    if (!original) return std::unexpected(std::move(original.error()));
    auto request = refund_request_of(body, *original ? &**original : nullptr, call.context.now);
    if (!request) return std::unexpected(std::move(request.error()));
    app::authorize::CardReference card{*original ? (*original)->token_id : *body.token_id, std::nullopt};
    if (passes_on(call, card, *request)) return std::unexpected(passed_on());
    auto answer = wait_for([&](Authorizer::Done done) {
        call.context.services.authorizer.authorize(call.context.tenant_id, card, std::move(*request), std::move(done));
    });
    if (!answer) return std::unexpected(std::move(answer.error()));
    if (*original) {  // as it is now: what is left to refund
        auto after = app::transactions::get(call.context, (*original)->transaction_id);
        if (after) *original = std::move(*after);
    }
    return refund_response_of(std::move(*answer), *original ? &**original : nullptr, call.context);
}

/// Computed for this answer. A live institution's keys are no test keys: what has none stays null.
Result<void> fill_in_secrets(const app::Context& context, const core::card::Card& card, ClearCardInfo& out) {
    namespace security = app::card_security;
    const auto view = security::look_at_card(context.services.lanes, card.account_id, card.tenant_id, card.token_id);
    if (!view) return std::unexpected(view.error());
    const auto clear = security::clear_card(context, card, *view);
    if (!clear && clear.error().code == ErrorCode::hsm_key_not_found) return {};
    if (!clear) return std::unexpected(clear.error());
    const auto text = [](const crypto::SecretBytes& secret) {
        return secret.empty() ? std::nullopt : std::optional(std::string(text_of(secret.reveal())));
    };
    out.cvv = text(clear->cvv), out.icvv = text(clear->icvv), out.cvv2 = text(clear->cvv2);
    out.track1 = text(clear->track1), out.track2 = text(clear->track2);
    const auto pin = security::clear_pin(context, *view);
    if (!pin) return std::unexpected(pin.error());
    out.pin = text(*pin);
    return {};
}

Result<ClearCardInfo> get_card_info(Call& call, const ClearCardInfoRequest& body) {
    using app::ports::where;
    using core::card::Card;
    const app::Context& context = call.context;
    if (!is_for_tests(context)) return fail(ErrorCode::sandbox_disabled);
    const auto card =
        context.store().find<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(body.token_id)});
    if (!card) return std::unexpected(card.error());
    if (!*card) return fail(ErrorCode::card_not_found);
    const auto pan = context.services.pan_vault.open((*card)->pan_sealed, (*card)->token_id);
    if (!pan) return std::unexpected(pan.error());
    log::warning("card_number_shown")
        .add("tenant_id", context.tenant_id)
        .add("token_id", body.token_id)
        .add("user_id", context.user_id)
        .add("correlation_id", context.correlation_id);
    ClearCardInfo out;
    if (auto filled = fill_in_secrets(context, **card, out); !filled) return std::unexpected(std::move(filled.error()));
    out.token_id = body.token_id;
    out.card_no = pan->reveal(core::card::RevealFor::cardholder_reply);
    out.expire_date = (*card)->expire_date;
    out.pan_sequence_no = (*card)->pan_sequence_no;
    return out;
}

constexpr std::string_view tag = "TransactionTesting";
constexpr auto permission = Permission::transaction_test;

constexpr std::array rows{
    endpoint<&process_transaction>(Method::post, "/api/v1/sandbox/transaction", "processTransaction", tag,
                                   "Process a card transaction", permission, Idempotency::accepted,
                                   {ErrorCode::sandbox_disabled, ErrorCode::outcome_unknown}),
    endpoint<&void_transaction>(
        Method::post, "/api/v1/sandbox/transaction/void", "voidTransaction", tag, "Void or reverse a transaction",
        permission, Idempotency::accepted,
        {ErrorCode::sandbox_disabled, ErrorCode::transaction_not_found, ErrorCode::outcome_unknown}),
    endpoint<&refund_transaction>(
        Method::post, "/api/v1/sandbox/transaction/refund", "refundTransaction", tag,
        "Refund a purchase, or give money back to a card", permission, Idempotency::accepted,
        {ErrorCode::sandbox_disabled, ErrorCode::transaction_not_found, ErrorCode::outcome_unknown}),
    endpoint<&get_card_info>(Method::post, "/api/v1/sandbox/card-info", "getClearCardInfo", tag,
                             "Get a test card's clear data", permission, Idempotency::none,
                             {ErrorCode::sandbox_disabled, ErrorCode::card_not_found, ErrorCode::hsm_unavailable}),
};

}  // namespace

std::span<const Endpoint> sandbox_endpoints() { return rows; }

}  // namespace takas::api
