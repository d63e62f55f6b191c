// What is needed of a card to ask the HSM about it: copied out of its lane, so that asking holds no lock.
#pragma once

#include "app/lane/lanes.hpp"
#include "core/card/card.hpp"
#include "core/card/card_security.hpp"

namespace takas::app::card_security {

struct CardView {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
    Blob pan_sealed;
    core::card::Expiry expire_date;
    std::string card_product_code;
    core::product::ProductType form{};
    core::product::CardBrand brand{};
    std::int16_t pan_sequence_no = 1;
    Instant creation_time;  ///< says which version of a key the card was made with
    core::card::CardSecurity security;
    // Of a card that was renewed under its number: piece.hpp.
    std::optional<core::card::Expiry> previous_expire_date{};
    std::int16_t previous_pan_sequence_no = 0;
    std::int16_t newest_pan_sequence_no = 1;
    Instant card_creation_time{};    ///< of the card, whichever piece the view is of
    bool is_previous_piece = false;  ///< the view is of the piece before the newest
};

/// Errors: card_not_found, unavailable.
Result<CardView> look_at_card(lane::Lanes& lanes, AccountId account_id, TenantId tenant_id, TokenId token_id);

/// As on the stripe: the card's own, else what its form usually has.
std::string_view service_code_of(const CardView& card);
/// The row of crypto/payment's profile table: the card's own, else what its brand usually has.
std::string_view emv_profile_of(const CardView& card);
/// YYMM, four digits.
std::string expiry_text(core::card::Expiry expiry);

}  // namespace takas::app::card_security
