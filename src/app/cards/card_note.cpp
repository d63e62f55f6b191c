#include "app/cards/card_note.hpp"

#include "core/note/note.hpp"

namespace takas::app::cards {

void add_note(lane::Work& work, Context& context, TokenId token_id, const std::string& text) {
    if (text.empty()) return;
    core::note::UserNote note;
    note.tenant_id = context.tenant_id;
    note.entity_type = core::note::EntityType::card;
    note.entity_id = std::to_string(token_id.value);
    note.id = context.next_id<EntityId>();
    note.note = text;
    note.creator_id = context.user_id;
    note.creator_user_name = context.user_name;
    note.creation_time = context.now;
    work.insert(std::move(note));
}

}  // namespace takas::app::cards
