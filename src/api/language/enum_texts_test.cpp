#include "api/language/enum_texts.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "api/endpoints.hpp"
#include "app/events/catalogue.hpp"
#include "base/error.hpp"
#include "core/authorization/codes.hpp"
#include "core/control/rule/field.hpp"

namespace takas::api::language {
namespace {

/// Every enum that a described type shows, with its values.
struct Enums {
    std::map<std::string_view, std::span<const EnumName>> found;
    std::set<const Type*> seen;

    void look_at(const Type* type) {
        if (!type || !seen.insert(type).second) return;
        if (type->kind == Kind::enumeration) found[type->name] = type->enum_names;
        if (type->inner) look_at(type->inner);
        if (type->kind == Kind::object && type->fields)
            for (const Field& field : type->fields()) look_at(field.type);
    }
};

/// Of the endpoints, of the events and of the rules.
Enums enums_of_the_api() {
    Enums enums;
    for (const Endpoint& row : all_endpoints())
        for (const Type* type : {row.body, row.query, row.response, row.error_body}) enums.look_at(type);
    for (const app::events::CatalogueRow& row : app::events::catalogue()) enums.look_at(row.payload);
    for (const auto& row : core::control::rule::field_rows())  // named by the fields of rules
        if (!row.values.empty()) enums.found.try_emplace(row.enum_name, row.values);
    return enums;
}

TEST(EnumTexts, EveryValueThatTheApiShowsHasBoth) {
    const Enums enums = enums_of_the_api();
    EXPECT_GT(enums.found.size(), 40U);
    for (const auto& [name, values] : enums.found)
        for (const EnumName& value : values) {
            const EnumText* text = find_text(name, value.name);
            EXPECT_TRUE(text && !text->english.empty() && !text->turkish.empty()) << name << " " << value.name;
        }
}

TEST(EnumTexts, EachRowIsOfAValueThatIsShownAndStandsOnce) {
    const Enums enums = enums_of_the_api();
    std::set<std::pair<std::string_view, std::string_view>> rows;
    for (const auto part : all_texts())
        for (const EnumText& row : part) {
            EXPECT_TRUE(rows.insert({row.enum_name, row.value}).second) << row.enum_name << " " << row.value;
            const auto shown = enums.found.find(row.enum_name);
            EXPECT_TRUE(shown != enums.found.end() &&
                        std::ranges::find(shown->second, row.value, &EnumName::name) != shown->second.end())
                << row.enum_name << " " << row.value;
        }
}

TEST(EnumTexts, EveryErrorHasASentenceInBoth) {
    for (const ErrorRow* row = error_rows_begin(); row != error_rows_end(); ++row) {
        EXPECT_FALSE(row->english.empty() || row->turkish.empty()) << row->public_code;
        EXPECT_NE(row->english, row->turkish) << row->public_code;
    }
}

TEST(EnumTexts, EveryDeclineHasASentenceInBoth) {
    using namespace core::authorization;
    for (int number = 1; number <= static_cast<int>(DeclineReason::internal_error); ++number) {
        const auto reason = static_cast<DeclineReason>(number);
        const DeclineRow& row = decline_row(reason);
        if (row.reason != reason) continue;  // no such number
        EXPECT_FALSE(row.english.empty() || row.turkish.empty()) << number;
        EXPECT_NE(row.english, row.turkish) << number;
    }
}

}  // namespace
}  // namespace takas::api::language
