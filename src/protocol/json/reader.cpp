// The reading half of codec.hpp: JSON texts and query texts to described structs.
#include <utility>
#include <vector>

#include "base/utf8.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/json/field_reader.hpp"

namespace takas::protocol::json {
namespace {

constexpr std::size_t max_query_bytes = 16'384;    // what common HTTP servers take as a request line
constexpr std::size_t max_query_parameters = 256;  // no endpoint has 64

using Parameters = std::vector<std::pair<std::string, std::string>>;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_code_point(text)) return false;
    return true;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

Result<Parameters> split_query(std::string_view query) {
    if (query.size() > max_query_bytes) return fail(ErrorCode::body_too_large);
    Parameters parameters;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.empty()) continue;
        const std::size_t equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals));
        auto value = percent_decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
        if (!name || !value)
            return fail_field(name.value_or(""), "The percent-encoding is not valid UTF-8.",
                              "Yüzde kodlaması geçerli bir UTF-8 metni değil.");
        if (parameters.size() == max_query_parameters) return fail(ErrorCode::body_too_large);
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

bool is_scalar(Kind kind) {
    return kind != Kind::object && kind != Kind::list && kind != Kind::string_map && kind != Kind::raw_json &&
           kind != Kind::blob;
}

/// `values` are the texts given under the field's name, in order.
void read_parameter(std::vector<std::string_view> values, const Field& field, void* object, FieldReader& reader) {
    if (values.size() > 1 && field.type->kind != Kind::list)
        return reader.report("The parameter may be given only once.", "Parametre yalnızca bir kez verilebilir.");
    std::erase(values, std::string_view{});
    if (values.empty()) {
        if (field.is_required) reader.report_required();
        return;
    }
    const Type* type = field.type;
    void* place = field.member(object);
    if (type->optional) place = type->emplace(place), type = type->inner;
    if (type->kind == Kind::list) {
        reader.check_list_size(values.size(), Bounds::of(field));
        for (const std::string_view value : values)
            reader.read_scalar({Token::Form::untyped, value}, *type->inner, {}, type->push_back(place));
    } else {
        reader.read_scalar({Token::Form::untyped, values.front()}, *type, Bounds::of(field), place);
    }
}

/// What is wrong with a text that this program wrote itself is not the caller's business.
Error stored_text_error(const Error& error) {
    std::string detail = "stored JSON text: " + error.internal_detail;
    for (const FieldError& field : error.fields) detail += " " + field.path + ": " + field.english;
    return {ErrorCode::internal, std::move(detail), {}, {}};
}

/// What the parser holds of a body may be a card number: it is overwritten when the body was read.
struct Emptied {
    explicit Emptied(Parser& used) : parser(used) {}
    ~Emptied() { static_cast<void>(parser.parse("null")); }
    Emptied(const Emptied&) = delete;
    Emptied& operator=(const Emptied&) = delete;
    Parser& parser;
};

Result<void> parse_and_read(std::string_view body, const Type& type, void* object, const ReadOptions& options,
                            const ParseLimits& limits) {
    thread_local Parser parser;  // keeps its memory: no allocation after warm-up
    const Emptied emptied(parser);
    const auto value = parser.parse(body, limits);
    if (!value) return std::unexpected(value.error());
    if (type.kind == Kind::object && !value->is_object())
        return std::unexpected(Error{ErrorCode::malformed_json, "not an object", {}, {{"position", "0"}}});
    FieldErrors errors;
    std::string path;
    read(*value, type, object, errors, path, options);
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

}  // namespace

void read(const Value& value, const Type& type, void* object, FieldErrors& errors, std::string& path,
          const ReadOptions& options) {
    if (value.is_null() && type.optional) return type.reset(object);
    FieldReader(options, errors, path).read_value(value, type, {}, object);
}

Result<void> decode_into(std::string_view body, const Type& type, void* object, const ReadOptions& options,
                         const ParseLimits& limits) {
    auto done = parse_and_read(body, type, object, options, limits);
    if (!done && options.trusted) return std::unexpected(stored_text_error(done.error()));
    return done;
}

Result<void> decode_query_into(std::string_view query, const Type& type, void* object, const ReadOptions& options) {
    const auto parameters = split_query(query);
    if (!parameters) return std::unexpected(parameters.error());
    FieldErrors errors;
    std::string path;
    FieldReader reader(options, errors, path);
    for (const Field& field : type.fields()) {
        const Type& held = field.type->kind == Kind::list
                               ? (field.type->optional ? *field.type->inner->inner : *field.type->inner)
                               : *field.type;
        if (!is_scalar(held.kind)) continue;
        path = name_of(field, options.style);
        std::vector<std::string_view> values;
        for (const auto& [name, text] : *parameters)
            if (name == path) values.emplace_back(text);
        read_parameter(std::move(values), field, object, reader);
    }
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

}  // namespace takas::protocol::json
