#include "core/key/pin_rules.hpp"

#include <gtest/gtest.h>

#include <array>

namespace takas::core::key {
namespace {

TEST(pin_rules, know_repeated_digits_and_runs) {
    const PinRules rules;
    for (const char* weak : {"1111", "0000", "1234", "4321", "8901", "1098", "999999", "123456789012"})
        EXPECT_TRUE(is_weak_pin(weak, rules)) << weak;
    for (const char* good : {"1112", "1243", "1357", "0909", "123457"}) EXPECT_FALSE(is_weak_pin(good, rules)) << good;
}

TEST(pin_rules, each_rule_can_be_switched_off) {
    PinRules rules;
    rules.refuse_repeated = false;
    EXPECT_FALSE(is_weak_pin("1111", rules));
    EXPECT_TRUE(is_weak_pin("1234", rules));
    rules.refuse_runs = false;
    EXPECT_FALSE(is_weak_pin("1234", rules));
}

TEST(pin_rules, a_list_refuses_whole_pins) {
    const std::array<std::string, 2> list{"1923", "2580"};
    PinRules rules;
    rules.weak_pins = list;
    EXPECT_TRUE(is_weak_pin("2580", rules));
    EXPECT_FALSE(is_weak_pin("25801", rules));
}

TEST(pin_rules, the_standard_limits_the_length_whatever_the_rules_say) {
    PinRules rules{.digits_min = 6, .digits_max = 6};
    EXPECT_TRUE(has_allowed_length("135790", rules));
    EXPECT_FALSE(has_allowed_length("13579", rules));
    EXPECT_FALSE(has_allowed_length("1357902", rules));
    rules = {.digits_min = 0, .digits_max = 99};
    EXPECT_FALSE(has_allowed_length("135", rules));
    EXPECT_FALSE(has_allowed_length("1357902468013", rules));
}

}  // namespace
}  // namespace takas::core::key
