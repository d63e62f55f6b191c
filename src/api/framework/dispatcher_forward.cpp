// The dispatcher's way to another server and back (forwarding.hpp).
#include "api/framework/dispatcher.hpp"
#include "api/framework/dispatcher_exchange.hpp"
#include "api/framework/forwarding.hpp"
#include "app/cluster/forwarding.hpp"

namespace takas::api {
namespace {

app::ports::PeerRequest peer_request_of(const Call& call, std::string address, const std::string& correlation_id) {
    const net::HttpRequest& request = call.request();
    app::ports::PeerRequest out;
    out.address = std::move(address);
    out.path = request.path;
    if (!request.query.empty()) out.path.append("?").append(request.query);
    for (const std::string_view name : {"Authorization", "Accept-Language"})
        if (const auto value = request.header(name); !value.empty()) out.headers.emplace_back(name, value);
    out.headers.emplace_back("X-Correlation-Id", correlation_id);
    const std::string_view key = idempotency_key_of(call);
    const auto& services = call.context.services;
    out.headers.emplace_back(forwarded_header,
                             proof_of(request, call.trace, key, services.secret_box, services.clock.now()));
    if (!call.trace.empty()) out.headers.emplace_back(trace_header, call.trace);
    if (!key.empty()) out.headers.emplace_back(message_key_header, key);
    out.body = request.body;
    return out;
}

/// Whom the other server does not know yet, this one may: nothing was decided.
bool was_not_admitted(int status) { return status == 401 || status == 403; }

}  // namespace

/// An Idempotency-Key was looked up here and its reply is remembered here: for the other server it only names the
/// message.
void Dispatcher::forward(const ExchangePtr& exchange) {
    const auto [address, is_recognised] = std::move(*exchange->call->passes_on);
    exchange->call->passes_on.reset();
    services_.forwarding->send(peer_request_of(*exchange->call, address, exchange->correlation_id),
                               [this, exchange, address, is_recognised](app::ports::PeerReply reply) {
                                   using enum app::ports::PeerOutcome;
                                   if (reply.outcome == answered && !was_not_admitted(reply.status))
                                       return pass_back(exchange, address, std::move(reply));
                                   if (reply.outcome == unanswered && !is_recognised)
                                       return refuse(exchange, {ErrorCode::outcome_unknown, "no answer of " + address});
                                   decide_here(exchange);
                               });
}

void Dispatcher::decide_here(const ExchangePtr& exchange) {
    exchange->call->is_decided_here = true;
    // As in start(): what does not block needs no worker, of which there are too few for all that a dead server leaves.
    if (!exchange->route.endpoint->is_async || exchange->ticket) return run_again(exchange);
    exchange->call->begin_again();
    exchange->is_finished = false;
    run_handler(exchange);
}

void Dispatcher::pass_back(const ExchangePtr& exchange, const std::string& address,
                           app::ports::PeerReply reply_of_owner) {
    net::HttpResponse response{.status = reply_of_owner.status, .body = std::move(reply_of_owner.body)};
    response.headers.emplace_back(owner_header, address);
    app::ports::Unit unit;
    if (exchange->holds_key && response.status / 100 == 2)
        if (auto done = memory_.remember(*exchange->ticket, response.status, response.body, unit); !done)
            return refuse(exchange, done.error());
    if (unit.empty()) return reply(exchange, std::move(response));
    commit(exchange, std::move(unit), std::move(response));
}

}  // namespace takas::api
