// What a user wrote about a customer or a card. Notes are added and read, never changed.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::note {

enum class EntityType : std::uint8_t { customer, card, merchant };

struct UserNote {
    TenantId tenant_id;
    EntityType entity_type{};
    std::string entity_id;  ///< as the institution names it: customer number, token id
    EntityId id;
    std::string note;
    std::string creator_id;
    std::string creator_user_name;  ///< when it was written
    Instant creation_time;
};

/// 13 to 19 digits with a right check digit.
bool is_any_card_number(std::string_view digits);

using IsCardNumber = bool (*)(std::string_view digits);

/// Somebody has typed a card number: in one piece or in the groups of four (4-6-5 for 15 digits) that cards show, with
/// up to three signs or blanks between them; in any groups when nothing else stands in the text. In digits of any
/// script. Such numbers are kept encrypted only, so a note must not hold one.
bool holds_card_number(std::string_view text, IsCardNumber is_card_number = &is_any_card_number);

}  // namespace takas::core::note

namespace takas {

template <>
struct EnumNames<core::note::EntityType> {
    using E = core::note::EntityType;
    static constexpr std::string_view name = "EntityType";
    static constexpr std::array values{named(E::customer, "Customer"), named(E::card, "Card"),
                                       named(E::merchant, "Merchant")};
};

template <>
struct Describe<core::note::UserNote> {
    using T = core::note::UserNote;
    static constexpr std::string_view name = "UserNote";
    static constexpr auto& fields = columns<&T::tenant_id, &T::entity_type, &T::entity_id, &T::id, &T::note,
                                            &T::creator_id, &T::creator_user_name, &T::creation_time>;
};

}  // namespace takas
