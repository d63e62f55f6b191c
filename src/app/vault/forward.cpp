#include "app/vault/forward.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "app/vault/redaction.hpp"
#include "app/vault/trail.hpp"
#include "base/log.hpp"

namespace takas::app::vault {
namespace {

using ports::CommitOutcome;
using ports::ReplyBody;

/// One card under way, from its use to the caller's answer.
struct Sending {
    Services& services;
    TenantId tenant_id;
    std::string user_id, user_name, client_address, correlation_id, service_name;
    std::string reference, host, cvv;
    ResolvedCard card;
    std::move_only_function<void(Result<ForwardAnswer>)> done;

    explicit Sending(const Context& from)
        : services(from.services),
          tenant_id(from.tenant_id),
          user_id(from.user_id),
          user_name(from.user_name),
          client_address(from.client_address),
          correlation_id(from.correlation_id),
          service_name(from.service_name) {}
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;
    ~Sending() { wipe(cvv); }
    /// To write afterwards what became of it, in the caller's name.
    Context context() const {
        return {.services = services,
                .tenant_id = tenant_id,
                .user_id = user_id,
                .now = services.clock.now(),
                .correlation_id = correlation_id,
                .unit = {},
                .user_name = user_name,
                .client_address = client_address,
                .service_name = service_name};
    }
};
using SendingPtr = std::shared_ptr<Sending>;

/// What is sent, but for the card; its host goes into the source of the card.
Result<ports::WebhookRequest> prepare(const Context& context, const Caller& caller, ForwardOrder& order) {
    const ports::WebhookSender* sender = context.services.webhook_sender;
    if (!sender) return fail(ErrorCode::unavailable, "this server sends nothing");
    const auto type = check_forward_type(order.content_type);
    if (!type) return std::unexpected(type.error());
    auto host = check_forward_url(order.url, caller.merchant->forward_hosts);
    if (!host) return std::unexpected(std::move(host.error()));
    if (auto right = sender->check(order.url, false); !right)
        return fail(ErrorCode::vault_host_refused, std::move(right.error().internal_detail));
    if (auto right = check_forward_headers(order.headers); !right) return std::unexpected(std::move(right.error()));
    if (order.body.size() > forward_body_bytes_max)
        return fail_field("Body", "It is longer than 65536 octets.", "65536 sekizliden uzun.");
    if (auto right = check_template(order.body); !right) return std::unexpected(std::move(right.error()));
    order.source.forwarded_to = std::move(*host);
    ports::WebhookRequest request;
    request.url = std::move(order.url);
    request.headers = std::move(order.headers);
    request.headers.emplace_back("Content-Type", type->content_type);
    request.headers.emplace_back("Accept-Encoding", "identity");
    request.timeout_ms = std::clamp(order.timeout_ms, 1, forward_timeout_ms_max);
    request.wants_body = true;
    return request;
}

/// The card in the request's body; its use becomes durable before anybody hears of it. What the card has no value for
/// is refused, and nothing is used up.
Result<ResolvedCard> use_card(Context& context, const Caller& caller, const ForwardOrder& order, BodyForm form,
                              std::string& body) {
    while (true) {
        auto card = resolve_card(context, caller, order.source, order.reference);
        if (!card) return card;
        auto filled = fill_template(order.body, form, card->content,
                                    card->cvv ? text_of(card->cvv->reveal()) : std::string_view());
        if (!filled) {
            context.begin_afresh();
            return std::unexpected(std::move(filled.error()));
        }
        body = std::move(*filled);
        const auto outcome = context.store().commit_and_wait(std::exchange(context.unit, {}));
        if (outcome.outcome == CommitOutcome::committed) {
            for (const auto& step : context.after_commit) step();
            context.after_commit.clear();
            context.held.clear();  // whoever waits for the card does not wait for the receiver
            return card;
        }
        wipe(body);
        if (context.decide_again(outcome)) continue;
        return fail(outcome.outcome == CommitOutcome::unknown ? ErrorCode::outcome_unknown : ErrorCode::unavailable,
                    "the use of a card could not be stored");
    }
}

/// One word for the log and the audit: why there is no whole answer. "" when there is one.
std::string trouble_of(const ports::WebhookReply& reply) {
    if (!reply.error.empty()) return reply.error;
    switch (reply.body_state) {
        case ReplyBody::whole:
            return reply.status == 0 ? "no_answer" : "";
        case ReplyBody::cut_off:
            return "cut_off";
        case ReplyBody::too_large:
            return "answer_too_large";
        case ReplyBody::encoded:
            return "answer_encoded";
    }
    return "no_answer";
}

Error unknown_outcome(const std::string& trouble) {
    Error error{ErrorCode::outcome_unknown, trouble, {}, {}};
    if (trouble == "answer_too_large")
        error.fields.push_back({"Answer", "It is longer than 65536 octets.", "65536 sekizliden uzun."});
    else if (trouble == "answer_encoded")
        error.fields.push_back({"Answer", "It is compressed or encoded.", "Sıkıştırılmış veya kodlanmış."});
    else
        error.fields.push_back({"Answer", "It did not come, or not to its end.", "Gelmedi veya sonuna kadar gelmedi."});
    return error;
}

struct Ended {
    std::string told;  ///< for the audit
    Result<ForwardAnswer> result;
};

Ended ended(const Sending& sending, ports::WebhookReply& reply) {
    const std::string trouble = trouble_of(reply);
    if (trouble.empty()) {
        ForwardAnswer answer{reply.status, redacted(reply.body, sending.card.content, sending.cvv)};
        wipe(reply.body);
        return {"answered " + std::to_string(reply.status), std::move(answer)};
    }
    wipe(reply.body);
    log::warning("vault_forward_failed").add("host", sending.host).add("detail", trouble);
    if (reply.may_have_arrived) return {"unknown: " + trouble, std::unexpected(unknown_outcome(trouble))};
    const bool is_refused = trouble.starts_with("refused");
    return {"not sent: " + trouble,
            fail(is_refused ? ErrorCode::vault_host_refused : ErrorCode::vault_host_failed, trouble)};
}

/// In the chain of the card, where its use stands. What happened is told to the caller in any case: it has happened.
void tell(const SendingPtr& sending, const std::shared_ptr<Ended>& end, const std::shared_ptr<Context>& context) {
    const ResolvedCard& card = sending->card;
    const auto finish = [sending, end, context](std::string_view not_written) {
        context->held.clear();
        if (!not_written.empty())
            log::error("vault_forward_not_audited").add("outcome", end->told).add("detail", not_written);
        sending->done(std::move(end->result));
    };
    const Chain chain = card.is_temporary ? chain_of_temp_card(card.holder_id, card.row_id)
                                          : chain_of_card(card.holder_id, card.row_id);
    if (const auto turn = take_turn(*context, chain); !turn) return finish(turn.error().internal_detail);
    const auto note = card.is_temporary ? &note_temp_card : &note_card;
    const auto noted = note(*context, card.holder_id, card.row_id, core::audit::Action::accessed,
                            {detail("operation", "forwarded"), detail("reference", sending->reference),
                             detail("host", sending->host), detail("outcome", end->told)});
    if (!noted) return finish(noted.error().internal_detail);
    sending->services.store.commit(std::exchange(context->unit, {}),
                                   [sending, end, context, finish](const ports::CommitResult& outcome) {
                                       if (outcome.outcome == CommitOutcome::committed) return finish({});
                                       if (!context->decide_again(outcome)) return finish("not committed");
                                       sending->services.vault->afterwards.run([=] { tell(sending, end, context); });
                                   });
}

}  // namespace

void forward_card(Context& context, const Caller& caller, ForwardOrder order,
                  std::move_only_function<void(Result<ForwardAnswer>)> done) {
    auto request = prepare(context, caller, order);
    if (!request) return done(std::unexpected(std::move(request.error())));
    const BodyForm form = check_forward_type(order.content_type)->form;
    auto card = use_card(context, caller, order, form, request->body);
    if (!card) return done(std::unexpected(std::move(card.error())));
    const auto sending = std::make_shared<Sending>(context);
    sending->reference = std::move(order.reference);
    sending->host = std::move(order.source.forwarded_to);
    sending->card = std::move(*card);
    sending->done = std::move(done);
    if (sending->card.cvv) sending->cvv = text_of(sending->card.cvv->reveal());
    context.services.webhook_sender->send(std::move(*request), [sending](ports::WebhookReply reply) {
        auto kept = std::make_shared<ports::WebhookReply>(std::move(reply));
        sending->services.vault->afterwards.run([sending, kept] {
            tell(sending, std::make_shared<Ended>(ended(*sending, *kept)),
                 std::make_shared<Context>(sending->context()));
        });
    });
}

}  // namespace takas::app::vault
