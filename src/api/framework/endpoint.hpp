// One row per endpoint. Routing, permission, idempotency, parsing, the OpenAPI document and the metrics all follow from
// the row; body, query and answer types are deduced from the handler's signature:
//
//   Result<Res> h(Call&)                                 nothing to read
//   Result<Res> h(Call&, const Body&)                    a described struct as JSON body
//   Result<Res> h(Call&, const Query<Q>&)                a described struct as query string
//   Result<Res> h(Call&, const Headers<H>&)              a described struct as request headers
//   Result<Res> h(Call&, const Form<F>&)                 form-urlencoded or JSON body
//   void h(std::shared_ptr<Call>, Body, Answer<Res>)     asynchronous: answers later, from any thread
//
// Res: a described struct, Paged<T>, std::vector<T> or NoContent (204). Handlers that return run on a worker and may
// block on the store; asynchronous ones run on the I/O thread and must not.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>

#include "api/framework/answer.hpp"
#include "api/framework/call.hpp"
#include "api/framework/dialect.hpp"
#include "api/framework/header_parameters.hpp"
#include "api/framework/permission.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {

enum class Method : std::uint8_t { get, post, put, del };

inline constexpr std::array<std::string_view, 4> method_names{"GET", "POST", "PUT", "DELETE"};
constexpr std::string_view name_of(Method m) { return method_names[static_cast<std::size_t>(m)]; }

enum class Idempotency : std::uint8_t {
    none,
    accepted,  ///< POSTs that create: Idempotency-Key is honoured
};

enum class BodyKind : std::uint8_t { none, json, form };

/// The errors an endpoint may answer besides those every endpoint has. By value, so that rows are constants.
class ErrorList {
  public:
    static constexpr std::size_t max_size = 24;
    constexpr ErrorList(std::initializer_list<ErrorCode> codes) {
        for (const ErrorCode code : codes) codes_.at(size_++) = code;
    }
    constexpr const ErrorCode* begin() const { return codes_.data(); }
    constexpr const ErrorCode* end() const { return codes_.data() + size_; }

  private:
    std::array<ErrorCode, max_size> codes_{};
    std::size_t size_ = 0;
};

struct Endpoint {
    Method method;
    std::string_view path;          ///< "/api/v1/issuing/card/{tokenId}"
    std::string_view operation_id;  ///< "getCard"
    std::string_view tag;           ///< the section of the reference: "Card"
    std::string_view summary;
    Permission permission;
    Idempotency idempotency;
    ErrorList errors;

    int status = 200;  ///< 204 when there is no answer body
    BodyKind body_kind = BodyKind::none;
    const Type* body = nullptr;        ///< nullptr: none
    const Type* query = nullptr;       ///< nullptr: none
    const Type* headers = nullptr;     ///< nullptr: none
    const Type* response = nullptr;    ///< nullptr: none
    const Type* error_body = nullptr;  ///< nullptr: the error envelope
    bool has_etag = false;             ///< answers name the record's version (etag.hpp)
    bool has_if_match = false;         ///< the caller may name the version that was seen
    bool is_async = false;
    bool streams = false;              ///< may answer text/event-stream: Call::streams
    const Dialect* dialect = nullptr;  ///< nullptr: bearer tokens, the error envelope, our own statuses
    /// Writes refusals in another form than the error envelope (OAuth's); nullptr: error_answer.
    net::HttpResponse (*refuse)(const Error&, app::Language) = nullptr;
    void (*run)(const std::shared_ptr<Call>&, Finish) = nullptr;  ///< reads, handles, gives the answer's text
};

namespace endpoint_detail {

inline bool has_json_body(const net::HttpRequest& request) {
    return request.header("content-type").find("json") != std::string_view::npos;
}

template <class T>
Result<T> read_form(const net::HttpRequest& request) {
    return has_json_body(request) ? protocol::json::decode<T>(request.body)
                                  : protocol::json::decode_query<T>(request.body);
}

/// A body whose description has rules across fields: what they find is told together with what single fields have.
template <class Body>
concept HasMoreErrors =
    requires(const Body& body, Instant now, FieldErrors& errors) { Describe<Body>::more_errors(body, now, errors); };

template <class Body>
Result<Body> read_body(const Call& call) {
    if constexpr (!HasMoreErrors<Body>) {
        return protocol::json::decode<Body>(call.request().body);
    } else {
        Body body{};
        auto read = protocol::json::decode_into(call.request().body, type_of<Body>, &body);
        if (read) return body;
        if (read.error().code != ErrorCode::validation) return std::unexpected(std::move(read.error()));
        FieldErrors errors;
        for (FieldError& one : read.error().fields)
            errors.add(std::move(one.path), std::move(one.english), std::move(one.turkish));
        Describe<Body>::more_errors(body, call.context.now, errors);
        return std::move(errors).as_error();
    }
}

template <class Res>
constexpr void describe_response(Endpoint& row) {
    if constexpr (std::same_as<Res, NoContent>) {
        row.status = 204;
    } else {
        row.response = &type_of<Res>;
    }
}

template <auto Handler, class Signature = decltype(Handler)>
struct Shape;

template <auto Handler, class Res>
struct Shape<Handler, Result<Res> (*)(Call&)> {
    static constexpr void describe(Endpoint& row) { describe_response<Res>(row); }
    static void run(const std::shared_ptr<Call>& call, Finish finish) { finish(to_body(Handler(*call))); }
};

template <auto Handler, class Res, class Body>
struct Shape<Handler, Result<Res> (*)(Call&, const Body&)> {
    static constexpr void describe(Endpoint& row) {
        describe_response<Res>(row);
        row.body = &type_of<Body>;
        row.body_kind = BodyKind::json;
    }
    static void run(const std::shared_ptr<Call>& call, Finish finish) {
        auto body = read_body<Body>(*call);
        if (!body) return finish(std::unexpected(std::move(body.error())));
        auto answer = to_body(Handler(*call, *body));
        wipe_if_secret(*body);
        finish(std::move(answer));
    }
};

template <auto Handler, class Res, class Q>
struct Shape<Handler, Result<Res> (*)(Call&, const Query<Q>&)> {
    static constexpr void describe(Endpoint& row) {
        describe_response<Res>(row);
        row.query = &type_of<Q>;
    }
    static void run(const std::shared_ptr<Call>& call, Finish finish) {
        auto query = protocol::json::decode_query<Q>(call->request().query);
        if (!query) return finish(std::unexpected(std::move(query.error())));
        finish(to_body(Handler(*call, Query<Q>{std::move(*query)})));
    }
};

template <auto Handler, class Res, class H>
struct Shape<Handler, Result<Res> (*)(Call&, const Headers<H>&)> {
    static constexpr void describe(Endpoint& row) {
        describe_response<Res>(row);
        row.headers = &type_of<H>;
    }
    static void run(const std::shared_ptr<Call>& call, Finish finish) {
        Headers<H> headers;
        auto read = read_headers(call->request(), type_of<H>, &headers.value);
        if (!read) return finish(std::unexpected(std::move(read.error())));
        auto answer = to_body(Handler(*call, headers));
        wipe_if_secret(headers.value);
        finish(std::move(answer));
    }
};

template <auto Handler, class Res, class F>
struct Shape<Handler, Result<Res> (*)(Call&, const Form<F>&)> {
    static constexpr void describe(Endpoint& row) {
        describe_response<Res>(row);
        row.body = &type_of<F>;
        row.body_kind = BodyKind::form;
    }
    static void run(const std::shared_ptr<Call>& call, Finish finish) {
        auto form = read_form<F>(call->request());
        if (!form) return finish(std::unexpected(std::move(form.error())));
        finish(to_body(Handler(*call, Form<F>{std::move(*form)})));
    }
};

template <auto Handler, class Res, class Body>
struct Shape<Handler, void (*)(std::shared_ptr<Call>, Body, Answer<Res>)> {
    static constexpr void describe(Endpoint& row) {
        describe_response<Res>(row);
        row.body = &type_of<Body>;
        row.body_kind = BodyKind::json;
        row.is_async = true;
    }
    static void run(const std::shared_ptr<Call>& call, Finish finish) {
        auto body = read_body<Body>(*call);
        if (!body) return finish(std::unexpected(std::move(body.error())));
        Handler(call, std::move(*body), Answer<Res>(std::move(finish)));
    }
};

}  // namespace endpoint_detail

/// One row:
///   endpoint<&create_customer>(Method::post, "/api/v1/issuing/customer", "createCustomer", "Customer",
///                              "Create a customer", Permission::customer_write, Idempotency::accepted,
///                              {ErrorCode::customer_exists})
template <auto Handler>
constexpr Endpoint endpoint(Method method, std::string_view path, std::string_view operation_id, std::string_view tag,
                            std::string_view summary, Permission permission, Idempotency idempotency,
                            ErrorList errors = {}) {
    Endpoint row{.method = method,
                 .path = path,
                 .operation_id = operation_id,
                 .tag = tag,
                 .summary = summary,
                 .permission = permission,
                 .idempotency = idempotency,
                 .errors = errors};
    endpoint_detail::Shape<Handler>::describe(row);
    row.run = &endpoint_detail::Shape<Handler>::run;
    return row;
}

/// An asynchronous handler that reads the store before it waits for something else: it begins on a worker.
constexpr Endpoint begins_on_worker(Endpoint row) {
    row.is_async = false;
    return row;
}

/// The handler may set Call::streams.
constexpr Endpoint with_streams(Endpoint row) {
    row.streams = true;
    return row;
}

/// The row of an endpoint whose answers carry an ETag / which honours If-Match.
constexpr Endpoint with_etag(Endpoint row) {
    row.has_etag = true;
    return row;
}
constexpr Endpoint with_if_match(Endpoint row) {
    row.has_if_match = true;
    return row;
}

}  // namespace takas::api
