// The PIN of a card: verify, set, change, unblock, set at random. PINs come as blocks under the exchanged PIN key and
// are never clear outside the HSM. A wrong PIN, a block that does not open and a block of another card have one answer.
#pragma once

#include "app/card_security/command.hpp"
#include "app/card_security/presented.hpp"

namespace takas::app::card_security {

/// Counts a wrong entry; at the product's limit the PIN is blocked, with the event PinBlocked. A blocked PIN is
/// answered like a wrong one, with no tries left. Errors: card_not_found, card_wrong_status, pin_not_set, hsm_*,
/// unavailable, outcome_unknown.
Result<Entered> verify_pin(Context& context, TokenId token_id, const PresentedPin& pin,
                           std::string_view idempotency_key = {});

/// Event PinSet; clears tries and block. Errors: as above without pin_not_set, and hsm_pin_block_invalid,
/// hsm_pin_length (the product's pinLength), hsm_pin_weak.
Result<Entered> set_pin(Context& context, TokenId token_id, const PresentedPin& pin,
                        std::string_view idempotency_key = {});

/// Event PinChanged. Errors: as both, and pin_wrong (counted), pin_blocked.
Result<Entered> change_pin(Context& context, TokenId token_id, const PresentedPin& old_pin, const PresentedPin& new_pin,
                           std::string_view idempotency_key = {});

/// Tries begin anew; the chip's own counter is unblocked with its next online answer.
Result<Entered> unblock_pin(Context& context, TokenId token_id, std::string_view idempotency_key = {});

/// A PIN of the product's length that nobody has seen. Event PinSet.
Result<Entered> set_random_pin(Context& context, TokenId token_id, std::string_view idempotency_key = {});

}  // namespace takas::app::card_security
