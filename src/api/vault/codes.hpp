// Our refusals as the contract's numbers. The same number means different things in the two lists (card-vault-api
// section 10), so each API has its own column; where the contract names none, the number is ours and stands here.
#pragma once

#include "base/error.hpp"

namespace takas::api::vault {

int payment_number(ErrorCode code);
int wall_number(ErrorCode code);

/// 200 for what is refused as business; credentials, limits and trouble keep their status.
int paywall_status(ErrorCode code);

/// A refused field of a card has a number of its own: "Card.Month".
ErrorCode code_of_field(std::string_view path);

}  // namespace takas::api::vault
