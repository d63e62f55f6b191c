// Lines that are embossed or printed on a card. Machines know capitals, digits and a few signs; names are brought into
// that form by one rule, so that the card, its chip and its stripe say the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace takas::core::card {

/// What fits into a line of the card.
inline constexpr std::size_t embossed_line_max = 26;

/// The line as machines write it: capitals as in Turkish, then without marks (ı and i give I, ş gives S, ß gives SS),
/// typographic quotes and dashes as ' and -, blanks single. Nothing when a character has no such form: other scripts,
/// signs besides . , ' - / and &.
std::optional<std::string> embossed_line(std::string_view text);

}  // namespace takas::core::card
