// Renewal that keeps the card number: the same card gets a new expiry and the next PAN sequence number. The piece of
// plastic that the holder has works on, until the new one is activated or first used at a terminal, or until it
// expires: nobody stands in a shop with a dead card while the new one is in the mail. Pure.
#pragma once

#include <optional>

#include "base/error.hpp"
#include "core/card/card.hpp"
#include "core/card/card_security.hpp"

namespace takas::core::card {

/// The last of the two digits (EMV 5F34): what follows it is 0 again.
inline constexpr std::int16_t pan_sequence_no_max = 99;

/// A renewed piece is on its way: both it and the one before it work.
inline bool is_renewal_waiting(const Card& card) { return card.previous_expire_date.has_value(); }

/// The institution may renew it: active, its last renewal in use (or the piece before it expired), nothing issued in
/// its place. Errors: card_wrong_status, card_already_renewed.
Result<void> check_renewable(const Card& card, Date today);

/// Error: none; `expire_date` is later than the card's.
Card renewed(Card card, Expiry expire_date, Instant now);
/// The counters of the two chips are two.
void renew(CardSecurity& security);

/// The new piece is in use: the one before it is dead. Error: card_not_renewed.
Result<Card> renewal_activated(Card card);

/// Which piece a message speaks of.
enum class Piece : std::uint8_t { current, previous };

/// By the expiry date it states; without one, or with another, the current one.
Piece piece_of_expiry(const Card& card, std::optional<Expiry> stated);
/// The expiry that counts for a message that states this one.
Expiry expiry_of(const Card& card, std::optional<Expiry> stated);

}  // namespace takas::core::card
