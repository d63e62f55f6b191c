#include "app/card_security/surrogate.hpp"

#include <gtest/gtest.h>

#include "core/card/pan.hpp"

namespace takas::app::card_security {
namespace {

// Worked out with sha256sum(1), as an integrator would.
TEST(SurrogateNumber, is_what_its_rule_says) {
    EXPECT_EQ(surrogate_number(TokenId{61'234'567'890}), "4667584999835");
    EXPECT_EQ(surrogate_number(TokenId{1}), "8205339264423");
    EXPECT_TRUE(core::card::luhn_valid(surrogate_number(TokenId{2})));
}

}  // namespace
}  // namespace takas::app::card_security
