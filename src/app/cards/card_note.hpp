// What users write about a change of a card, kept where it is looked for: a reason that no field of the card holds
// becomes a note on the card, in the commit of the change.
#pragma once

#include <string>

#include "app/context/context.hpp"
#include "app/lane/work.hpp"

namespace takas::app::cards {

/// A note on the card; nothing for "".
void add_note(lane::Work& work, Context& context, TokenId token_id, const std::string& text);

}  // namespace takas::app::cards
