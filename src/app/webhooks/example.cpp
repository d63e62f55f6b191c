#include "app/webhooks/example.hpp"

#include "app/events/catalogue.hpp"
#include "app/webhooks/access_tokens.hpp"
#include "app/webhooks/message.hpp"
#include "app/webhooks/render_event.hpp"
#include "app/webhooks/webhooks.hpp"

namespace takas::app::webhooks {
namespace {

struct Prepared {
    WebhookAndSecrets target;
    ports::WebhookRequest request;
};

Result<Prepared> prepare(const Context& context, EntityId webhook_id, core::event::EventKind kind) {
    if (!context.services.webhook_sender) return fail(ErrorCode::unavailable, "this server sends no webhooks");
    auto webhook = find_webhook(context, webhook_id);
    if (!webhook) return std::unexpected(std::move(webhook.error()));
    auto secrets = open(context.services.secret_box, *webhook);
    if (!secrets) return std::unexpected(std::move(secrets.error()));
    core::webhook::WebhookDelivery delivery;
    delivery.id = context.services.ids.next<EntityId>();
    auto request =
        make_request(*webhook, *secrets, delivery, envelope(kind, events::catalogue_row(kind).example()), context.now);
    if (!request) return std::unexpected(std::move(request.error()));
    return Prepared{{std::move(*webhook), std::move(*secrets)}, std::move(*request)};
}

}  // namespace

void send_example(const Context& context, EntityId webhook_id, core::event::EventKind kind, bool allow_loopback,
                  std::move_only_function<void(Result<ExampleSent>)> done) {
    auto prepared = prepare(context, webhook_id, kind);
    if (!prepared) return done(std::unexpected(std::move(prepared.error())));
    prepared->request.allow_loopback = allow_loopback;
    auto on_reply = [done = std::move(done), body = prepared->request.body](ports::WebhookReply reply) mutable {
        done(ExampleSent{{reply.status, std::move(reply.error), {}}, std::move(body)});
    };
    ports::WebhookSender& sender = *context.services.webhook_sender;
    const auto& [webhook, secrets] = prepared->target;
    // A token of its own: a subscriber who tries credentials wants them tried.
    if (webhook.authentication_type == core::webhook::AuthenticationType::o_auth_2_client_credentials)
        AccessTokens(sender).send(webhook, secrets, std::move(prepared->request), context.now, std::move(on_reply));
    else
        sender.send(std::move(prepared->request), std::move(on_reply));
}

}  // namespace takas::app::webhooks
