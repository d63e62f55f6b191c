#include "app/notes/notes.hpp"

#include <charconv>

#include "app/cards/cards.hpp"
#include "app/customers/customers.hpp"

namespace takas::app::notes {
namespace {

using ports::where;

/// 0 for what is no token id, also for other spellings of one: notes are found by the text.
TokenId token_of(std::string_view text) {
    if (text.empty() || text.front() == '0') return {};
    TokenId token;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), token.value);
    return error == std::errc{} && end == text.data() + text.size() && token.value > 0 ? token : TokenId{};
}

/// What the note is about is there. It will stay: neither customers nor cards are ever deleted.
Result<void> check_entity(const Context& context, EntityType type, std::string_view entity_id) {
    switch (type) {
        case EntityType::customer:
            if (auto customer = customers::get(context, entity_id); !customer)
                return std::unexpected(std::move(customer.error()));
            return {};
        case EntityType::card:
            if (auto card = cards::get_card(context, token_of(entity_id)); !card)
                return std::unexpected(std::move(card.error()));
            return {};
        case EntityType::merchant:
            break;
    }
    return fail(ErrorCode::not_found, "notes on merchants come with acquiring");
}

}  // namespace

Result<UserNote> create(Context& context, const NewNote& wanted) {
    if (core::note::holds_card_number(wanted.note))
        return fail_field("note", "A card number must not be written into a note.",
                          "Not içine kart numarası yazılamaz.");
    if (auto there = check_entity(context, wanted.entity_type, wanted.entity_id); !there)
        return std::unexpected(std::move(there.error()));
    UserNote note;
    note.tenant_id = context.tenant_id;
    note.entity_type = wanted.entity_type;
    note.entity_id = wanted.entity_id;
    note.id = context.next_id<EntityId>();
    note.note = wanted.note;
    note.creator_id = context.user_id;
    note.creator_user_name = wanted.user_name;
    note.creation_time = context.now;
    context.unit.insert(note);
    return note;
}

Result<ports::PageOf<UserNote>> list(const Context& context, const NoteQuery& q) {
    if (auto there = check_entity(context, q.entity_type, q.entity_id); !there)
        return std::unexpected(std::move(there.error()));
    return ports::page_of<UserNote>(
        context.store(),
        {where<&UserNote::tenant_id>(context.tenant_id), where<&UserNote::entity_type>(q.entity_type),
         where<&UserNote::entity_id>(q.entity_id)},
        q.page, {member_name<&UserNote::id>, /*descending=*/true});
}

}  // namespace takas::app::notes
