// One call of one endpoint: what a handler is given. A handler fills `context.unit` with its changes; the dispatcher
// commits them together with the stored reply and only then answers.
// Not synchronised: one thread at a time uses a call.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/framework/principal.hpp"
#include "app/context/context.hpp"
#include "base/error.hpp"
#include "net/http_message.hpp"

namespace takas::api {

/// A path parameter: its name in the pattern and the percent-decoded segment.
using PathValue = std::pair<std::string_view, std::string>;

class Call {
  public:
    Call(app::Context ctx, Principal caller, std::shared_ptr<const net::HttpRequest> request,
         std::vector<PathValue> path_values)
        : context(std::move(ctx)),
          principal(std::move(caller)),
          request_(std::move(request)),
          path_values_(std::move(path_values)) {}

    app::Context context;  ///< of an open endpoint: without tenant and user
    Principal principal;

    // Between a handler and the dispatcher, see forwarding.hpp.
    struct PassesOn {
        std::string address;
        bool is_recognised;  ///< when it is decided a second time
    };
    std::optional<PassesOn> passes_on;
    std::string trace;             ///< filled in by this server, for the other one
    bool is_decided_here = false;  ///< it was passed on in vain
    bool is_from_server = false;   ///< another server of the installation has passed it on

    /// Set by a handler of a row that streams: the answer is server-sent events instead of its JSON body.
    std::function<void(std::shared_ptr<net::ResponseStream>)> streams;

    /// The percent-decoded segment of "{name}"; "" when the pattern has none of that name.
    std::string_view path_value(std::string_view name) const;

    /// A strong id from the path. Whatever is not a positive decimal number below 2^53 cannot exist: `absent`.
    template <class Id>
    Result<Id> path_id(std::string_view name, ErrorCode absent = ErrorCode::not_found) const {
        const std::int64_t number = path_number(name);
        if (number == 0) return fail(absent);
        return Id{number};
    }

    const net::HttpRequest& request() const { return *request_; }
    std::string_view header(std::string_view name) const { return request_->header(name); }
    bool may(Permission permission) const { return contains(principal.permissions, permission); }

    /// What the caller is told when the commit is refused because of a row of `table`; without a rule: already_exists.
    void on_conflict(std::string_view table, ErrorCode code) { conflicts_.emplace_back(table, code); }
    ErrorCode conflict_code(std::string_view table) const;

    /// One more header for a successful answer.
    void set_header(std::string name, std::string value) {
        answer_headers_.emplace_back(std::move(name), std::move(value));
    }
    const std::vector<std::pair<std::string, std::string>>& answer_headers() const { return answer_headers_; }

    /// As before the handler ran, for one that runs again because its commit met another.
    void begin_again() {
        conflicts_.clear();
        answer_headers_.clear();
        streams = nullptr;
    }

  private:
    std::int64_t path_number(std::string_view name) const;  ///< 0: not an id

    std::shared_ptr<const net::HttpRequest> request_;
    std::vector<PathValue> path_values_;
    std::vector<std::pair<std::string_view, ErrorCode>> conflicts_;
    std::vector<std::pair<std::string, std::string>> answer_headers_;
};

}  // namespace takas::api
