// Renewal: the same card with a new expiry (the piece of plastic before it works until the new one is in use, see
// core/card/renewal.hpp), or a card with a new number in its place, which ends the old one when it is activated.
// By the institution or, before a card expires, by the job: a card is renewed once for each period.
#pragma once

#include <optional>
#include <string>

#include "app/cards/cards.hpp"

namespace takas::app::cards {

struct WantedRenewal {
    TokenId token_id;
    bool keeps_card_number = true;
    std::optional<std::string> personalized_name_line_1{}, personalized_name_line_2{};
    std::optional<core::card::DeliveryAddress> delivery_address{};
    std::optional<std::string> card_product_code{};  ///< another one only with a new number
    std::string reason{};                            ///< kept as a note on the card
    std::string_view idempotency_key{}, content{};
    CardVersion* version = nullptr;  ///< the caller's
};
struct Renewed {
    EntityId issuance_id;  ///< the print order; 0: nothing is printed
    TokenId old_token_id;
    TokenId new_token_id;  ///< the same, when the number is kept
    std::string masked_card_no;
    core::card::Expiry expire_date;
};
/// Committed when it returns. The new expiry counts from today and lies after the old one.
/// Errors: validation, card_not_found, card_wrong_status (not active), card_already_renewed, product_not_found,
/// product_inactive, currency_mismatch, delivery_address_missing, bin_range_exhausted, child_card_not_allowed (by the
/// other product), card_not_linked.
Result<Renewed> renew_card(Context& context, const WantedRenewal& wanted);

/// The holder has the renewed piece: the one before it is dead. The card's status stays.
/// Errors: card_not_found, card_wrong_status (not active), card_not_renewed.
Result<Card> activate_renewal(Context& context, TokenId token_id, CardVersion* version = nullptr);

}  // namespace takas::app::cards
