#include "core/card/renewal.hpp"

#include <utility>

namespace takas::core::card {

Result<void> check_renewable(const Card& card, Date today) {
    if (card.status != CardStatus::active) return fail(ErrorCode::card_wrong_status);
    const bool is_waiting = is_renewal_waiting(card) && !is_expired(*card.previous_expire_date, today);
    if (is_waiting || card.replaced_by_token_id) return fail(ErrorCode::card_already_renewed);
    return {};
}

Card renewed(Card card, Expiry expire_date, Instant now) {
    card.previous_expire_date = card.expire_date;
    card.previous_pan_sequence_no = card.pan_sequence_no;
    card.expire_date = expire_date;
    card.pan_sequence_no = card.pan_sequence_no >= pan_sequence_no_max
                               ? std::int16_t{0}
                               : static_cast<std::int16_t>(card.pan_sequence_no + 1);
    card.renewed_at = now;
    return card;
}

void renew(CardSecurity& security) { security.previous_last_atc = std::exchange(security.last_atc, -1); }

Result<Card> renewal_activated(Card card) {
    if (!is_renewal_waiting(card)) return fail(ErrorCode::card_not_renewed);
    card.previous_expire_date.reset();
    card.previous_pan_sequence_no = 0;
    return card;
}

Piece piece_of_expiry(const Card& card, std::optional<Expiry> stated) {
    const bool is_previous = stated && card.previous_expire_date == stated && *stated != card.expire_date;
    return is_previous ? Piece::previous : Piece::current;
}

Expiry expiry_of(const Card& card, std::optional<Expiry> stated) {
    return piece_of_expiry(card, stated) == Piece::previous ? *stated : card.expire_date;
}

}  // namespace takas::core::card
