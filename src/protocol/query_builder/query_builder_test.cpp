#include "protocol/query_builder/query_builder.hpp"

#include <gtest/gtest.h>

#include "core/control/rule/canonical.hpp"
#include "core/control/rule/parser.hpp"
#include "core/control/rule/random_rules_test.hpp"

namespace takas::protocol::query_builder {
namespace {

using namespace core::control::rule;

std::string canonical(std::string_view rule) {
    const Checked checked = query_builder::check(rule, Scope::counters);
    return checked.rule ? std::string(checked.rule->canonical_text()) : "refused: " + checked.errors.front().english;
}

TEST(query_builder, a_tree_and_a_text_become_one_rule) {
    EXPECT_EQ(canonical(R"({"condition":"AND","not":false,"rules":[
                            {"field":"mcc","operator":"in","value":[5411,5412]},
                            {"condition":"OR","rules":[
                              {"field":"transactionDomain","operator":"=","value":"international"},
                              {"field":"transactionAmount","operator":">","value":500.50}]}]})"),
              R"(mcc in (5411, 5412) && (transactionDomain == "International" || transactionAmount > 500.5))");
    EXPECT_EQ(canonical("mcc = 1 and hour = 2"), "mcc == 1 && hour == 2") << "a text still is a text";
    EXPECT_EQ(canonical(R"( {"condition":"or","not":true,"id":"g1","valid":true,"rules":[
                             {"id":"r1","field":"MCC","operator":"not_in","value":[1,2],"type":"integer"},
                             {"field":"nationality","operator":"isNull","value":null}]})"),
              "!(mcc not in (1, 2) || nationality is null)");
    EXPECT_EQ(canonical(R"({"condition":"AND","rules":[{"condition":"OR","rules":[
                              {"field":"hour","operator":"between","value":[8,17]}]}]})"),
              "hour between 8 and 17")
        << "groups of one fall away";
    EXPECT_EQ(canonical(R"({"field":"isOnus","operator":"=","value":true})"), "isOnus == true");
    EXPECT_EQ(canonical(R"({"field":"localTransactionTime","operator":"<","value":"06:00"})"),
              "localTransactionTime < \"06:00\"");
}

TEST(query_builder, mistakes_have_a_path) {
    struct Row {
        std::string_view rule;
        ErrorCode code;
        std::string_view path;
    };
    using enum ErrorCode;
    const std::array rows{
        Row{R"({"condition":"AND","rules":[]})", rule_syntax, ""},
        Row{R"({"condition":"XOR","rules":[]})", rule_syntax, "condition"},
        Row{R"({"condition":"AND"})", rule_syntax, "rules"},
        Row{R"({"rules":[1]})", rule_syntax, "condition"},
        Row{R"({"condition":"AND","rules":[1]})", rule_syntax, "rules[0]"},
        Row{R"({"condition":"AND","not":1,"rules":[{"field":"mcc","operator":"=","value":1}]})", rule_syntax, "not"},
        Row{R"({"condition":"AND","rules":[{"operator":"=","value":1}]})", rule_syntax, "rules[0].field"},
        Row{R"({"field":"mcc","operator":"like","value":1})", rule_syntax, "operator"},
        Row{R"({"field":"mcc","operator":"="})", rule_syntax, "value"},
        Row{R"({"field":"mcc","operator":"=","value":null})", rule_syntax, "value"},
        Row{R"({"field":"mcc","operator":"=","value":[1,2]})", rule_syntax, ""},
        Row{R"({"field":"mcc","operator":"between","value":1})", rule_syntax, ""},
        Row{R"({"field":"mcc","operator":"in","value":[]})", rule_syntax, ""},
        Row{R"({"field":"mcc","operator":"in","value":[1,{}]})", rule_syntax, "value[1]"},
        Row{R"({"field":"mc","operator":"=","value":1})", rule_field_unknown, ""},
        Row{R"({"condition":"AND","rules":[{"condition":"OR","rules":[{"field":"mcc","operator":"in","value":[1,"x"]}]}]})",
            rule_type_mismatch, "rules[0].rules[0].value[1]"},
        Row{R"({"field":"mcc","operator":"=","value":1)", rule_syntax, ""},
        Row{R"({"field":"mcc","field":"hour","operator":"=","value":1})", rule_syntax, ""},
        Row{R"({"condition":"OR","rules":[{"field":"mcc","operator":"=","value":7995},
                {"field":"cardAcceptorName","operator":"=","value":"a\nb"}]})",
            rule_type_mismatch, "rules[1].value"},
        Row{R"({"field":"cardAcceptorName","operator":"in","value":["ok","\u007f"]})", rule_type_mismatch, "value[1]"},
    };
    for (const Row& row : rows) {
        const Checked checked = query_builder::check(row.rule, Scope::counters);
        ASSERT_FALSE(checked.rule) << row.rule;
        EXPECT_EQ(error_row(checked.errors.front().code).public_code, error_row(row.code).public_code) << row.rule;
        EXPECT_EQ(checked.errors.front().path, row.path) << row.rule;
    }
    const auto refused = query_builder::compile(rows[15].rule, Scope::counters, "linkTo.rule");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields[0].path, "linkTo.rule.rules[0].rules[0].value[1]");
}

TEST(query_builder, a_text_is_utf8) {
    EXPECT_EQ(canonical("nationality == \"\xC5\x9F\""), "nationality == \"\xC5\x9F\"");
    EXPECT_EQ(canonical("nationality == \"\xC5\""), "refused: The rule is no UTF-8 text.");
    EXPECT_EQ(canonical("nationality == \"\xC0\xAF\""), "refused: The rule is no UTF-8 text.");
}

std::string nested(int groups) {
    std::string rule = R"({"field":"mcc","operator":"=","value":1})";
    for (int i = 0; i < groups; ++i) rule = R"({"condition":"AND","rules":[)" + rule + "]}";
    return rule;
}

TEST(query_builder, bounds) {
    EXPECT_EQ(canonical(nested(10)), "mcc == 1");
    EXPECT_EQ(query_builder::check(nested(11), Scope::counters).errors.front().code, ErrorCode::rule_too_large);
    EXPECT_FALSE(query_builder::check(nested(5'000), Scope::counters).rule);
    const std::string rule = R"({"field":"mcc","operator":"=","value":1})";
    EXPECT_EQ(canonical(rule + std::string(query_builder_text_max - rule.size(), ' ')), "mcc == 1");
    EXPECT_EQ(query_builder::check(rule + std::string(query_builder_text_max + 1 - rule.size(), ' '), Scope::counters)
                  .errors.front()
                  .code,
              ErrorCode::rule_too_large);
    std::string list = "1";
    for (int i = 0; i < 200; ++i) list += ",1";
    EXPECT_EQ(query_builder::check(R"({"field":"mcc","operator":"in","value":[)" + list + "]}", Scope::counters)
                  .errors.front()
                  .code,
              ErrorCode::rule_too_large);
}

TEST(query_builder, a_shown_tree_comes_back_as_the_same_rule) {
    EXPECT_TRUE(rc::check([] {
        const Node node = random_node(4);
        const std::string text = canonical_text(node);
        if (characters_of(text) > rule_text_max) return;
        const Checked checked = query_builder::check(text, Scope::counters);
        RC_ASSERT(checked.rule.has_value());
        const auto shown = to_json(*checked.rule);
        RC_ASSERT(shown.has_value());
        if (characters_of(*shown) > query_builder_text_max) return;
        const Checked again = query_builder::check(*shown, Scope::counters);
        RC_ASSERT(again.rule.has_value());
        RC_ASSERT(again.rule->tree() == node);
        RC_ASSERT(again.rule->canonical_text() == text);
    }));
}

TEST(query_builder, what_is_too_deep_for_a_tree_is_not_shown) {
    // Ten brackets are ten groups for "and", and ten more for the "or" around each.
    std::string deep = "mcc == 1";
    for (int i = 0; i < 10; ++i) deep = "hour == 1 && (hour == 2 || " + deep + ")";
    const auto rule = query_builder::compile(deep, Scope::counters);
    ASSERT_TRUE(rule);
    EXPECT_EQ(to_json(*rule), std::nullopt);
    EXPECT_EQ(to_json(*query_builder::compile("!(mcc == 1)", Scope::counters)),
              R"({"condition":"AND","not":true,"rules":[{"field":"mcc","operator":"=","value":1}]})");
}

}  // namespace
}  // namespace takas::protocol::query_builder
