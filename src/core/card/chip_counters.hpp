// The highest transaction counter seen of each chip on an account, as one short text in the account's row:
//
//   <token id>:<counter>[ <token id>:<counter>]...
//
// An authorization by chip moves nothing else of a card's security; this way it costs no row of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/strong_id.hpp"

namespace takas::core::card {

/// Some twenty cards; those of an account that has more keep theirs in card_security.
inline constexpr std::size_t chip_counters_max_chars = 400;

/// Nothing when the text does not name this card.
std::optional<std::int32_t> chip_counter(std::string_view counters, TokenId token_id);

/// Below 0: the card is no longer named. False when there is no room for another card; then the text is as before.
bool set_chip_counter(std::string& counters, TokenId token_id, std::int32_t atc);

}  // namespace takas::core::card
