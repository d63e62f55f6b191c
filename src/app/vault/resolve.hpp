// What a payment connector needs: the card itself, once for a payment. The connector names the payment by a reference
// of its own, which reads a card a single time: repeated, it is refused. A temporary card's verification code is given
// out with the first reading and nowhere else; the card itself lives on until the connector tells how the payment
// ended, so that an approved one can be stored, or until it expires.
#pragma once

#include "app/vault/cards.hpp"
#include "app/vault/temp_cards.hpp"

namespace takas::app::vault {

using core::vault::VaultResolution;

/// Exactly one of code and token.
struct CardSource {
    OwnerWish owner;  ///< counts with a code
    std::string unique_code, card_token;
    std::string forwarded_to{};  ///< the host that it is sent to instead of being given out: for the audit
};

struct ResolvedCard {
    CardScope scope{};
    CardContent content;
    std::optional<crypto::SecretBytes> cvv;
    EntityId resolution_id;
    std::string fingerprint_id;
    EntityId holder_id{}, row_id{};  ///< where the card stands: whose chain in the audit it is
    bool is_temporary = false;
};

/// Errors: vault_card_detail_invalid (not exactly one source), vault_reference_used, vault_card_expired,
/// vault_card_unavailable (on the blacklist), those of the card.
Result<ResolvedCard> resolve_card(Context& context, const Caller& caller, const CardSource& source,
                                  const std::string& reference);

struct PaymentOutcome {
    std::string reference;
    bool is_approved = false;
    std::optional<OwnerWish> save_for;  ///< store the temporary card for this owner if it was approved
    std::string nickname;
};
/// Consumes the temporary card of the payment. The stored card, when one was asked for and the payment was approved;
/// told again, the same. A card that cannot be kept does not undo the outcome: nothing is stored then.
/// Errors: not_found for a reference that read none, vault_reference_used when the outcome was told before and differs.
Result<std::optional<StoredCard>> tell_outcome(Context& context, const Caller& caller, const PaymentOutcome& outcome);

}  // namespace takas::app::vault
