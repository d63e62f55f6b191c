// The chip's transaction counter (ATC), when it and what was seen of it no longer meet: a card used offline for so long
// that its counter is too far ahead, or one whose last counters were a tester's. For an operator; every use is logged.
#pragma once

#include <optional>

#include "app/card_security/command.hpp"

namespace takas::app::card_security {

/// From now on a counter must be above `last_atc`; nothing: the next may be any, as of a new card. Lowering it lets
/// cryptograms be used again that were used before: whoever asks must know why.
/// Errors: card_not_found, card_wrong_status, unavailable, outcome_unknown.
Result<Entered> reset_chip_counter(Context& context, TokenId token_id, std::optional<std::int32_t> last_atc,
                                   std::string_view idempotency_key = {});

}  // namespace takas::app::card_security
