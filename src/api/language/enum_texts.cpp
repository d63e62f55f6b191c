#include "api/language/enum_texts.hpp"

namespace takas::api::language {

std::array<std::span<const EnumText>, 6> all_texts() {
    return {texts_of_cards(), texts_of_transactions(), texts_of_responses(),
            texts_of_rules(), texts_of_controls(),     texts_of_others()};
}

const EnumText* find_text(std::string_view enum_name, std::string_view value) {
    for (const auto rows : all_texts())
        for (const EnumText& row : rows)
            if (row.enum_name == enum_name && row.value == value) return &row;
    return nullptr;
}

}  // namespace takas::api::language
