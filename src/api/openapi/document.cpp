#include "api/openapi/document.hpp"

#include <algorithm>
#include <map>

#include "api/openapi/components.hpp"
#include "api/openapi/json_text.hpp"
#include "app/events/catalogue.hpp"
#include "app/webhooks/render_event.hpp"
#include "core/webhook/event_names.hpp"
#include "protocol/json/schema.hpp"

namespace takas::api::openapi {
namespace {

using protocol::json::Direction;
using protocol::json::Schemas;

constexpr std::string_view info_description =
    "Takas issues cards, authorizes their transactions and keeps the books. Every request but those for a token needs "
    "an access token; every refusal has the same envelope, with a code that the error examples list.";

constexpr std::string_view webhook_headers =
    R"([{"name":"webhook-id","in":"header","required":true,"description":"The delivery; the same in every attempt",)"
    R"("schema":{"type":"string"}},)"
    R"({"name":"webhook-timestamp","in":"header","required":true,"description":"Seconds since 1970, of this attempt",)"
    R"("schema":{"type":"string"}},)"
    R"({"name":"webhook-signature","in":"header","required":true,"description":"Standard Webhooks: v1,BASE64 over )"
    R"(id.timestamp.body; two, with a space between, while a replaced secret is still valid","schema":{"type":"string"}},)"
    R"({"name":"X-Webhook-Id","in":"header","required":true,"description":"As webhook-id","schema":{"type":"string"}},)"
    R"({"name":"X-Webhook-Attempt","in":"header","required":true,"description":"1 is the first",)"
    R"("schema":{"type":"string"}},)"
    R"({"name":"X-Webhook-Timestamp","in":"header","required":true,"description":"As webhook-timestamp",)"
    R"("schema":{"type":"string"}},)"
    R"({"name":"X-Webhook-Signature","in":"header","required":true,"description":"sha256=HEX over timestamp.body",)"
    R"("schema":{"type":"string"}},)"
    R"({"name":"X-Webhook-Signature-Previous","in":"header","description":"With the replaced secret, while it is valid",)"
    R"("schema":{"type":"string"}}])";

constexpr std::string_view webhook_responses =
    R"({"2XX":{"description":"Taken. Everything else is tried again later"},)"
    R"("410":{"description":"No more: the subscription is switched off"}})";

std::vector<std::string_view> parameters_of(std::string_view path) {
    std::vector<std::string_view> names;
    for (auto begin = path.find('{'); begin != std::string_view::npos; begin = path.find('{', begin + 1))
        names.push_back(path.substr(begin + 1, path.find('}', begin) - begin - 1));
    return names;
}

class Writer {
  public:
    explicit Writer(std::string_view version) : version_(version) {}

    std::string write(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints,
                      std::span<const Section> sections) {
        collect(endpoints);
        out_.open('{').member("openapi", "3.1.0");
        write_info();
        out_.raw_member("servers", R"([{"url":"/","description":"This installation"}])");
        write_tags(endpoints, raw_endpoints, sections);
        out_.key("paths").open('{');
        write_paths(endpoints, raw_endpoints);
        out_.close('}');
        write_webhooks();
        write_components();
        out_.close('}');
        return out_.take();
    }

  private:
    void collect(std::span<const Endpoint> endpoints) {
        for (const app::events::CatalogueRow& row : app::events::catalogue()) schemas_.use_names(*row.payload);
        for (const Endpoint& row : endpoints) {
            if (row.body) schemas_.use(*row.body, Direction::request);
            if (row.response) schemas_.use(*row.response, Direction::response);
            for (const Type* parameters : {row.query, row.headers})
                if (parameters)
                    for (const Field& field : parameters->fields()) schemas_.use(*field.type, Direction::request);
            if (row.error_body) {
                schemas_.use(*row.error_body, Direction::response);
            } else {
                used_errors_.merge(errors_of(row));
            }
        }
    }

    /// What subscribers are sent, one entry an event; those that nothing makes yet say so.
    void write_webhooks() {
        out_.key("webhooks").open('{');
        for (const app::events::CatalogueRow& row : app::events::catalogue()) {
            const std::string_view name = core::webhook::delivered_name(row.kind);
            out_.key(to_name(row.kind)).open('{');
            const std::string operation_id = "on" + std::string(to_name(row.kind));
            // How a request proves who sends it is chosen with the subscription: no scheme of ours.
            begin_operation(Method::post, operation_id, "Webhook", row.summary, Permission::open);
            if (!row.no_producer.empty()) out_.member("description", row.no_producer);
            out_.raw_member("x-produced", row.no_producer.empty() ? "true" : "false");
            out_.raw_member("parameters", webhook_headers).key("requestBody").open('{');
            out_.raw_member("required", "true").key("content").open('{').key("application/json").open('{');
            out_.key("schema").open('{').member("type", "object").raw_member("required", R"(["Name","Data"])");
            out_.key("properties").open('{').key("Name").open('{').member("const", name).close('}');
            out_.raw_member("Data", schemas_.pascal_object(*row.payload)).close('}').close('}');
            out_.raw_member("example", app::webhooks::envelope(row.kind, row.example()));
            out_.close('}').close('}').close('}');
            out_.raw_member("responses", webhook_responses).close('}').close('}');
        }
        out_.close('}');
    }

    void write_info() {
        out_.key("info").open('{').member("title", "Takas API").member("version", version_);
        out_.member("description", info_description);
        out_.raw_member("license", R"({"name":"Apache-2.0","identifier":"Apache-2.0"})").close('}');
    }

    void write_tags(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints,
                    std::span<const Section> sections) {
        out_.key("tags").open('[');
        for (const Section& section : sections) {
            const auto is_in = [&](const auto& row) { return row.tag == section.tag; };
            if (std::ranges::none_of(endpoints, is_in) && std::ranges::none_of(raw_endpoints, is_in)) continue;
            out_.open('{').member("name", section.tag).member("description", section.description).close('}');
        }
        out_.close(']');
    }

    /// Rows of one path stand together, at the place of the first.
    void write_paths(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints) {
        std::set<std::string_view> written;
        for (const Endpoint& first : endpoints) {
            if (!written.insert(first.path).second) continue;
            out_.key(first.path).open('{');
            for (const Endpoint& row : endpoints)
                if (row.path == first.path) write_operation(row);
            out_.close('}');
        }
        for (const RawEndpoint& row : raw_endpoints) {
            out_.key(row.path).open('{');
            write_raw_operation(row);
            out_.close('}');
        }
    }

    void begin_operation(Method method, std::string_view operation_id, std::string_view tag, std::string_view summary,
                         Permission permission, const Dialect* dialect = nullptr) {
        std::string verb(name_of(method));
        std::ranges::transform(verb, verb.begin(), [](char c) { return static_cast<char>(c | 0x20); });
        out_.key(verb).open('{').member("operationId", operation_id);
        out_.key("tags").open('[').text(tag).close(']').member("summary", summary);
        if (dialect) {
            out_.member("x-permission", dialect->opens).raw_member("security", dialect->security);
            return;
        }
        out_.member("x-permission", name_of(permission));
        out_.raw_member("security", permission == Permission::open ? "[]" : R"([{"bearer":[]},{"oauth2":[]}])");
    }

    void write_operation(const Endpoint& row) {
        begin_operation(row.method, row.operation_id, row.tag, row.summary, row.permission, row.dialect);
        out_.key("parameters").open('[');
        for (const std::string_view name : parameters_of(row.path)) write_path_parameter(out_, name);
        if (row.query)
            for (const Field& field : row.query->fields()) write_parameter(field, "query", field.camel.view());
        if (row.headers)
            for (const Field& field : row.headers->fields()) write_parameter(field, "header", header_name_of(field));
        if (row.idempotency == Idempotency::accepted) out_.reference("parameters/IdempotencyKey");
        if (row.has_if_match) out_.reference("parameters/IfMatch");
        out_.reference("parameters/AcceptLanguage").reference("parameters/CorrelationId").close(']');
        if (row.body) write_request_body(row);
        out_.key("responses").open('{');
        write_success(row);
        write_errors(row, errors_of(row));
        out_.close('}').close('}');
    }

    void write_parameter(const Field& field, std::string_view place, std::string_view name) {
        out_.open('{').member("name", name).member("in", place);
        if (field.is_required) out_.raw_member("required", "true");
        out_.member("description", field.doc).raw_member("schema", schemas_.parameter(field)).close('}');
    }

    void write_request_body(const Endpoint& row) {
        const std::string schema = schemas_.reference(*row.body, Direction::request);
        out_.key("requestBody").open('{').raw_member("required", "true").key("content").open('{');
        if (row.body_kind == BodyKind::form) write_media_type("application/x-www-form-urlencoded", schema);
        write_media_type("application/json", schema);
        out_.close('}').close('}');
    }

    void write_media_type(std::string_view media_type, std::string_view schema) {
        out_.key(media_type).open('{').raw_member("schema", schema).close('}');
    }

    void write_success(const Endpoint& row) {
        out_.key(std::to_string(row.status)).open('{');
        out_.member("description", row.dialect    ? refusals_in(*row.dialect, errors_of(row))
                                   : row.response ? "Done"
                                                  : "Done; there is nothing to say");
        out_.key("headers").open('{').key("X-Correlation-Id").reference("headers/CorrelationId");
        if (row.idempotency == Idempotency::accepted)
            out_.key("Idempotency-Replayed").reference("headers/IdempotencyReplayed");
        if (row.has_etag) out_.key("ETag").reference("headers/ETag");
        out_.close('}');
        if (row.response) {
            out_.key("content").open('{');
            write_media_type("application/json", schemas_.reference(*row.response, Direction::response));
            if (row.streams) write_media_type("text/event-stream", R"({"type":"string"})");
            out_.close('}');
        }
        out_.close('}');
    }

    /// Where refusals are answers: the numbers that an answer may carry.
    static std::string refusals_in(const Dialect& dialect, const std::set<ErrorCode>& errors) {
        std::string text = "Done, or refused with Result false";
        for (const ErrorCode code : errors)
            if (dialect.status_of(code) == 200)
                text += "\n- `" + std::to_string(dialect.number_of(code)) + "` " + std::string(error_row(code).english);
        return text;
    }

    void write_errors(const Endpoint& row, const std::set<ErrorCode>& errors) {
        const auto status_of = [&](ErrorCode code) {
            return row.dialect ? row.dialect->status_of(code) : error_row(code).http_status;
        };
        std::map<int, std::vector<ErrorCode>> by_status;
        for (const ErrorCode code : errors)
            if (const int status = status_of(code); status != 200) by_status[status].push_back(code);
        write_errors(by_status, row.error_body);
    }

    /// `body` is another form than the error envelope, when the row has one.
    void write_errors(const std::map<int, std::vector<ErrorCode>>& by_status, const Type* body) {
        for (const auto& [status, codes] : by_status) {
            std::string description;
            for (const ErrorCode code : codes) {
                if (!description.empty()) description += "\n";
                description += "- `" + std::string(error_row(code).public_code) + "` ";
                description += error_row(code).english;
            }
            out_.key(std::to_string(status)).open('{').member("description", description);
            out_.key("headers").open('{').key("X-Correlation-Id").reference("headers/CorrelationId");
            if (status == 429 || status == 503) out_.key("Retry-After").reference("headers/RetryAfter");
            out_.close('}').key("content").open('{');
            if (body) {
                write_media_type("application/json", schemas_.reference(*body, Direction::response));
                out_.close('}').close('}');
                continue;
            }
            out_.key("application/json")
                .open('{')
                .key("schema")
                .reference("schemas/" + std::string(error_schema))
                .key("examples")
                .open('{');
            for (const ErrorCode code : codes) out_.key(example_name(code)).reference("examples/" + example_name(code));
            out_.close('}').close('}').close('}').close('}');
        }
    }

    void write_raw_operation(const RawEndpoint& row) {
        begin_operation(row.method, row.operation_id, row.tag, row.summary, Permission::open);
        const std::string_view schema =
            row.content_type == "application/json" ? R"({"type":"object"})" : R"({"type":"string"})";
        const auto parameters = parameters_of(row.path);
        if (!parameters.empty()) {
            out_.key("parameters").open('[');
            for (const std::string_view name : parameters) write_path_parameter(out_, name);
            out_.close(']');
        }
        out_.key("responses").open('{').key("200").open('{').member("description", row.summary);
        out_.key("content").open('{');
        write_media_type(row.content_type, schema);
        out_.close('}').close('}');
        if (row.may_be_unavailable) {
            out_.key("503").open('{').member("description", "Not now").key("content").open('{');
            write_media_type(row.content_type, schema);
            out_.close('}').close('}');
        }
        std::map<int, std::vector<ErrorCode>> errors{{400, {ErrorCode::validation}}};  // a request that is no HTTP
        if (!parameters.empty()) errors[404] = {ErrorCode::not_found};
        write_errors(errors, nullptr);
        out_.close('}').close('}');
    }

    void write_components() {
        used_errors_.insert(ErrorCode::validation);
        out_.key("components").open('{');
        std::string described = schemas_.components();
        described.pop_back();
        if (described.size() > 1) described += ',';
        out_.raw_member("schemas", described + error_schemas() + "}");
        write_shared_components(out_, used_errors_);
        out_.close('}');
    }

    std::string_view version_;
    Schemas schemas_;
    std::set<ErrorCode> used_errors_;
    JsonText out_;
};

}  // namespace

std::set<ErrorCode> errors_of(const Endpoint& row) {
    using enum ErrorCode;
    std::set<ErrorCode> errors(row.errors.begin(), row.errors.end());
    errors.insert({internal, unavailable});
    if (row.dialect) errors.insert(row.dialect->errors.begin(), row.dialect->errors.end());
    if (row.permission != Permission::open) errors.insert({unauthenticated, forbidden});
    if (row.headers) errors.insert({validation, vault_header_missing});
    if (row.has_if_match) errors.insert({validation, concurrent_change});
    if (row.body) errors.insert({validation, malformed_json, body_too_large, unsupported_media_type});
    if (row.query || errors.size() == 2) errors.insert(validation);  // also the server's answer to what is no HTTP
    if (row.path.contains('{') &&
        std::ranges::none_of(errors, [](ErrorCode c) { return error_row(c).http_status == 404; }))
        errors.insert(not_found);
    if (row.method != Method::get) errors.insert(outcome_unknown);
    if (row.idempotency == Idempotency::accepted)
        errors.insert({validation, idempotency_conflict, request_in_progress});
    return errors;
}

std::string document(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints,
                     std::span<const Section> sections, std::string_view version) {
    return Writer(version).write(endpoints, raw_endpoints, sections);
}

}  // namespace takas::api::openapi
