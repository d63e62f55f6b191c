// The audit trail of the vault: every look at a card and every change, in the chain of the card, of its owner or of the
// merchant, in the commit of what it tells of (docs/adr/0014). A subject's key begins with the merchant's id.
#pragma once

#include <string>
#include <vector>

#include "app/audit/recorder.hpp"
#include "app/context/context.hpp"

namespace takas::app::vault {

using Details = std::vector<core::audit::PropertyChange>;

/// A chain of the log.
struct Chain {
    core::audit::Subject subject;
    std::string key;
};
Chain chain_of_merchant(EntityId merchant_id);
Chain chain_of_card(EntityId merchant_id, EntityId card_id);
Chain chain_of_temp_card(EntityId merchant_id, EntityId temp_card_id);
/// `owner_mac` tells owners apart without naming them.
Chain chain_of_owner(EntityId merchant_id, std::string_view owner_mac);

/// The same caller, with a unit of its own.
Context beside(const Context& context);

/// The call's turn at a chain that many may be at, before the use case reads: it ends with the commit. A call has one
/// turn, at the first chain it asks for; at others it meets who is there, and is decided again. Error: unavailable.
Result<void> take_turn(Context& context, const Chain& chain);

/// What a caller with good credentials is refused is told in the chain of what it asked for, at once and in a commit
/// of its own. Only refusals to use a card or a pool are; a mistake in a form is none. The error comes back.
std::unexpected<Error> refuse(Context& context, const Chain& chain, Error error);

Result<void> note_merchant(Context& context, EntityId merchant_id, core::audit::Action action, Details details);
Result<void> note_card(Context& context, EntityId merchant_id, EntityId card_id, core::audit::Action action,
                       Details details);
Result<void> note_temp_card(Context& context, EntityId merchant_id, EntityId temp_card_id, core::audit::Action action,
                            Details details);
Result<void> note_owner(Context& context, EntityId merchant_id, std::string_view owner_mac, core::audit::Action action,
                        Details details);

/// One detail.
inline core::audit::PropertyChange detail(std::string name, std::string value) {
    return {std::move(name), std::nullopt, std::move(value)};
}

}  // namespace takas::app::vault
