// Notes that users write about customers and cards. Fills the context's unit; the caller commits it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::notes {

using core::note::EntityType;
using core::note::UserNote;

struct NewNote {
    EntityType entity_type{};
    std::string entity_id;  ///< customer number or token id
    std::string note;
    std::string user_name;  ///< of who writes it
};
/// Errors: validation (the note holds a card number), customer_not_found, card_not_found.
Result<UserNote> create(Context& context, const NewNote& wanted);

struct NoteQuery {
    EntityType entity_type{};
    std::string entity_id;
    ports::PageWish page{};  ///< usual order: newest first
};
/// Errors: customer_not_found, card_not_found.
Result<ports::PageOf<UserNote>> list(const Context& context, const NoteQuery& query);

}  // namespace takas::app::notes
