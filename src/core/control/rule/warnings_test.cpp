#include "core/control/rule/warnings.hpp"

#include <gtest/gtest.h>

#include "core/control/rule/rule.hpp"

namespace takas::core::control::rule {
namespace {

struct Row {
    std::string_view text, warning;  ///< the first one's English; "": none
};

TEST(rule_warnings, name_what_never_or_always_holds) {
    const std::array rows{
        Row{"mcc == 1", ""},
        Row{"mcc > 5 && mcc < 3", "'mcc > 5 && mcc < 3' never holds."},
        Row{"mcc > 5 && mcc < 7", ""},
        Row{"mcc > 5 && mcc < 6", "'mcc > 5 && mcc < 6' never holds."},
        Row{"mcc == 1 && mcc == 2", "'mcc == 1 && mcc == 2' never holds."},
        Row{"mcc == 1 && hour == 2 && mcc in (2, 3)", "'mcc == 1 && hour == 2 && mcc in (2, 3)' never holds."},
        Row{"mcc == 1 && mcc is null", "'mcc == 1 && mcc is null' never holds."},
        Row{"mcc != 1 && mcc is null", ""},
        Row{"mcc < 5 || mcc >= 5", ""},  // may be missing
        Row{"hour < 5 || hour >= 5", "'hour < 5 || hour >= 5' always holds."},
        Row{"mcc == 1 || mcc != 1", "'mcc == 1 || mcc != 1' always holds."},
        Row{"mcc is null || mcc is not null", "'mcc is null || mcc is not null' always holds."},
        Row{"isOnus == true || isOnus == false", "'isOnus == true || isOnus == false' always holds."},
        Row{"isOnus == true && isOnus == false", "'isOnus == true && isOnus == false' never holds."},
        Row{"hour > 23", "'hour > 23' never holds."},
        Row{"hour >= 0", "'hour >= 0' always holds."},
        Row{"transactionAmount < 0", "'transactionAmount < 0' never holds."},
        Row{"mcc == 12345", "'mcc == 12345' never holds."},
        Row{"hour is null", "'hour is null' never holds."},
        Row{"transactionCategory is not null", "'transactionCategory is not null' always holds."},
        Row{"mcc between 9 and 1", "The range is written backwards: 'mcc between 9 and 1' never holds."},
        Row{"mcc in (1, 2, 1)", "A value stands twice in the list of 'mcc'."},
        Row{"nationality not in (\"TR\", \"TR\")", "A value stands twice in the list of 'nationality'."},
        Row{"transactionDomain != \"Onus\" && transactionDomain not in (\"Domestic\", \"International\")",
            "'transactionDomain != \"Onus\" && transactionDomain not in (\"Domestic\", \"International\")' never "
            "holds."},
        Row{"posEntryMode == \"Chip\" || posEntryMode == \"QrCode\"", ""},
        Row{"dayOfWeek in (\"Monday\", \"Tuesday\", \"Wednesday\", \"Thursday\", \"Friday\") || "
            "dayOfWeek in (\"Saturday\", \"Sunday\")",
            "'dayOfWeek in (\"Monday\", \"Tuesday\", \"Wednesday\", \"Thursday\", \"Friday\") || dayOfWeek in "
            "(\"Saturday\", \"Sunday\")' always holds."},
    };
    for (const Row& row : rows) {
        const Checked checked = check(row.text, Scope::counters);
        ASSERT_TRUE(checked.rule) << row.text;
        const auto& warnings = checked.rule->warnings();
        EXPECT_EQ(warnings.empty() ? "" : warnings.front().english, row.warning) << row.text;
        if (!warnings.empty()) EXPECT_NE(warnings.front().english, warnings.front().turkish);
    }
}

TEST(rule_warnings, stand_where_the_part_stands_and_are_not_said_twice) {
    const Checked checked = check("mcc == 1 || (hour > 23 && isOnus == true)", Scope::counters);
    ASSERT_EQ(checked.rule->warnings().size(), 1U) << "the group that cannot hold either is not named again";
    EXPECT_EQ(checked.rule->warnings().front().position, 14U);
    std::string many = "hour > 23";
    for (int i = 0; i < 100; ++i) many += " || hour > 23";
    EXPECT_EQ(check(many, Scope::counters).rule->warnings().size(), warnings_max);
}

}  // namespace
}  // namespace takas::core::control::rule
