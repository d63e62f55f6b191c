// Compact, self-delimiting bytes for what is stored with every decision: zigzag varints, texts with their length, and
// described structs field by field in the order of their description.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::authorization {

void put_varint(std::string& out, std::int64_t value);
std::optional<std::int64_t> take_varint(std::string_view& in);
void put_text(std::string& out, std::string_view text);
std::optional<std::string_view> take_text(std::string_view& in);

/// Numbers, texts and optionals of them; nothing nested.
void put_fields(std::string& out, std::span<const Field> fields, const void* object);
/// False when the bytes are no such fields; the object is then partly filled.
bool take_fields(std::string_view& in, std::span<const Field> fields, void* object);

}  // namespace takas::core::authorization
