#include "api/openapi/components.hpp"

#include <algorithm>
#include <array>

#include "api/framework/error_answer.hpp"

namespace takas::api::openapi {
namespace {

struct PathParameter {
    std::string_view name;
    std::string_view schema;
    std::string_view description;
};

constexpr std::string_view id_schema = R"({"type":"integer","format":"int64","minimum":1,"example":7230195437862912})";
constexpr std::string_view text_schema = R"({"type":"string","minLength":1})";

// Names that are not here are texts and described by their name.
constexpr std::array path_parameters{
    PathParameter{"tokenId", id_schema, "The card's token id"},
    PathParameter{"accountId", id_schema, "The card account's id"},
    PathParameter{"transactionId", id_schema, "The transaction's id"},
    PathParameter{"id", id_schema, "The record's id"},
    PathParameter{"customerNo", text_schema, "The customer number that the institution gave"},
    PathParameter{"productCode", text_schema, "The card product's code"},
    PathParameter{"bin", text_schema, "The BIN"},
    PathParameter{"release", text_schema, "What getFieldsIntegrity says last in frameFiles"},
    PathParameter{"script", text_schema, "frame.js, fields.js, card.js or texts.js"},
};

constexpr std::string_view envelope_schemas =
    R"("RemoteServiceErrorResponse":{"type":"object","description":"Every refusal and every failure",)"
    R"("required":["error"],"properties":{"error":{"$ref":"#/components/schemas/RemoteServiceErrorInfo"}}},)"
    R"("RemoteServiceErrorInfo":{"type":"object","description":"What went wrong, for a program and for a person",)"
    R"("required":["code","message","details","data","validationErrors"],"properties":{)"
    R"("code":{"type":"string","pattern":"^[A-Z]+:[0-9]{5}$","description":"The error's number in its namespace"},)"
    R"("message":{"type":"string","description":"A sentence in the language of Accept-Language"},)"
    R"("details":{"type":["string","null"],"description":"Always null: internal detail is never shown"},)"
    R"("data":{"type":["object","null"],"description":"Facts about the refusal","additionalProperties":true},)"
    R"("validationErrors":{"type":["array","null"],"description":"Every refused field, all at once",)"
    R"("items":{"$ref":"#/components/schemas/RemoteServiceValidationErrorInfo"}}}},)"
    R"("RemoteServiceValidationErrorInfo":{"type":"object","description":"One refused field",)"
    R"("required":["message","members"],"properties":{)"
    R"("message":{"type":"string","description":"What the field must be"},)"
    R"("members":{"type":"array","description":"Paths as the caller wrote them","items":{"type":"string"}}}})";

constexpr std::string_view shared_headers =
    R"({"CorrelationId":{"description":"The caller's X-Correlation-Id, or a fresh one",)"
    R"("schema":{"type":"string","format":"uuid"}},)"
    R"("IdempotencyReplayed":{"description":"true when this is the remembered answer of an earlier request",)"
    R"("schema":{"type":"string","enum":["true"]}},)"
    R"("ETag":{"description":"The record's version: send it back in If-Match",)"
    R"("schema":{"type":"string","pattern":"^\"[0-9]+\"$"}},)"
    R"("RetryAfter":{"description":"Seconds to wait before the request is repeated",)"
    R"("schema":{"type":"integer","minimum":0}}})";

constexpr std::string_view shared_parameters =
    R"({"AcceptLanguage":{"name":"Accept-Language","in":"header",)"
    R"("description":"Language of messages: tr (when absent) or en","schema":{"type":"string","example":"en"}},)"
    R"("CorrelationId":{"name":"X-Correlation-Id","in":"header",)"
    R"("description":"A UUID that the answer and the server's log repeat","schema":{"type":"string","format":"uuid"}},)"
    R"("IdempotencyKey":{"name":"Idempotency-Key","in":"header","description":)"
    R"("Makes the request safe to repeat: the same key and request within 24 hours get the first answer again",)"
    R"("schema":{"type":"string","minLength":1,"maxLength":64,"pattern":"^[!-~]+$"}},)"
    R"("IfMatch":{"name":"If-Match","in":"header","description":)"
    R"("The ETag of the record as it was read: the change is refused with COMMON:00004 when it has changed since",)"
    R"("schema":{"type":"string","example":"\"3\""}}})";

constexpr std::string_view security_schemes =
    R"({"oauth2":{"type":"oauth2","description":"Tokens from this server","flows":{)"
    R"("password":{"tokenUrl":"/connect/token","refreshUrl":"/connect/token","scopes":{}},)"
    R"("clientCredentials":{"tokenUrl":"/connect/token","scopes":{}}}},)"
    R"("bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT","description":"An access token"},)"
    R"("vaultKeyPublic":{"type":"apiKey","in":"header","name":"apikeypublic","description":"Card vault: public pair"},)"
    R"("vaultClientPublic":{"type":"apiKey","in":"header","name":"apiclientpublic","description":"Its secret"},)"
    R"("vaultKeyPrivate":{"type":"apiKey","in":"header","name":"apikeyprivate","description":"Card vault: private pair"},)"
    R"("vaultClientPrivate":{"type":"apiKey","in":"header","name":"apiclientprivate","description":"Its secret"},)"
    R"("vaultTempToken":{"type":"apiKey","in":"header","name":"token","description":"Card vault: what a browser has"}})";

}  // namespace

std::string example_name(ErrorCode code) {
    std::string name(error_row(code).public_code);
    std::ranges::replace(name, ':', '-');
    return name;
}

std::string error_schemas() { return std::string(envelope_schemas); }

void write_shared_components(JsonText& out, const std::set<ErrorCode>& used_errors) {
    out.raw_member("headers", shared_headers).raw_member("parameters", shared_parameters);
    out.raw_member("securitySchemes", security_schemes);
    out.key("examples").open('{');
    for (const ErrorCode code : used_errors) {
        Error error{code, {}, {}, {}};
        if (code == ErrorCode::validation)
            error.fields.push_back({"customerNo", "A value is needed.", "Bir değer gerekli."});
        out.key(example_name(code)).open('{').member("summary", error_row(code).english);
        out.member("description", error_row(code).remedy);
        out.raw_member("value", error_body(error, app::Language::english)).close('}');
    }
    out.close('}');
}

void write_path_parameter(JsonText& out, std::string_view name) {
    const auto known = std::ranges::find(path_parameters, name, &PathParameter::name);
    const bool is_known = known != path_parameters.end();
    out.open('{').member("name", name).member("in", "path").raw_member("required", "true");
    out.member("description", is_known ? known->description : std::string_view("Which " + std::string(name)));
    out.raw_member("schema", is_known ? known->schema : text_schema).close('}');
}

}  // namespace takas::api::openapi
