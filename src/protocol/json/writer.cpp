// The writing half of codec.hpp: described structs to JSON text, appended to one buffer.
#include <charconv>
#include <cstring>
#include <utility>

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "protocol/json/codec.hpp"

namespace takas::protocol::json {
namespace {

void append_integer(std::string& out, std::int64_t value) {
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

/// A text that may stand between quotes as it is: dates, enum names, base64.
void append_quoted(std::string& out, std::string_view plain) {
    const std::size_t begin = out.size();
    out.append(plain.size() + 2, '"');
    plain.copy(out.data() + begin + 1, plain.size());
}

bool is_plain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

/// How many characters at the beginning need no escape: eight at a time, since nearly all texts are plain throughout.
std::size_t plain_prefix(std::string_view text) {
    constexpr std::uint64_t each = 0x0101010101010101, high = each * 0x80;
    // The high bit of each byte that is zero; may also mark a byte above one, which sends us to the slow loop early.
    const auto zero_bytes = [](std::uint64_t x) { return (x - each) & ~x & high; };
    std::size_t size = 0;
    for (; text.size() - size >= sizeof(std::uint64_t); size += sizeof(std::uint64_t)) {
        std::uint64_t x = 0;
        std::memcpy(&x, text.data() + size, sizeof x);
        const std::uint64_t below_space = (x - each * 0x20) & ~x & high;
        if ((below_space | x | zero_bytes(x ^ (each * '"')) | zero_bytes(x ^ (each * '\\')) |
             zero_bytes(x ^ (each * 0x7F))) &
            high)
            break;
    }
    while (size < text.size() && is_plain(text[size])) ++size;
    return size;
}

bool is_written(const Field& field, const WriteOptions& options) {
    if (options.include_secret) return field.type->kind != Kind::blob || options.style == NameStyle::snake;
    return field.sensitivity != Sensitivity::secret && field.type->kind != Kind::blob;
}

constexpr std::size_t typical_bytes = 2048;  // of an answer; growing there step by step costs more than the room

void write_object(std::string& out, const Type& type, const void* object, const WriteOptions& options) {
    if (out.empty()) out.reserve(typical_bytes);
    out.push_back('{');
    char separator = 0;
    for (const Field& field : type.fields()) {
        if (!is_written(field, options)) continue;
        const void* member = member_of(field, object);
        if (options.omit_null && field.type->optional && field.type->value(member) == nullptr) continue;
        if (separator != 0) out.push_back(separator);
        separator = ',';
        append_quoted(out, name_of(field, options.style));
        out.push_back(':');
        write(out, *field.type, member, options);
    }
    out.push_back('}');
}

void write_list(std::string& out, const Type& type, const void* list, const WriteOptions& options) {
    out.push_back('[');
    const std::size_t size = type.size(list);
    for (std::size_t i = 0; i < size; ++i) {
        if (i != 0) out.push_back(',');
        write(out, *type.inner, type.at(list, i), options);
    }
    out.push_back(']');
}

void write_string_map(std::string& out, const std::map<std::string, std::string>& map) {
    out.push_back('{');
    char separator = 0;
    for (const auto& [key, value] : map) {
        if (separator != 0) out.push_back(separator);
        separator = ',';
        append_json_string(out, key);
        out.push_back(':');
        append_json_string(out, value);
    }
    out.push_back('}');
}

/// A number that no row names has no published spelling: null.
void write_enum(std::string& out, const Type& type, std::int64_t value) {
    for (const EnumName& row : type.enum_names)
        if (row.value == value) return append_quoted(out, row.name);
    out.append("null");
}

void write_raw_json(std::string& out, std::string_view text) { out.append(text.empty() ? "null" : text); }

template <class T>
void write_quoted(std::string& out, T value) {
    out.push_back('"');
    append_text(out, value);
    out.push_back('"');
}

}  // namespace

std::string_view name_of(const Field& field, NameStyle style) {
    switch (style) {
        case NameStyle::camel:
            return field.camel.view();
        case NameStyle::pascal:
            return field.pascal.view();
        case NameStyle::snake:
            return field.name;
    }
    std::unreachable();
}

void append_json_string(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out.push_back('"');
    while (!text.empty()) {
        const std::size_t plain = plain_prefix(text);
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const std::string_view before = text;
        const auto code = take_code_point(text);
        if (!code) {
            out.append("\xEF\xBF\xBD");  // U+FFFD
        } else if (*code == '"' || *code == '\\') {
            out.push_back('\\');
            out.push_back(static_cast<char>(*code));
        } else if (*code < 0x20 || *code == 0x7F) {
            out.append("\\u00");
            out.push_back(hex[*code >> 4]);
            out.push_back(hex[*code & 15]);
        } else {
            out.append(before.substr(0, before.size() - text.size()));
        }
    }
    out.push_back('"');
}

void write(std::string& out, const Type& type, const void* object, const WriteOptions& options) {
    if (type.optional) {
        const void* held = type.value(object);
        if (held == nullptr) {
            out.append("null");
            return;
        }
        return write(out, *type.inner, held, options);
    }
    switch (type.kind) {
        case Kind::boolean:
            out.append(type.get_integer(object) != 0 ? "true" : "false");
            return;
        case Kind::integer:
            return append_integer(out, type.get_integer(object));
        case Kind::text:
            return append_json_string(out, type.get_text(object));
        case Kind::date:
            return write_quoted(out, Date{static_cast<std::int32_t>(type.get_integer(object))});
        case Kind::instant:
            return write_quoted(out, Instant{type.get_integer(object)});
        case Kind::decimal:
            return append_text(out, *static_cast<const Decimal*>(object));
        case Kind::enumeration:
            return write_enum(out, type, type.get_integer(object));
        case Kind::object:
            return write_object(out, type, object, options);
        case Kind::list:
            return write_list(out, type, object, options);
        case Kind::string_map:
            return write_string_map(out, *static_cast<const std::map<std::string, std::string>*>(object));
        case Kind::raw_json:
            return write_raw_json(out, type.get_text(object));
        case Kind::blob:
            return append_quoted(out, base64_encode(bytes_of(type.get_text(object))));
    }
}

}  // namespace takas::protocol::json
