// What people read where programs read enum names, in Turkish and English. Every value that the HTTP API or an
// event can show has a row: a test walks the descriptions of all endpoints and events.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/context/context.hpp"

namespace takas::api::language {

struct EnumText {
    std::string_view enum_name;  ///< schema name: "CardStatus"
    std::string_view value;      ///< "PendingActivation"
    std::string_view english;
    std::string_view turkish;

    std::string_view in(app::Language language) const { return language == app::Language::english ? english : turkish; }
};

// The rows, one file each. Those of an enum stand together, in its order.
std::span<const EnumText> texts_of_cards();
std::span<const EnumText> texts_of_transactions();
std::span<const EnumText> texts_of_responses();
std::span<const EnumText> texts_of_rules();
std::span<const EnumText> texts_of_controls();
std::span<const EnumText> texts_of_others();

/// All of them.
std::array<std::span<const EnumText>, 6> all_texts();

/// nullptr when there is no such value.
const EnumText* find_text(std::string_view enum_name, std::string_view value);

}  // namespace takas::api::language
