// Sends a card's PIN to the cardholder's phone. The PIN leaves the HSM for the message only; it is wiped when the
// gateway has it. At most one message leaves per call, and per Idempotency-Key.
#pragma once

#include "app/card_security/command.hpp"

namespace takas::app::card_security {

/// Errors: card_not_found, card_wrong_status, pin_not_set, pin_blocked, phone_missing, message_not_sent, hsm_*,
/// unavailable, outcome_unknown.
Result<Entered> send_pin(Context& context, TokenId token_id, std::string_view idempotency_key = {});

}  // namespace takas::app::card_security
