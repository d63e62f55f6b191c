#include "app/cards/free_text.hpp"

#include "core/note/free_texts.hpp"
#include "core/note/note.hpp"

namespace takas::app::cards {

Result<void> check_free_text(std::string_view path, std::string_view text) {
    FieldErrors errors;
    check_free_text(path, text, errors);
    if (errors.empty()) return {};
    return std::move(errors).as_error();
}

void check_free_text(std::string_view path, std::string_view text, FieldErrors& errors) {
    if (core::note::holds_card_number(text)) core::note::refuse_card_number(path, errors);
}

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
