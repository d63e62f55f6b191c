#include "api/framework/dispatcher.hpp"

#include <chrono>
#include <exception>
#include <thread>

#include "api/framework/correlation.hpp"
#include "api/framework/dispatcher_exchange.hpp"
#include "api/framework/error_answer.hpp"
#include "api/framework/forwarding.hpp"
#include "app/secrets/secret_box.hpp"
#include "base/log.hpp"

namespace takas::api {
namespace {

/// "application/json", also with parameters.
bool is_media_type(std::string_view content_type, std::string_view wanted) {
    std::string_view type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return net::equals_ignoring_case(type, wanted);
}

bool takes_content_type(BodyKind kind, std::string_view content_type) {
    if (kind == BodyKind::none || is_media_type(content_type, "application/json")) return true;
    return kind == BodyKind::form && is_media_type(content_type, "application/x-www-form-urlencoded");
}

/// The token of "Bearer <token>"; "" when there is none.
std::string_view bearer_of(std::string_view authorization) {
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() <= scheme.size()) return {};
    if (!net::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return {};
    return authorization.substr(scheme.size());
}

/// A record of the audit log is never what the caller asked for: that others were faster each time is no refusal.
bool is_busy_log(const app::ports::CommitResult& outcome) {
    using enum app::ports::CommitOutcome;
    return (outcome.outcome == conflict || outcome.outcome == version_moved) && outcome.table.starts_with("audit_");
}

Error error_of(const app::ports::CommitResult& outcome, const Call& call) {
    using enum app::ports::CommitOutcome;
    const std::string table(outcome.table);
    if (is_busy_log(outcome)) return {ErrorCode::unavailable, "too many met in " + table};
    switch (outcome.outcome) {
        case conflict:
            if (table == "stored_reply") return {ErrorCode::request_in_progress, "a twin on another server"};
            return {call.conflict_code(outcome.table), "conflict in " + table};
        case version_moved:
            return {ErrorCode::concurrent_change, "version moved in " + table};
        case unavailable:
            return {ErrorCode::unavailable, "the store took no commit"};
        case unknown:
            return {ErrorCode::outcome_unknown, "commit outcome unknown"};
        case committed:
            break;
    }
    return {ErrorCode::internal, "a committed unit is no error"};
}

}  // namespace

Dispatcher::Dispatcher(app::Services& services, Authenticator& authenticator, std::span<const Endpoint> endpoints,
                       std::span<const RawEndpoint> raw_endpoints, const Operations& operations, Metrics& metrics,
                       DispatcherOptions options)
    : services_(services),
      authenticator_(authenticator),
      operations_(operations),
      metrics_(metrics),
      sandbox_(options.sandbox),
      log_requests_(options.log_requests),
      router_(endpoints, raw_endpoints),
      memory_(services),
      pool_(options.worker_threads, options.queue_max) {}

Dispatcher::~Dispatcher() {
    while (in_flight_ != 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void Dispatcher::handle(std::shared_ptr<const net::HttpRequest> request, net::Reply reply_to) {
    ++in_flight_;
    const auto exchange = std::make_shared<Exchange>();
    exchange->request = std::move(request);
    exchange->reply = std::move(reply_to);
    exchange->language = language_of(exchange->request->header("accept-language"));
    const std::string_view sent_id = exchange->request->header("x-correlation-id");
    exchange->correlation_id = is_uuid(sent_id) ? std::string(sent_id) : random_uuid(services_.random);

    auto route = router_.find(exchange->request->method, exchange->request->path);
    if (!route) {
        if (auto asked = preflight(*exchange->request)) return reply(exchange, std::move(*asked));
        const bool is_known = !route.error().allow.empty();
        auto response =
            error_answer({is_known ? ErrorCode::method_not_allowed : ErrorCode::not_found, {}}, exchange->language);
        if (is_known) response.headers.emplace_back("Allow", std::move(route.error().allow));
        return reply(exchange, std::move(response));
    }
    exchange->route = std::move(*route);
    exchange->row_index = exchange->route.index;
    if (const RawEndpoint* raw = exchange->route.raw) return run_raw(*raw, exchange);
    if (const Dialect* dialect = exchange->route.endpoint->dialect) return start_in(*dialect, exchange);
    if (const auto admitted = admit(*exchange); !admitted) return refuse(exchange, admitted.error());
    start(exchange);
}

void Dispatcher::run_raw(const RawEndpoint& row, const ExchangePtr& exchange) {
    if (row.run) return reply(exchange, row.run(operations_, *exchange->request));
    WorkerPool::Task task = [this, &row, exchange] {
        reply(exchange, row.run_on_worker(services_, *exchange->request));
    };
    if (!pool_.submit(task)) refuse(exchange, {ErrorCode::unavailable, "the worker queue is full"});
}

/// OPTIONS of a path whose rows expect browsers.
std::optional<net::HttpResponse> Dispatcher::preflight(const net::HttpRequest& request) {
    if (request.method != "OPTIONS") return std::nullopt;
    for (const std::string_view method : method_names) {
        const auto route = router_.find(method, request.path);
        if (!route || !route->endpoint || !route->endpoint->dialect || !route->endpoint->dialect->preflight) continue;
        return route->endpoint->dialect->preflight(services_, request);
    }
    return std::nullopt;
}

/// Whether its door is open may take a look into the store: on a worker.
void Dispatcher::start_in(const Dialect& dialect, const ExchangePtr& exchange) {
    exchange->language = dialect.language(*exchange->request);
    WorkerPool::Task task = [this, &dialect, exchange] {
        const Endpoint& row = *exchange->route.endpoint;
        auto principal = dialect.admit(services_, *exchange->request, dialect.scope);
        if (!principal) return refuse(exchange, principal.error());
        exchange->principal = std::move(*principal);
        if (!takes_content_type(row.body_kind, exchange->request->header("content-type")))
            return refuse(exchange, {ErrorCode::unsupported_media_type, {}});
        if (const auto taken = take_key(*exchange); !taken) return refuse(exchange, taken.error());
        run(exchange);
    };
    if (!pool_.submit(task)) refuse(exchange, {ErrorCode::unavailable, "the worker queue is full"});
}

/// Who calls, and may they: before anything of the request's content is looked at.
Result<void> Dispatcher::admit(Exchange& exchange) {
    const Endpoint& row = *exchange.route.endpoint;
    const net::HttpRequest& request = *exchange.request;
    if (row.permission != Permission::open) {
        const std::string_view bearer = bearer_of(request.header("authorization"));
        if (bearer.empty()) return fail(ErrorCode::unauthenticated, "no bearer token");
        auto principal = authenticator_.authenticate(bearer);
        if (!principal) return std::unexpected(std::move(principal.error()));
        exchange.principal = std::move(*principal);
        if (auto same = admit_tenant_header(exchange); !same) return same;
        if (row.permission != Permission::any_user && !contains(exchange.principal.permissions, row.permission))
            return fail(ErrorCode::forbidden, "needs " + std::string(name_of(row.permission)));
        const Sender sender = sender_of(request, services_.secret_box, services_.clock.now());
        if (sender == Sender::unproven) return fail(ErrorCode::forbidden, "Takas-Forwarded proves nothing here");
        exchange.is_from_server = sender == Sender::server;
        if (row.permission == Permission::transaction_test && !sandbox_) return fail(ErrorCode::sandbox_disabled);
    }
    if (!takes_content_type(row.body_kind, request.header("content-type")))
        return fail(ErrorCode::unsupported_media_type);
    return take_key(exchange);
}

/// The tenant comes from the token; a header that says otherwise is refused, not followed.
Result<void> Dispatcher::admit_tenant_header(const Exchange& exchange) const {
    const std::string_view tenant = exchange.request->header("__tenant");
    if (!tenant.empty() && !net::equals_ignoring_case(tenant, exchange.principal.tenant_uuid))
        return fail(ErrorCode::forbidden, "__tenant differs from the token's tenant");
    return {};
}

Result<void> Dispatcher::take_key(Exchange& exchange) const {
    const Endpoint& row = *exchange.route.endpoint;
    if (row.idempotency == Idempotency::none) return {};
    const std::string_view key = exchange.request->header("idempotency-key");
    if (key.empty()) return {};
    if (!is_idempotency_key(key))
        return fail_field("Idempotency-Key", "1 to 64 printable characters are needed.",
                          "1 ile 64 arasında yazdırılabilir karakter olmalı.");
    const TenantId tenant_id = exchange.principal.tenant_id;
    exchange.ticket = ReplyTicket{
        tenant_id,
        services_.secret_box.keyed_name({"reply", std::to_string(tenant_id.value), exchange.principal.key_space, key}),
        row.operation_id, fingerprint_of(*exchange.request)};
    return {};
}

/// An asynchronous handler runs right here; with a key the store must be asked first, and that may block.
void Dispatcher::start(const ExchangePtr& exchange) {
    if (exchange->route.endpoint->is_async && !exchange->ticket) return run(exchange);
    WorkerPool::Task task = [this, exchange] { run(exchange); };
    if (!pool_.submit(task)) refuse(exchange, {ErrorCode::unavailable, "the worker queue is full"});
}

void Dispatcher::run(const ExchangePtr& exchange) {
    if (exchange->ticket) {
        auto known = memory_.begin(*exchange->ticket);
        if (!known) return refuse(exchange, known.error());
        if (*known) {
            net::HttpResponse response{.status = (*known)->status, .body = std::move((*known)->body)};
            response.headers.emplace_back("Idempotency-Replayed", "true");
            return reply(exchange, std::move(response));
        }
        exchange->holds_key = true;
    }
    make_call(*exchange);
    run_handler(exchange);
}

void Dispatcher::make_call(Exchange& exchange) {
    app::Context context{.services = services_,
                         .tenant_id = exchange.principal.tenant_id,
                         .user_id = exchange.principal.user_id,
                         .now = services_.clock.now(),
                         .language = exchange.language,
                         .correlation_id = exchange.correlation_id,
                         .unit = {},
                         .user_name = exchange.principal.user_name,
                         .client_address = exchange.request->remote_address,
                         .service_name = std::string(exchange.route.endpoint->operation_id)};
    exchange.call = std::make_shared<Call>(std::move(context), std::move(exchange.principal), exchange.request,
                                           std::move(exchange.route.path_values));
    exchange.call->is_from_server = exchange.is_from_server;
}

void Dispatcher::run_handler(const ExchangePtr& exchange) {
    try {
        exchange->route.endpoint->run(
            exchange->call, [this, exchange](Result<std::string> result) { finish(exchange, std::move(result)); });
    } catch (const std::exception& e) {
        finish(exchange, fail(ErrorCode::internal, std::string("exception: ") + e.what()));
    }
}

/// On the store's thread, which must not run handlers itself.
void Dispatcher::run_again(const ExchangePtr& exchange) {
    exchange->call->begin_again();
    exchange->is_finished = false;
    WorkerPool::Task task = [this, exchange] { run_handler(exchange); };
    if (!pool_.submit(task)) refuse(exchange, {ErrorCode::unavailable, "the worker queue is full"});
}

/// The handler has answered: its changes and the reply to remember become durable, then the caller hears of it.
void Dispatcher::finish(const ExchangePtr& exchange, Result<std::string> result) {
    if (exchange->is_finished.exchange(true)) return;
    if (exchange->call->passes_on) return forward(exchange);
    app::ports::Unit unit;
    net::HttpResponse response;
    if (result) {
        unit = std::move(exchange->call->context.unit);
        response.status = exchange->route.endpoint->status;
        response.body = std::move(*result);
        response.headers = exchange->call->answer_headers();
        if (exchange->call->streams) {
            response.stream = std::move(exchange->call->streams);
            response.content_type = "text/event-stream";
            response.body.clear();
        }
    } else {
        if (!exchange->holds_key || !is_remembered(result.error())) return refuse(exchange, result.error());
        log_refusal(*exchange, result.error());
        response = exchange->refusal(result.error());
    }
    if (exchange->holds_key) {
        auto remembered = memory_.remember(*exchange->ticket, response.status, response.body, unit);
        if (!remembered) return refuse(exchange, remembered.error());
    }
    if (unit.empty()) return reply(exchange, std::move(response));
    commit(exchange, std::move(unit), std::move(response));
}

void Dispatcher::commit(const ExchangePtr& exchange, app::ports::Unit unit, net::HttpResponse response) {
    services_.store.commit(std::move(unit),
                           [this, exchange, response = std::move(response)](app::ports::CommitResult outcome) mutable {
                               // Known: what waited for it goes on, also when no worker is free for the rest.
                               if (exchange->call) exchange->call->context.held.clear();
                               if (outcome.outcome == app::ports::CommitOutcome::committed)
                                   return follow_up(exchange, std::move(response));
                               refuse_after_commit(exchange, outcome);
                           });
}

/// On the store's thread, which must not read the store itself. A full queue only means that memory follows later.
void Dispatcher::follow_up(const ExchangePtr& exchange, net::HttpResponse response) {
    if (!exchange->call || exchange->call->context.after_commit.empty()) return reply(exchange, std::move(response));
    const auto kept = std::make_shared<net::HttpResponse>(std::move(response));
    WorkerPool::Task task = [this, exchange, kept] {
        for (const auto& step : exchange->call->context.after_commit) step();
        reply(exchange, std::move(*kept));
    };
    if (!pool_.submit(task)) reply(exchange, std::move(*kept));
}

/// Nothing of the handler's changes was written. A final refusal is remembered like one the handler gave itself; when
/// that commit is refused too, the caller hears the first reason all the same.
void Dispatcher::refuse_after_commit(const ExchangePtr& exchange, const app::ports::CommitResult& outcome) {
    if (exchange->call->context.decide_again(outcome)) return run_again(exchange);
    const Error error = error_of(outcome, *exchange->call);
    app::ports::Unit unit;
    if (!exchange->holds_key || !is_remembered(error)) return refuse(exchange, error);
    const net::HttpResponse response = exchange->refusal(error);
    if (!memory_.remember(*exchange->ticket, response.status, response.body, unit)) return refuse(exchange, error);
    services_.store.commit(std::move(unit),
                           [this, exchange, error](const app::ports::CommitResult&) { refuse(exchange, error); });
}

void Dispatcher::refuse(const ExchangePtr& exchange, const Error& error) {
    log_refusal(*exchange, error);
    reply(exchange, exchange->refusal(error));
}

void Dispatcher::reply(const ExchangePtr& exchange, net::HttpResponse response) {
    if (exchange->holds_key) memory_.end(*exchange->ticket);
    exchange->holds_key = false;
    if (response.body.empty() && !response.stream) response.content_type.clear();
    response.headers.emplace_back("X-Correlation-Id", exchange->correlation_id);
    add_security_headers(response);
    if (const Endpoint* row = exchange->route.endpoint; row && row->dialect && row->dialect->add_headers)
        row->dialect->add_headers(services_, *exchange->request, response);
    const auto duration_us =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - exchange->began)
            .count();
    metrics_.request_done(exchange->row_index, response.status, duration_us);
    if (log_requests_) {
        log::info("request")
            .add("correlation_id", exchange->correlation_id)
            .add("method", exchange->request->method)
            .add("operation_id", exchange->route.endpoint ? exchange->route.endpoint->operation_id : "none")
            .add("status", response.status)
            .add("duration_us", duration_us);
    }
    exchange->reply(std::move(response));
    --in_flight_;
}

void Dispatcher::log_refusal(const Exchange& exchange, const Error& error) const {
    const int status = error_row(error.code).http_status;
    const log::Level level = status == 500 ? log::Level::error : status > 500 ? log::Level::warning : log::Level::debug;
    log::Event(level, "request_refused")
        .add("correlation_id", exchange.correlation_id)
        .add("operation_id", exchange.route.endpoint ? exchange.route.endpoint->operation_id : "none")
        .add("error_code", error_row(error.code).public_code)
        .add("detail", error.internal_detail);
}

}  // namespace takas::api
