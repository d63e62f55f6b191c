// The audit trail of the vault: every look at a card and every change, in the chain of the card, of its owner or of the
// merchant, in the commit of what it tells of (docs/adr/0014). A subject's key begins with the merchant's id.
#pragma once

#include <string>
#include <vector>

#include "app/audit/recorder.hpp"
#include "app/context/context.hpp"

namespace takas::app::vault {

using Details = std::vector<core::audit::PropertyChange>;

Result<void> note_merchant(Context& context, EntityId merchant_id, core::audit::Action action, Details details);
Result<void> note_card(Context& context, EntityId merchant_id, EntityId card_id, core::audit::Action action,
                       Details details);
Result<void> note_temp_card(Context& context, EntityId merchant_id, EntityId temp_card_id, core::audit::Action action,
                            Details details);
/// `owner_mac` tells owners apart without naming them.
Result<void> note_owner(Context& context, EntityId merchant_id, std::string_view owner_mac, core::audit::Action action,
                        Details details);

/// One detail.
inline core::audit::PropertyChange detail(std::string name, std::string value) {
    return {std::move(name), std::nullopt, std::move(value)};
}

}  // namespace takas::app::vault
