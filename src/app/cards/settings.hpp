// What an institution changes on a card that is in use: phone number, slips, automatic renewal. Closed cards stay as
// they are.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/cards/cards.hpp"

namespace takas::app::cards {

/// Errors: validation, card_not_found, card_wrong_status (closed), concurrent_change (not the version seen).
Result<Card> set_phone(Context& context, TokenId token_id, const std::string& phone_number,
                       CardVersion* version = nullptr);
/// Errors: card_not_found, card_wrong_status (closed), concurrent_change.
Result<Card> set_digital_slip_type(Context& context, TokenId token_id, core::card::DigitalSlipType type,
                                   CardVersion* version = nullptr);

/// Each card by itself; one result per token, in the same order. Errors: card_not_found, card_wrong_status (closed).
std::vector<Result<void>> set_auto_renewal(Context& context, std::span<const TokenId> tokens, bool auto_renewal);

}  // namespace takas::app::cards
