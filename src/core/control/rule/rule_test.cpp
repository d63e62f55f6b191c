// The language by example: what is read, how it is printed, what is refused where and with which words.
#include "core/control/rule/rule.hpp"

#include <gtest/gtest.h>

#include "core/authorization/codes.hpp"
#include "core/control/rule/explain.hpp"
#include "core/control/rule/parser.hpp"

namespace takas::core::control::rule {
namespace {

std::string canonical(std::string_view text) {
    const Checked checked = check(text, Scope::counters);
    return checked.rule ? std::string(checked.rule->canonical_text()) : "refused: " + checked.errors.front().english;
}

TEST(rule, every_spelling_prints_as_one) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 22> rows{{
        {"mcc=5411", "mcc == 5411"},
        {" MCC\t==\n5411 ", "mcc == 5411"},
        {"mcc <> 1", "mcc != 1"},
        {"mcc != 1 AND hour<3", "mcc != 1 && hour < 3"},
        {"mcc >= 1 Or hour > 3", "mcc >= 1 || hour > 3"},
        {"not isOnus = TRUE", "!(isOnus == true)"},
        {"!(mcc == 1)", "!(mcc == 1)"},
        {"!(!(mcc == 1))", "!(!(mcc == 1))"},
        {"((mcc == 1))", "mcc == 1"},
        {"(mcc == 1 && hour == 2) && isMoto == false", "mcc == 1 && hour == 2 && isMoto == false"},
        {"mcc == 1 && (hour == 2 || hour == 3)", "mcc == 1 && (hour == 2 || hour == 3)"},
        {"(mcc == 1 && hour == 2) || hour == 3", "mcc == 1 && hour == 2 || hour == 3"},
        {"mcc between 1 and 2 and hour between 3 AND 4", "mcc between 1 and 2 && hour between 3 and 4"},
        {"mcc NOT IN (3,1 ,2)", "mcc not in (3, 1, 2)"},
        {"mcc Is Not Null or mcc IS NULL", "mcc is not null || mcc is null"},
        {"transactionAmount > 12.5000", "transactionAmount > 12.5"},
        {"transactionAmount > -0.0001", "transactionAmount > -0.0001"},
        {"transactioncode == 'PURCHASE'", "transactionCode == \"Purchase\""},
        {"localTransactionDate == 2028-02-29", "localTransactionDate == \"2028-02-29\""},
        {"localTransactionTime < '07:05'", "localTransactionTime < \"07:05\""},
        {R"(cardAcceptorName contains 'it\'s "x" \\')", R"(cardAcceptorName contains "it's \"x\" \\")"},
        {"cardAcceptorName STARTSWITH \"ŞİŞ\"", "cardAcceptorName startsWith \"ŞİŞ\""},
    }};
    for (const auto& [text, printed] : rows) {
        EXPECT_EQ(canonical(text), printed) << text;
        EXPECT_EQ(canonical(printed), printed) << text;
    }
}

struct RefusedRow {
    std::string_view text;
    ErrorCode code;
    std::uint32_t position;
    std::string_view expected;  ///< the first that is
};

TEST(rule, refusals_name_the_place_and_what_was_expected) {
    using enum ErrorCode;
    const std::array rows{
        RefusedRow{"", rule_syntax, 1, "field"},
        RefusedRow{"mcc", rule_syntax, 4, "=="},
        RefusedRow{"mcc ==", rule_syntax, 7, "value"},
        RefusedRow{"mcc == 1 hour == 2", rule_syntax, 10, "&&"},
        RefusedRow{"mcc == 1 && ", rule_syntax, 13, "field"},
        RefusedRow{"(mcc == 1", rule_syntax, 10, "&&"},
        RefusedRow{"mcc == 1)", rule_syntax, 9, "&&"},
        RefusedRow{"mcc in 1", rule_syntax, 8, "("},
        RefusedRow{"mcc in ()", rule_syntax, 9, "value"},
        RefusedRow{"mcc in (1 2)", rule_syntax, 11, ","},
        RefusedRow{"mcc not 1", rule_syntax, 9, "in"},
        RefusedRow{"mcc between 1 or 2", rule_syntax, 15, "and"},
        RefusedRow{"mcc is 1", rule_syntax, 8, "null"},
        RefusedRow{"mcc is not 1", rule_syntax, 12, "null"},
        RefusedRow{"!!(mcc == 1)", rule_syntax, 2, "field"},
        RefusedRow{"transactionDomain == Onus", rule_syntax, 22, "value"},
        RefusedRow{"5 == mcc", rule_syntax, 1, "field"},
        RefusedRow{"and == 5", rule_syntax, 1, "field"},
        RefusedRow{"mcc == 5a", rule_syntax, 8, "value"},
        RefusedRow{"mcc == 1.", rule_syntax, 8, "value"},
        RefusedRow{"mcc == 1e3", rule_syntax, 8, "value"},
        RefusedRow{"mcc == +1", rule_syntax, 8, "value"},
        RefusedRow{"terminalNo == \"A", rule_syntax, 15, "value"},
        RefusedRow{R"(terminalNo == "\n")", rule_syntax, 15, "value"},
        RefusedRow{"terminalNo == \"a\tb\"", rule_syntax, 15, "value"},
        RefusedRow{"mcc == 1 & hour == 2", rule_syntax, 10, "&&"},
        RefusedRow{"nationality == \"şğ\" ; x", rule_syntax, 21, "&&"},  // columns are characters, not octets
        RefusedRow{"merchant == 1", rule_field_unknown, 1, "field"},
        RefusedRow{"mcc == 1 || transactionAmont > 2", rule_field_unknown, 13, "transactionAmount"},
        RefusedRow{"mcc == \"5411\"", rule_type_mismatch, 8, "number"},
        RefusedRow{"mcc == 54.11", rule_type_mismatch, 8, "number"},
        RefusedRow{"mcc == 99999999999999999999", rule_type_mismatch, 8, "number"},
        RefusedRow{"transactionAmount > 0.00001", rule_type_mismatch, 21, "number"},
        RefusedRow{"transactionAmount > 999999999999999", rule_type_mismatch, 21, "number"},
        RefusedRow{"mcc contains \"4\"", rule_type_mismatch, 5, "=="},
        RefusedRow{"transactionCode > \"Purchase\"", rule_type_mismatch, 17, "=="},
        RefusedRow{"isOnus in (true)", rule_type_mismatch, 8, "=="},
        RefusedRow{"isOnus == \"true\"", rule_type_mismatch, 11, "true"},
        RefusedRow{"transactionDomain == \"Abroad\"", rule_type_mismatch, 22, "text"},
        RefusedRow{"localTransactionDate == 2027-02-29", rule_type_mismatch, 25, "date"},
        RefusedRow{"localTransactionTime == 24:00", rule_type_mismatch, 25, "time"},
        RefusedRow{"localTransactionTime == \"7:00\"", rule_type_mismatch, 25, "time"},
        RefusedRow{"bin == \"41111\"", rule_type_mismatch, 8, "text"},
        RefusedRow{"bin == \"4111x1\"", rule_type_mismatch, 8, "text"},
        RefusedRow{"terminalNo == \"\"", rule_type_mismatch, 15, "text"},
        RefusedRow{"terminalNo == \"123456789\"", rule_type_mismatch, 15, "text"},
    };
    for (const RefusedRow& row : rows) {
        const Checked checked = check(row.text, Scope::counters);
        ASSERT_FALSE(checked.rule) << row.text;
        const Diagnostic& first = checked.errors.front();
        EXPECT_EQ(error_row(first.code).public_code, error_row(row.code).public_code) << row.text;
        EXPECT_EQ(first.position, row.position) << row.text;
        ASSERT_FALSE(first.expected.empty()) << row.text;
        EXPECT_EQ(first.expected.front(), row.expected) << row.text;
        EXPECT_FALSE(first.english.empty() || first.turkish.empty()) << row.text;
        EXPECT_NE(first.english, first.turkish) << row.text;
    }
}

TEST(rule, every_mistake_of_meaning_is_told_at_once) {
    const Checked checked =
        check("mcc == \"a\" && todayCount > 1 || nothing == 2 && isOnus > true", Scope::transaction);
    ASSERT_EQ(checked.errors.size(), 4U);
    EXPECT_EQ(checked.errors[0].code, ErrorCode::rule_type_mismatch);
    EXPECT_EQ(checked.errors[1].code, ErrorCode::rule_field_not_in_scope);
    EXPECT_EQ(checked.errors[2].code, ErrorCode::rule_field_unknown);
    EXPECT_EQ(checked.errors[3].code, ErrorCode::rule_type_mismatch);
    std::string many = "x == 1";
    for (int i = 0; i < 100; ++i) many += " || x == 1";
    EXPECT_EQ(check(many, Scope::transaction).errors.size(), 20U);
}

TEST(rule, card_numbers_are_refused_and_not_repeated) {
    for (const char* text : {"customerNo == \"4111111111111111\"", "cardAcceptorName contains \"4111 1111 1111 1111\"",
                             "todayCount > 4111111111111111", "4111111111111111 == mcc", "mcc == 1 4111111111111111"}) {
        const Result<Rule> rule = compile(text, Scope::counters);
        ASSERT_FALSE(rule) << text;
        for (const FieldError& one : rule.error().fields)
            EXPECT_EQ((one.english + one.turkish).find("4111"), std::string::npos) << one.english;
        EXPECT_EQ(check(text, Scope::counters).errors.front().found.find("1111"), std::string::npos) << text;
    }
}

TEST(rule, an_error_of_a_request_says_where) {
    const Result<Rule> rule = compile("mcc == 1 && (hour == 25", Scope::transaction);
    ASSERT_FALSE(rule);
    EXPECT_EQ(rule.error().code, ErrorCode::rule_syntax);
    ASSERT_EQ(rule.error().fields.size(), 1U);
    EXPECT_EQ(rule.error().fields[0].path, "rule");
    EXPECT_EQ(rule.error().fields[0].english, "Column 24: Expected '&&', '||' or ')', but the rule ends here.");
    EXPECT_EQ(rule.error().fields[0].turkish, "24. sütun: Kural burada bitiyor; '&&', '||' veya ')' bekleniyordu.");
    EXPECT_EQ(rule.error().data, (ErrorData{{"position", "24"}}));
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    while (times-- > 0) out += text;
    return out;
}

TEST(rule, bounds) {
    const auto code_of = [](std::string_view text) {
        const Checked checked = check(text, Scope::counters);
        return checked.rule ? std::string_view("ok") : error_row(checked.errors.front().code).public_code;
    };
    EXPECT_EQ(code_of(repeated("(", 10) + "mcc == 1" + repeated(")", 10)), "ok");
    EXPECT_EQ(code_of(repeated("(", 11) + "mcc == 1" + repeated(")", 11)), "CTRL:00004");
    EXPECT_EQ(code_of(repeated("!(", 10) + "mcc == 1" + repeated(")", 10)), "ok");
    EXPECT_EQ(code_of(repeated("!(", 10) + "!mcc == 1" + repeated(")", 10)), "CTRL:00004") << "would print 11 brackets";
    EXPECT_EQ(code_of(repeated("(", 100'000)), "CTRL:00004");
    EXPECT_EQ(code_of("mcc in (" + repeated("1,", 199) + "1)"), "ok");
    EXPECT_EQ(code_of("mcc in (" + repeated("1,", 200) + "1)"), "CTRL:00004");
    EXPECT_EQ(code_of(repeated("mcc == 5411 || ", 266) + "mcc == 1"), "ok");  // 3,998 characters
    EXPECT_EQ(code_of(repeated("mcc == 5411 || ", 266) + "mcc == 123"), "ok");
    EXPECT_EQ(code_of(repeated("mcc == 5411 || ", 266) + "mcc == 1234"), "CTRL:00004");
    EXPECT_EQ(code_of("mcc == 1" + repeated(" ", 3'992)), "ok");
    EXPECT_EQ(code_of("mcc == 1" + repeated(" ", 3'993)), "CTRL:00004");
    EXPECT_EQ(code_of("nationality == \"" + repeated("ş", 30) + "\"" + repeated(" ", 3'953)), "ok") << "characters";
    EXPECT_EQ(code_of(repeated("mcc=1||", 499) + "mcc=1"), "CTRL:00004") << "the canonical text would be too long";
}

TEST(rule, scopes_know_their_fields) {
    EXPECT_TRUE(check("todayAmount > 100", Scope::counters).rule);
    EXPECT_EQ(check("todayAmount > 100", Scope::transaction).errors.front().code, ErrorCode::rule_field_not_in_scope);
    for (const Scope scope : {Scope::issuance, Scope::annual}) {
        EXPECT_TRUE(check("cardBrand == \"Troy\" && customerAge < 18 && bin == \"979200\"", scope).rule);
        for (const char* text : {"mcc == 1", "cardAcceptorNo == \"1\"", "cardholderPresence is null",
                                 "cardPresence is null", "monthCount > 1", "hour == 1"})
            EXPECT_EQ(check(text, scope).errors.front().code, ErrorCode::rule_field_not_in_scope) << text;
    }
}

TEST(rule, a_missing_value_makes_comparisons_false_but_for_is_null_and_unequal) {
    const Facts none;
    const auto holds = [&](std::string_view text) { return compile(text, Scope::counters)->evaluate(none); };
    for (const char* text :
         {"mcc == 1", "mcc < 1", "mcc >= 1", "mcc between 1 and 9999", "mcc in (1, 3)", "mcc not in (1, 3)",
          "mcc is not null", "nationality == \"TR\"", "nationality in (\"A\", \"B\")",
          "nationality not in (\"A\", \"B\")", "nationality contains \"T\"", "!(mcc != 1)"})
        EXPECT_FALSE(holds(text)) << text;
    for (const char* text : {"mcc != 1", "mcc is null", "nationality != \"TR\"", "nationality is null", "!(mcc == 1)"})
        EXPECT_TRUE(holds(text)) << text;
}

TEST(rule, an_evaluation_reads_the_facts) {
    Facts facts;
    facts[Field::mcc] = Value::integer(5411);
    facts[Field::transaction_amount] = Value::amount(50'000, 2);
    facts[Field::card_acceptor_country] = Value::text("DE");
    const auto rule =
        compile(R"(mcc in (5411, 5412) && transactionAmount > 500 && cardAcceptorCountry != "TR")", Scope::transaction);
    ASSERT_TRUE(rule);
    EXPECT_FALSE(rule->evaluate(facts)) << "500.00 is not more than 500";
    facts[Field::transaction_amount] = Value::amount(50'001, 2);
    EXPECT_TRUE(rule->evaluate(facts));
    facts[Field::transaction_amount] = Value::amount(501, 0);
    EXPECT_TRUE(rule->evaluate(facts));
    facts[Field::card_acceptor_country] = Value::text("TR");
    EXPECT_FALSE(rule->evaluate(facts));
    const std::array wanted{Field::transaction_amount, Field::mcc, Field::card_acceptor_country};
    EXPECT_TRUE(std::ranges::equal(rule->fields(), wanted));
}

TEST(rule, an_explanation_shows_the_values) {
    Facts facts;
    facts[Field::mcc] = Value::integer(5812);
    facts[Field::transaction_amount] = Value::amount(1'250, 2);
    facts[Field::transaction_code] = Value::name(authorization::TransactionCode::purchase);
    const auto rule =
        compile(R"(transactionCode == "Purchase" && (mcc == 5411 || transactionAmount > 10) && nationality is null)",
                Scope::transaction);
    const Explanation all = explain(*rule, facts);
    EXPECT_TRUE(all.outcome);
    ASSERT_EQ(all.children.size(), 3U);
    EXPECT_EQ(all.children[0].actual, "\"Purchase\"");
    EXPECT_EQ(all.children[1].text, "mcc == 5411 || transactionAmount > 10");
    EXPECT_EQ(all.children[1].children[0].actual, "5812");
    EXPECT_FALSE(all.children[1].children[0].outcome);
    EXPECT_EQ(all.children[1].children[1].actual, "12.5");
    EXPECT_TRUE(all.children[1].children[1].outcome);
    EXPECT_EQ(all.children[2].actual, "null");
}

}  // namespace
}  // namespace takas::core::control::rule
