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

struct Prepared {
    ports::WebhookRequest request;
    BodyForm form;  ///< of the body that is still to be filled
};

/// What is sent, but for the card; its host goes into the source of the card.
Result<Prepared> prepare(const Context& context, const Caller& caller, ForwardOrder& order) {
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
    return Prepared{std::move(request), type->form};
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

/// One card under way, from its use to the caller's answer.
struct Sending {
    Context context;  ///< the caller's, to write what became of it
    std::string reference, host, cvv;
    ResolvedCard card;
    std::move_only_function<void(Result<ForwardAnswer>)> done;
    std::string told;  ///< of the end, for the audit
    Result<ForwardAnswer> result;

    explicit Sending(Context from) : context(std::move(from)) {}
    Sending(const Sending&) = delete;
    Sending& operator=(const Sending&) = delete;
    ~Sending() { wipe(cvv); }

    void end(std::string what, Result<ForwardAnswer> with) {
        told = std::move(what);
        result = std::move(with);
    }
};
using SendingPtr = std::shared_ptr<Sending>;

void take_reply(Sending& sending, ports::WebhookReply& reply) {
    const std::string trouble = trouble_of(reply);
    if (trouble.empty()) {
        sending.end("answered " + std::to_string(reply.status),
                    ForwardAnswer{reply.status, redacted(reply.body, sending.card.content, sending.cvv)});
        return wipe(reply.body);
    }
    wipe(reply.body);
    log::warning("vault_forward_failed").add("host", sending.host).add("detail", trouble);
    if (reply.may_have_arrived) return sending.end("unknown: " + trouble, std::unexpected(unknown_outcome(trouble)));
    const bool is_refused = trouble.starts_with("refused");
    sending.end("not sent: " + trouble,
                fail(is_refused ? ErrorCode::vault_host_refused : ErrorCode::vault_host_failed, trouble));
}

/// In the chain of the card, where its use stands. What happened is told to the caller in any case: it has happened.
void tell(const SendingPtr& sending) {
    Context& context = sending->context;
    const ResolvedCard& card = sending->card;
    const auto finish = [sending](std::string_view not_written) {
        sending->context.held.clear();
        if (!not_written.empty())
            log::error("vault_forward_not_audited").add("outcome", sending->told).add("detail", not_written);
        sending->done(std::move(sending->result));
    };
    const Chain chain = card.is_temporary ? chain_of_temp_card(card.holder_id, card.row_id)
                                          : chain_of_card(card.holder_id, card.row_id);
    if (const auto turn = take_turn(context, chain); !turn) return finish(turn.error().internal_detail);
    const auto note = card.is_temporary ? &note_temp_card : &note_card;
    const auto noted = note(context, card.holder_id, card.row_id, core::audit::Action::accessed,
                            {detail("operation", "forwarded"), detail("reference", sending->reference),
                             detail("host", sending->host), detail("outcome", sending->told)});
    if (!noted) return finish(noted.error().internal_detail);
    context.store().commit(std::exchange(context.unit, {}), [sending, finish](const ports::CommitResult& outcome) {
        if (outcome.outcome == CommitOutcome::committed) return finish({});
        if (!sending->context.decide_again(outcome)) return finish("not committed");
        sending->context.services.vault->afterwards.run([sending] { tell(sending); });
    });
}

}  // namespace

void forward_card(Context& context, const Caller& caller, ForwardOrder order,
                  std::move_only_function<void(Result<ForwardAnswer>)> done) {
    auto prepared = prepare(context, caller, order);
    if (!prepared) return done(std::unexpected(std::move(prepared.error())));
    ports::WebhookRequest& request = prepared->request;
    auto card = use_card(context, caller, order, prepared->form, request.body);
    if (!card) return done(std::unexpected(std::move(card.error())));
    const auto sending = std::make_shared<Sending>(beside(context));
    sending->reference = std::move(order.reference);
    sending->host = std::move(order.source.forwarded_to);
    sending->card = std::move(*card);
    sending->done = std::move(done);
    if (sending->card.cvv) sending->cvv = text_of(sending->card.cvv->reveal());
    context.services.webhook_sender->send(std::move(request), [sending](ports::WebhookReply reply) {
        sending->context.services.vault->afterwards.run([sending, reply = std::move(reply)] mutable {
            sending->context.now = sending->context.services.clock.now();
            take_reply(*sending, reply);
            tell(sending);
        });
    });
}

}  // namespace takas::app::vault
