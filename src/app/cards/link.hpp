// Cards without an owner find one and may lose it again. Such a card has an account of its own, which goes with it: the
// account belongs to whom the card belongs.
#pragma once

#include <optional>
#include <string>

#include "app/cards/cards.hpp"

namespace takas::app::cards {

struct WantedLink {
    std::optional<TokenId> token_id{};     ///< this or the barcode; both must mean the same card
    std::optional<std::string> barcode{};  ///< of the newest print order
    std::string customer_no;
    std::optional<std::string> personalized_name_line_1{}, phone_number{};
    bool activates = false;  ///< a card that waits for activation is active from now on
    std::string_view idempotency_key{}, content{};
    CardVersion* version = nullptr;  ///< the caller's
};
/// CardLinkedToCustomer, and CardStatusChanged when it was activated.
/// Errors: validation, card_not_found, customer_not_found, card_not_noname, card_already_linked (data: customerNo),
/// card_wrong_status, card_limit_reached.
Result<Card> link_to_customer(Context& context, const WantedLink& wanted);

struct WantedUnlink {
    TokenId token_id;
    std::string reason{};  ///< kept as a note on the card
    std::string_view idempotency_key{}, content{};
    CardVersion* version = nullptr;
};
/// Name line and phone number go with the owner; the card's status stays. CardUnLinkedFromCustomer. Money of the owner
/// must have left the account first, and the account may carry no other card.
/// Errors: validation, card_not_found, card_not_noname, card_not_linked, card_wrong_status, card_already_renewed (a
/// card was issued in its place), account_not_empty.
Result<Card> unlink_from_customer(Context& context, const WantedUnlink& wanted);

}  // namespace takas::app::cards
