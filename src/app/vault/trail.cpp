#include "app/vault/trail.hpp"

#include "base/encoding.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::audit::Subject;
using core::audit::Topic;

namespace {

Result<void> note(Context& context, Subject subject, std::string key, Action action, Details details) {
    return audit::note(context, {subject, Topic::vault, action, std::move(key), std::move(details)});
}

std::string key_of(EntityId merchant_id, std::string_view rest) {
    return std::to_string(merchant_id.value) + '/' + std::string(rest);
}

}  // namespace

Result<void> note_merchant(Context& context, EntityId merchant_id, Action action, Details details) {
    return note(context, Subject::vault_merchant, key_of(merchant_id, {}), action, std::move(details));
}

Result<void> note_card(Context& context, EntityId merchant_id, EntityId card_id, Action action, Details details) {
    return note(context, Subject::vault_card, key_of(merchant_id, std::to_string(card_id.value)), action,
                std::move(details));
}

Result<void> note_temp_card(Context& context, EntityId merchant_id, EntityId temp_card_id, Action action,
                            Details details) {
    return note(context, Subject::vault_temp_card, key_of(merchant_id, std::to_string(temp_card_id.value)), action,
                std::move(details));
}

Result<void> note_owner(Context& context, EntityId merchant_id, std::string_view owner_mac, Action action,
                        Details details) {
    constexpr std::size_t shown_octets = 12;
    const auto shown = bytes_of(owner_mac.substr(0, shown_octets));
    return note(context, Subject::vault_owner, key_of(merchant_id, hex_encode(shown)), action, std::move(details));
}

}  // namespace takas::app::vault
