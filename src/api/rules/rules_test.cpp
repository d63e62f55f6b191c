// Sentences and examples; the endpoints themselves have scenarios (tests/scenarios/rules).
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "api/rules/example.hpp"
#include "api/rules/sentence.hpp"
#include "core/control/rule/rule.hpp"

namespace takas::api::rules {
namespace {

using namespace core::control::rule;

std::string words(std::string_view rule, app::Language language) {
    return sentence_of(compile(rule, Scope::counters)->tree(), language);
}

TEST(rule_sentence, is_told_in_both_languages) {
    constexpr std::string_view rule =
        "mcc in (5411, 5412) && (transactionCode == \"Purchase\" || !(isOnus == true)) && hour between 8 and 17";
    EXPECT_EQ(words(rule, app::Language::english),
              "Merchant category code is one of 5411, 5412 and (Transaction code is Purchase or not (On-us is yes)) "
              "and Hour (0 to 23) lies from 8 to 17");
    EXPECT_EQ(
        words(rule, app::Language::turkish),
        "Üye işyeri kategori kodu şunlardan biri: 5411, 5412 ve (İşlem kodu şudur: Alışveriş veya şu doğru değil: "
        "(Kendi terminalinde (on-us) şudur: evet)) ve Saat (0-23) şu aralıkta: 8 - 17");
    EXPECT_EQ(words("nationality is null || bin startsWith \"9792\"", app::Language::english),
              "Nationality has no value or BIN begins with \"9792\"");
}

TEST(rule_example, gives_typed_facts) {
    const auto example = Example::read(
        R"({"mcc":5411,"TRANSACTIONAMOUNT":12.50,"isOnus":true,"cardBrand":"troy","hour":null,
            "nationality":"TR","localTransactionTime":"22:30","localTransactionDate":"2031-03-01"})",
        Scope::counters);
    ASSERT_TRUE(example);
    const Facts facts = example->facts();
    for (const char* rule : {"mcc == 5411", "transactionAmount == 12.5", "isOnus == true", "cardBrand == \"Troy\"",
                             "hour is null", "nationality == \"TR\"", "localTransactionTime == \"22:30\"",
                             "localTransactionDate == \"2031-03-01\"", "billingAmount is null"})
        EXPECT_TRUE(compile(rule, Scope::counters)->evaluate(facts)) << rule;
}

TEST(rule_document, names_every_field_and_operator) {
    std::ostringstream text;
    text << std::ifstream(TAKAS_SOURCE_DIR "/docs/rule_language.md").rdbuf();
    for (const FieldRow& row : field_rows())
        EXPECT_NE(text.str().find(row.name.view()), std::string::npos) << row.name.view();
    for (const FieldType type : {FieldType::integer, FieldType::text})
        for (const Operator op : operators_of(type))
            EXPECT_NE(text.str().find("`" + std::string(spelling_of(op)) + "`"), std::string::npos) << spelling_of(op);
}

TEST(rule_example, tells_every_wrong_member) {
    const auto example = Example::read(
        R"({"mcc":"5411","4111111111111111":1,"isOnus":1,"bin":[1],"todayCount":3,"hour":7})", Scope::transaction);
    ASSERT_FALSE(example);
    std::vector<std::string> paths;
    for (const FieldError& one : example.error().fields) paths.push_back(one.path);
    EXPECT_EQ(paths, (std::vector<std::string>{"example.mcc", "example", "example.isOnus", "example.bin",
                                               "example.todayCount"}));
    for (const char* text : {R"({"mcc":10000})", R"({"mcc":0})", R"({"hour":24})", R"({"transactionAmount":-1})",
                             R"({"transactionAmount":1000000000000})", R"({"transactionCurrency":1000})"})
        EXPECT_FALSE(Example::read(text, Scope::counters)) << text;
    for (const char* text : {R"({"mcc":9999})", R"({"hour":0})", R"({"transactionAmount":999999999999})"})
        EXPECT_TRUE(Example::read(text, Scope::counters)) << text;
    for (const char* text : {"[]", "5", "\"x\"", "{"}) EXPECT_FALSE(Example::read(text, Scope::counters)) << text;
}

}  // namespace
}  // namespace takas::api::rules
