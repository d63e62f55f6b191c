// What users write about a change of a card: never a card number, and kept where it is looked for. A reason that no
// field of the card holds becomes a note on the card, in the commit of the change.
#pragma once

#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "app/lane/work.hpp"

namespace takas::app::cards {

/// Error: validation on `path` when somebody has typed a card number: such numbers are kept encrypted only.
Result<void> check_free_text(std::string_view path, std::string_view text);

/// The same among other errors of a request.
void check_free_text(std::string_view path, std::string_view text, FieldErrors& errors);

/// A note on the card; nothing for "".
void add_note(lane::Work& work, Context& context, TokenId token_id, const std::string& text);

}  // namespace takas::app::cards
