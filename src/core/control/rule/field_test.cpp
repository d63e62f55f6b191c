#include "core/control/rule/field.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "core/control/rule/value.hpp"

namespace takas::core::control::rule {
namespace {

TEST(rule_field, every_row_is_complete_and_its_name_stands_once) {
    std::set<std::string> names;
    for (const FieldRow& row : field_rows()) {
        const std::string name(row.name.view());
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_FALSE(row.english.empty() || row.turkish.empty()) << name;
        EXPECT_NE(row.scopes, 0) << name;
        EXPECT_LE(row.lowest, row.highest) << name;
        EXPECT_EQ(row.type == FieldType::enumeration, !row.values.empty()) << name;
        EXPECT_EQ(row.type == FieldType::text, row.text_max > 0) << name;
        EXPECT_TRUE(row.is_in(Scope::counters)) << name << ": what a fee can see, a control can";
        EXPECT_EQ(row.is_in(Scope::issuance), row.is_in(Scope::annual)) << name;
        EXPECT_EQ(find_field(name), row.field);
    }
    // Spellings that the mechanical rule could miss.
    for (const char* name :
         {"is3dSecure", "sliUcafStatusCode", "cardholderPresence", "posEntryMode", "MCC", "TODAYCOUNT"})
        EXPECT_TRUE(find_field(name)) << name;
}

TEST(rule_field, unknown_is_no_value) {
    for (const Field field : {Field::transaction_code, Field::pos_entry_mode, Field::terminal_type}) {
        EXPECT_TRUE(field_row(field).is_nullable);
        for (const EnumName& value : field_row(field).values) EXPECT_NE(value.name, "Unknown");
    }
}

TEST(rule_field, a_near_name_is_found_and_a_far_one_is_not) {
    EXPECT_EQ(nearest_field_name("transactionAmont", Scope::transaction), "transactionAmount");
    EXPECT_EQ(nearest_field_name("MCCC", Scope::transaction), "mcc");
    EXPECT_EQ(nearest_field_name("todayCont", Scope::counters), "todayCount");
    EXPECT_EQ(nearest_field_name("todayCont", Scope::transaction), "") << "not where it is not known";
    EXPECT_EQ(nearest_field_name("temperature", Scope::counters), "");
    EXPECT_EQ(nearest_field_name(std::string(5'000, 'a'), Scope::counters), "");
}

TEST(rule_field, query_builders_may_spell_operators_in_their_way) {
    for (const char* text : {"not in", "notIn", "not_in", "NOT IN"})
        EXPECT_EQ(operator_from_query_builder(text), Operator::not_in) << text;
    EXPECT_EQ(operator_from_query_builder("="), Operator::equal);
    EXPECT_EQ(operator_from_query_builder("=="), Operator::equal);
    EXPECT_EQ(operator_from_query_builder("<>"), Operator::not_equal);
    EXPECT_EQ(operator_from_query_builder("isNotNull"), Operator::is_not_null);
    for (const char* text : {"", "like", "=>", "!"}) EXPECT_FALSE(operator_from_query_builder(text)) << text;
    for (int i = 0; i <= static_cast<int>(Operator::is_not_null); ++i) {
        const auto op = static_cast<Operator>(i);
        EXPECT_EQ(operator_from_query_builder(query_builder_spelling_of(op)), op);
        EXPECT_EQ(operator_from_query_builder(spelling_of(op)), op);
    }
}

TEST(rule_value, amounts_are_exact_and_never_wrap) {
    EXPECT_EQ(Value::amount(1'234, 2).number(), 123'400);
    EXPECT_EQ(Value::amount(1'234, 0).number(), 12'340'000);
    EXPECT_EQ(Value::amount(1'234, 4).number(), 1'234);
    EXPECT_EQ(Value::amount(std::numeric_limits<std::int64_t>::max() / 2, 2).number(),
              std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(Value::amount(std::numeric_limits<std::int64_t>::min() / 2, 2).number(),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(Value::text("").is_null());
    EXPECT_TRUE(Facts{}[Field::mcc].is_null());
}

}  // namespace
}  // namespace takas::core::control::rule
