// The number that stands for a card's in a PIN block of a caller that does not know card numbers. It is bound to the
// card: were it the caller's choice, a captured block of one card could be opened as another's, whose tries nobody
// counts, and its PIN found out there.
#pragma once

#include <string>

#include "base/strong_id.hpp"

namespace takas::app::card_security {

/// Thirteen digits: the first eight octets of SHA-256 over "pin-block-card-no:" and the token id in decimal digits, as
/// a big-endian number, its last twelve decimal digits; then the Luhn check digit. No secret.
std::string surrogate_number(TokenId token_id);

}  // namespace takas::app::card_security
