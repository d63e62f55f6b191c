// Reads one value into one member and says in both languages why it cannot. Shared by the JSON reader and the query
// reader, which differ only in where texts come from. Private to this room.
#pragma once

#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "base/error.hpp"
#include "protocol/json/codec.hpp"
#include "protocol/json/value.hpp"

namespace takas::protocol::json {

/// What a field row promises about its value.
struct Bounds {
    std::int64_t min = std::numeric_limits<std::int64_t>::min();
    std::int64_t max = std::numeric_limits<std::int64_t>::max();
    std::string_view charset;

    static Bounds of(const Field& field) { return {field.min, field.max, field.charset}; }
    /// The upper bound, or `fallback` where the row names none.
    std::int64_t max_or(std::int64_t fallback) const {
        return max == std::numeric_limits<std::int64_t>::max() ? fallback : max;
    }
};

/// A scalar as it was written. In a query everything is text: numbers and booleans come as `untyped`.
struct Token {
    enum class Form : std::uint8_t { string, number, boolean, other, untyped };
    Form form;
    std::string_view text;

    static Token of(const Value& value);
    bool may_be(Form wanted) const { return form == wanted || form == Form::untyped; }
};

class FieldReader {
  public:
    FieldReader(const ReadOptions& options, FieldErrors& errors, std::string& path)
        : options_(options), errors_(errors), path_(path) {}

    void read_value(const Value& value, const Type& type, const Bounds& bounds, void* out);
    /// Any kind but object, list, string_map and raw_json; `type` is not optional.
    void read_scalar(const Token& token, const Type& type, const Bounds& bounds, void* out);
    void check_list_size(std::size_t size, const Bounds& bounds);
    void report_required();
    void report(std::string english, std::string turkish);

  private:
    void read_object(const Value& value, const Type& type, void* out);
    void refuse_unknown(const Value& value, const Type& type);
    void read_list(const Value& value, const Type& type, const Bounds& bounds, void* out);
    void read_string_map(const Value& value, const Bounds& bounds, std::map<std::string, std::string>& out);
    void read_raw_json(const Value& value, const Type& type, const Bounds& bounds, void* out);
    void read_integer(const Token& token, const Type& type, const Bounds& bounds, void* out);
    void read_decimal(const Token& token, const Bounds& bounds, Decimal& out);
    void read_enum(const Token& token, const Type& type, void* out);
    void read_text(const Token& token, const Type& type, const Bounds& bounds, void* out);
    bool check_text(std::string_view text, const Bounds& bounds);
    void report_range(std::int64_t low, std::int64_t high);

    const ReadOptions& options_;
    FieldErrors& errors_;
    std::string& path_;
};

}  // namespace takas::protocol::json
