// A card put into a request that somebody else receives. Pure.
//
// Placeholders in a body: {{card.number}} {{card.cvv}} {{card.expiryMonth}} {{card.expiryYear}} {{card.expiryYear2}}
// {{card.holderName}} {{card.firstDigits}} {{card.lastFour}} {{card.identity}}. Values are escaped as the content type
// wants it. Nothing else has a meaning.
#pragma once

#include <string>
#include <string_view>

#include "app/vault/content.hpp"

namespace takas::app::vault {

enum class BodyForm : std::uint8_t { json, form };

/// What can be told without a card. Error: validation on Body for a placeholder that is unknown or does not end.
Result<void> check_template(std::string_view text);

/// With the card in it.
inline constexpr std::size_t filled_bytes_max = 128 * 1024;

/// Errors: validation on Body for an unknown placeholder or one that this card has no value for, and for more than
/// filled_bytes_max.
Result<std::string> fill_template(std::string_view text, BodyForm form, const CardContent& card, std::string_view cvv);

}  // namespace takas::app::vault
