// JSON and query text to and from described structs (base/describe.hpp): one interpreter over the field tables instead
// of one generated codec per struct. Checks what the tables promise (required, bounds, charset, enum spellings) and
// reports every refused field of a body at once. Knows no endpoint and no business rule.
//
// Reading: unknown members are ignored, because a published contract may grow on the other side first. Not so in a set
// of optional booleans: a misspelled flag would stay as it was without a word, so it is refused (unless the text is our
// own). An absent member, null and - for texts - "" mean the same: no value. A refused value is never repeated in its
// message.
#pragma once

#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "protocol/json/value.hpp"

namespace takas::protocol::json {

enum class NameStyle : std::uint8_t {
    camel,   ///< the HTTP API
    pascal,  ///< webhooks
    snake,   ///< storage and logs
};

struct WriteOptions {
    NameStyle style = NameStyle::camel;
    bool include_secret = false;  ///< storage only: secret fields, and with snake names also blobs (base64)
    bool omit_null = false;
};

struct ReadOptions {
    NameStyle style = NameStyle::camel;
    bool trusted = false;  ///< our own stored text: no bounds, charset or required checks; blobs are base64
};

/// How nested lists and objects are kept in one text column.
inline constexpr WriteOptions storage_write{NameStyle::snake, true, false};
inline constexpr ReadOptions storage_read{NameStyle::snake, true};

inline constexpr std::int64_t default_text_max = 256;        ///< code points of a text field without bounds
inline constexpr std::int64_t default_list_max = 1000;       ///< elements of a list field without bounds
inline constexpr std::int64_t default_raw_json_max = 16384;  ///< bytes of a raw JSON field without bounds

/// Reads `value` into `object`, which is of the described `type` and freshly constructed. Refused fields are added to
/// `errors` with paths that begin with `path` ("customerAddresses[1].country"); `path` is left as it was.
void read(const Value& value, const Type& type, void* object, FieldErrors& errors, std::string& path,
          const ReadOptions& options = {});

/// Parses `body` and reads it. Errors: malformed_json, body_too_large, validation (with all field errors).
Result<void> decode_into(std::string_view body, const Type& type, void* object, const ReadOptions& options = {},
                         const ParseLimits& limits = {});

template <Described T>
Result<T> decode(std::string_view body, const ReadOptions& options = {}, const ParseLimits& limits = {}) {
    T object{};
    if (auto done = decode_into(body, type_of<T>, &object, options, limits); !done)
        return std::unexpected(std::move(done.error()));
    return object;
}

/// Reads "name=value&..." (a URL query without '?', or a form-urlencoded body): strict percent-decoding, UTF-8 only,
/// '+' is a space, "name=" is no value, unknown names are ignored. A name may be repeated only for a list of scalars.
Result<void> decode_query_into(std::string_view query, const Type& type, void* object, const ReadOptions& options = {});

template <Described T>
Result<T> decode_query(std::string_view query, const ReadOptions& options = {}) {
    T object{};
    if (auto done = decode_query_into(query, type_of<T>, &object, options); !done)
        return std::unexpected(std::move(done.error()));
    return object;
}

/// Appends the JSON form of `object`. Secret fields are left out unless the options ask for them.
void write(std::string& out, const Type& type, const void* object, const WriteOptions& options = {});

template <class T>
std::string encode(const T& object, const WriteOptions& options = {}) {
    std::string out;
    write(out, type_of<T>, &object, options);
    return out;
}

template <class T>
std::string encode(const T& object, NameStyle style) {
    return encode(object, WriteOptions{style, false, false});
}

/// Appends `text` with quotes and escapes. Bytes that are not UTF-8 become U+FFFD: the output is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

/// The field's spelling in a style.
std::string_view name_of(const Field& field, NameStyle style);

}  // namespace takas::protocol::json
