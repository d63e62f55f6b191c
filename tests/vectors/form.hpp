// What a vector file can check: one row per form, found by the file's name. A check is given one case and throws
// Failure when the product answers otherwise than the file says. Checks call the product's code; they compute nothing
// themselves.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "protocol/json/value.hpp"

namespace takas::vectors {

using protocol::json::Value;

/// What a case found wrong, in words. Vector files hold test values only, so the words may quote them.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// One case with the file around it (profiles, policies, field tables).
struct Case {
    Value file;
    Value in;
    Value out;
};

/// Returns when the case holds; throws Failure (or anything from std::exception) when it does not.
using Check = void (*)(const Case&);

struct Form {
    std::string_view name;
    Check check = nullptr;
};

std::span<const Form> crypto_forms();
std::span<const Form> protocol_forms();

/// The form of the longest name that `name` is, or starts with before an underscore; nullptr when there is none.
const Form* find_form(std::string_view name);

// ---- reading a case
// --------------------------------------------------------------------------------------------------

/// The member, if it is there and not null.
std::optional<Value> member(Value object, std::string_view name);
inline bool has(Value object, std::string_view name) { return member(object, name).has_value(); }
/// The text of a string or number. Failure when it is absent.
std::string_view text(Value object, std::string_view name);
std::string_view text_or(Value object, std::string_view name, std::string_view otherwise);
/// Octets from hex. Failure when it is absent or no hex.
Bytes hex(Value object, std::string_view name);
Bytes hex_or_empty(Value object, std::string_view name);
std::int64_t integer(Value object, std::string_view name);
/// Failure unless it is true or false.
bool boolean(Value object, std::string_view name);
/// Whether out.error is true: the input must be refused.
bool expects_error(const Case& c);

// ---- comparing
// -------------------------------------------------------------------------------------------------------

/// Failure when they differ; `what` is the member's name.
void expect_text(std::string_view what, std::string_view expected, std::string_view actual);
/// Compares octets with hex in either case.
void expect_hex(std::string_view what, std::string_view expected_hex, ByteView actual);
void expect_true(std::string_view what, bool holds);
/// Compares only when the file has the member; returns whether it had.
bool expect_hex_if_given(Value out, std::string_view name, ByteView actual);
bool expect_text_if_given(Value out, std::string_view name, std::string_view actual);
/// Upper-case hex, as the files have it.
std::string upper_hex(ByteView bytes);

}  // namespace takas::vectors
