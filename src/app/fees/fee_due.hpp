// That a card was made is one commit with that its fee is due: whatever crashes afterwards, the job `card-fees` finds
// it.
#pragma once

#include "core/card/card.hpp"
#include "core/fee/card_charge.hpp"
#include "core/perso/issuance.hpp"

namespace takas::app::fees {

/// For the piece that the card now is. Whether a fee applies is found when it is charged.
inline core::fee::CardFeeDue fee_due(const core::card::Card& card, core::perso::IssuanceType why, Instant now) {
    core::fee::CardFeeDue due;
    due.tenant_id = card.tenant_id;
    due.account_id = card.account_id;
    due.token_id = card.token_id;
    due.fee_type = static_cast<core::fee::CardFeeType>(why);  // the first five are its own
    due.occasion_no = card.pan_sequence_no;
    due.occurred_at = due.next_attempt_at = now;
    return due;
}

static_assert(static_cast<int>(core::perso::IssuanceType::child_card) ==
              static_cast<int>(core::fee::CardFeeType::child_card));

}  // namespace takas::app::fees
