// A card put into a request that somebody else receives, and kept out of what he answers. Pure.
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

/// Errors: validation on Body for an unknown placeholder or one that this card has no value for.
Result<std::string> fill_template(std::string_view text, BodyForm form, const CardContent& card, std::string_view cvv);

/// Without the card: its number, also grouped by spaces or dashes, as six digits, stars and four; its verification code
/// and identity, where they stand as numbers of their own, as stars.
std::string redacted(std::string_view text, const CardContent& card, std::string_view cvv);

}  // namespace takas::app::vault
