// A card kept out of what somebody answers who was given it. Pure.
//
// Found are its number, its verification code and its identity: as they are, grouped by anything that is neither letter
// nor digit, in digits of full width or Arabic ones, behind the escapes of URLs, JSON and HTML (also escaped twice), in
// hexadecimal, in base64 and base64url within whatever they encode, and there as packed decimals, too. A receiver that
// wants to give the card back can encode it otherwise: whom a card may be sent to is the operator's decision.
#pragma once

#include <string>
#include <string_view>

#include "app/vault/content.hpp"

namespace takas::app::vault {

/// Without the card: its number as six digits, stars and four; its verification code and identity, where they stand as
/// numbers of their own, as stars; what holds one of them in base64 or hexadecimal as stars.
std::string redacted(std::string_view text, const CardContent& card, std::string_view cvv);

}  // namespace takas::app::vault
