// One request on its way through the dispatcher: for the dispatcher's own files.
#pragma once

#include <chrono>
#include <limits>

#include "api/framework/dispatcher.hpp"
#include "api/framework/error_answer.hpp"

namespace takas::api {

struct Dispatcher::Exchange {
    /// In the row's own form, where it has one.
    net::HttpResponse refusal(const Error& error) const {
        const Endpoint* row = route.endpoint;
        return row && row->refuse ? row->refuse(error, language) : error_answer(error, language);
    }

    std::shared_ptr<const net::HttpRequest> request;
    net::Reply reply;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    app::Language language = app::Language::turkish;
    std::string correlation_id;
    Route route;
    std::size_t row_index = std::numeric_limits<std::size_t>::max();  ///< of the metrics
    Principal principal;
    bool is_from_server = false;        ///< proven by forwarded_header
    std::optional<ReplyTicket> ticket;  ///< set when an Idempotency-Key counts
    bool holds_key = false;             ///< the ticket is taken in the reply memory
    std::shared_ptr<Call> call;
    std::atomic<bool> is_finished = false;  ///< the handler has answered
};

}  // namespace takas::api
