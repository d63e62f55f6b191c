// Decimal digits as Unicode has them: a number in full-width or Arabic digits is one still.
#pragma once

#include <cstdint>
#include <optional>

namespace takas {

/// '0' to '9' of a code point that shows one decimal digit, in any script, raised, circled or styled; nothing of
/// others.
std::optional<char> digit_of(std::uint32_t code_point);

}  // namespace takas
