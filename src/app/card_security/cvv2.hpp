// The CVV2 of a card: never stored, computed when it is needed; it travels under the exchanged data key. Also the card
// number, which leaves the platform in the same way.
#pragma once

#include "app/card_security/command.hpp"

namespace takas::app::card_security {

/// A value under the exchanged data key: AES-256-GCM as nonce (12), ciphertext, tag (16), with the token id in decimal
/// digits as associated data; under a TDEA key CBC with the initialisation vector in front.
struct Enciphered {
    Bytes octets;
    std::string key_check_value;  ///< of the key it is under
};

struct Cvv2WithExpiry {
    Enciphered cvv2;
    core::card::Expiry expire_date;
};
/// Errors: card_not_found, card_wrong_status, hsm_*, unavailable.
Result<Cvv2WithExpiry> get_cvv2(Context& context, TokenId token_id);

struct PresentedCvv2 {
    Bytes octets;                 ///< enciphered
    std::string key_check_value;  ///< "": the newest key
    std::optional<core::card::Expiry> expire_date;
};
/// Counts a wrong entry (value or expiry); at the product's limit CVV2 is blocked, with the event Cvv2Blocked.
/// Errors: card_not_found, card_wrong_status, hsm_*, unavailable, outcome_unknown.
Result<Entered> verify_cvv2(Context& context, TokenId token_id, const PresentedCvv2& presented,
                            std::string_view idempotency_key = {});

Result<Entered> reset_cvv2_counters(Context& context, TokenId token_id, std::string_view idempotency_key = {});

/// The card number. Errors: card_not_found, hsm_*.
Result<Enciphered> detokenize(Context& context, TokenId token_id);

}  // namespace takas::app::card_security
