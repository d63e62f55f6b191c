// The one way through the API, for every row alike: route, authentication, permission, idempotency, parse and validate,
// handler, commit, reply, count. Never asks for an endpoint's name.
//
// A handler's changes are committed together with the reply that an Idempotency-Key remembers. An asynchronous handler
// commits its own changes first and the reply is remembered after; should the server die in between, the message key
// of the authorization makes the repeat harmless. A handler whose commit met another one runs again when its use case
// asks for it (app::Context::decide_again). A handler may also have its call passed on to another server
// (forwarding.hpp).
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>

#include "api/framework/principal.hpp"
#include "api/framework/raw_endpoint.hpp"
#include "api/framework/reply_memory.hpp"
#include "api/framework/router.hpp"
#include "api/framework/worker_pool.hpp"
#include "api/operations/metrics.hpp"
#include "app/context/context.hpp"
#include "app/ports/peer_door.hpp"
#include "net/http_server.hpp"

namespace takas::api {

struct DispatcherOptions {
    std::size_t worker_threads = 4;
    /// 50 ms of work for four workers at 20 ms a call: more only adds waiting.
    std::size_t queue_max = 512;
    bool sandbox = true;        ///< Transaction Testing may be used on this server
    bool log_requests = false;  ///< one info line per request
};

class Dispatcher {
  public:
    /// Everything given must outlive the dispatcher. `operations` is what raw rows show.
    Dispatcher(app::Services& services, Authenticator& authenticator, std::span<const Endpoint> endpoints,
               std::span<const RawEndpoint> raw_endpoints, const Operations& operations, Metrics& metrics,
               DispatcherOptions options = {});
    /// Waits until every request is answered.
    ~Dispatcher();

    /// Fits net::Handler.
    void handle(std::shared_ptr<const net::HttpRequest> request, net::Reply reply);

    std::size_t in_flight() const { return in_flight_; }
    std::size_t queued() const { return pool_.queued(); }
    const Router& router() const { return router_; }

  private:
    struct Exchange;
    using ExchangePtr = std::shared_ptr<Exchange>;

    Result<void> admit(Exchange& exchange);
    Result<void> admit_tenant_header(const Exchange& exchange) const;
    Result<void> take_key(Exchange& exchange) const;
    void run_raw(const RawEndpoint& row, const ExchangePtr& exchange);
    std::optional<net::HttpResponse> preflight(const net::HttpRequest& request);
    void start_in(const Dialect& dialect, const ExchangePtr& exchange);
    void start(const ExchangePtr& exchange);
    void run(const ExchangePtr& exchange);
    void make_call(Exchange& exchange);
    void run_handler(const ExchangePtr& exchange);
    void run_again(const ExchangePtr& exchange);
    void finish(const ExchangePtr& exchange, Result<std::string> result);
    void forward(const ExchangePtr& exchange);
    void decide_here(const ExchangePtr& exchange);
    void pass_back(const ExchangePtr& exchange, const std::string& address, app::ports::PeerReply reply_of_owner);
    void commit(const ExchangePtr& exchange, app::ports::Unit unit, net::HttpResponse response);
    void follow_up(const ExchangePtr& exchange, net::HttpResponse response);
    void refuse_after_commit(const ExchangePtr& exchange, const app::ports::CommitResult& outcome);
    void refuse(const ExchangePtr& exchange, const Error& error);
    void reply(const ExchangePtr& exchange, net::HttpResponse response);
    void log_refusal(const Exchange& exchange, const Error& error) const;

    app::Services& services_;
    Authenticator& authenticator_;
    const Operations& operations_;
    Metrics& metrics_;
    const bool sandbox_;
    const bool log_requests_;
    Router router_;
    ReplyMemory memory_;
    std::atomic<std::size_t> in_flight_ = 0;
    WorkerPool pool_;  ///< last: its threads use everything above
};

}  // namespace takas::api
