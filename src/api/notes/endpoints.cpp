#include "api/notes/endpoints.hpp"

#include "api/notes/dto.hpp"
#include "app/notes/notes.hpp"

namespace takas::api {
namespace {

using core::note::EntityType;
using core::note::UserNote;

NoteResponseDto to_dto(const UserNote& n) {
    return {n.id, n.entity_type, n.entity_id, n.note, n.creator_id, n.creator_user_name, n.creation_time};
}

template <EntityType Entity>
Result<NoteResponseDto> create_note(Call& call, const CreateNoteEntityTypeDto& body) {
    if (body.entity_type.value_or(Entity) != Entity)
        return fail_field("entityType", "This path takes notes of another kind.",
                          "Bu adres başka türden notlar içindir.");
    const auto note = app::notes::create(call.context, {Entity, body.entity_id, body.note, call.principal.user_name});
    if (!note) return std::unexpected(note.error());
    return to_dto(*note);
}

constexpr std::array sort_columns{SortColumn{"id", "id"}, SortColumn{"creationTime", "creation_time"}};

template <EntityType Entity>
Result<Paged<NoteResponseDto>> list_notes(Call& call, const Query<NoteListQuery>& query) {
    const NoteListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::notes::list(call.context, {Entity, q.entity_id, std::move(*wish)});
    if (!page) return std::unexpected(page.error());
    Paged<NoteResponseDto> answer{page->total_count, {}, page->next_cursor};
    for (const UserNote& note : page->rows) answer.items.push_back(to_dto(note));
    return answer;
}

using enum Method;

constexpr std::array rows{
    endpoint<&create_note<EntityType::customer>>(post, "/api/v1/issuing/customer/user-note", "createCustomerUserNote",
                                                 "Customer", "Write a note about a customer",
                                                 Permission::customer_write, Idempotency::accepted,
                                                 {ErrorCode::customer_not_found}),
    endpoint<&list_notes<EntityType::customer>>(get, "/api/v1/issuing/customer/user-note", "getCustomerUserNotes",
                                                "Customer", "List the notes about a customer",
                                                Permission::customer_read, Idempotency::none,
                                                {ErrorCode::customer_not_found}),
    endpoint<&create_note<EntityType::card>>(post, "/api/v1/issuing/card/user-note", "createCardUserNote", "Card",
                                             "Write a note about a card", Permission::card_write, Idempotency::accepted,
                                             {ErrorCode::card_not_found}),
    endpoint<&list_notes<EntityType::card>>(get, "/api/v1/issuing/card/user-note", "getCardUserNotes", "Card",
                                            "List the notes about a card", Permission::card_read, Idempotency::none,
                                            {ErrorCode::card_not_found}),
};

}  // namespace

std::span<const Endpoint> note_endpoints() { return rows; }

}  // namespace takas::api
