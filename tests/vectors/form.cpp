#include "form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"

namespace takas::vectors {
namespace {

bool fits(std::string_view name, std::string_view form) {
    return name.starts_with(form) && (name.size() == form.size() || name[form.size()] == '_');
}

}  // namespace

const Form* find_form(std::string_view name) {
    const Form* best = nullptr;
    for (const auto forms : {crypto_forms(), protocol_forms()})
        for (const Form& form : forms)
            if (fits(name, form.name) && (best == nullptr || form.name.size() > best->name.size())) best = &form;
    return best;
}

std::optional<Value> member(Value object, std::string_view name) {
    const auto found = object.find(name);
    if (!found || found->is_null()) return std::nullopt;
    return found;
}

std::string_view text(Value object, std::string_view name) {
    const auto found = member(object, name);
    if (!found) throw Failure(fmt::format("{} is missing", name));
    if (found->is_array() || found->is_object()) throw Failure(fmt::format("{} is no text", name));
    return found->text();
}

std::string_view text_or(Value object, std::string_view name, std::string_view otherwise) {
    return has(object, name) ? text(object, name) : otherwise;
}

Bytes hex(Value object, std::string_view name) {
    auto bytes = hex_decode(text(object, name));
    if (!bytes) throw Failure(fmt::format("{} is no hex", name));
    return std::move(*bytes);
}

Bytes hex_or_empty(Value object, std::string_view name) { return has(object, name) ? hex(object, name) : Bytes{}; }

std::int64_t integer(Value object, std::string_view name) {
    const std::string_view digits = text(object, name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        throw Failure(fmt::format("{} is no whole number", name));
    return value;
}

bool boolean(Value object, std::string_view name) {
    const auto found = member(object, name);
    if (!found || found->type() != protocol::json::ValueType::boolean)
        throw Failure(fmt::format("{} is not true or false", name));
    return found->text() == "true";
}

bool expects_error(const Case& c) { return has(c.out, "error") && boolean(c.out, "error"); }

void expect_text(std::string_view what, std::string_view expected, std::string_view actual) {
    if (expected != actual) throw Failure(fmt::format("{}: expected {}, got {}", what, expected, actual));
}

void expect_hex(std::string_view what, std::string_view expected_hex, ByteView actual) {
    const auto expected = hex_decode(expected_hex);
    if (!expected) throw Failure(fmt::format("{} is no hex", what));
    if (!std::ranges::equal(*expected, actual))
        throw Failure(fmt::format("{}: expected {}, got {}", what, expected_hex, upper_hex(actual)));
}

void expect_true(std::string_view what, bool holds) {
    if (!holds) throw Failure(std::string(what));
}

bool expect_hex_if_given(Value out, std::string_view name, ByteView actual) {
    if (!has(out, name)) return false;
    expect_hex(name, text(out, name), actual);
    return true;
}

bool expect_text_if_given(Value out, std::string_view name, std::string_view actual) {
    if (!has(out, name)) return false;
    expect_text(name, text(out, name), actual);
    return true;
}

std::string upper_hex(ByteView bytes) {
    std::string digits = hex_encode(bytes);
    for (char& digit : digits)
        if (digit >= 'a' && digit <= 'f') digit = static_cast<char>(digit - 'a' + 'A');
    return digits;
}

}  // namespace takas::vectors
