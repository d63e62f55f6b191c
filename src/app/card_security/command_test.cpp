#include "app/card_security/command.hpp"

#include <gtest/gtest.h>

#include "app/cards/card_world_test.hpp"
#include "base/log.hpp"

namespace takas::app::card_security {
namespace {

TEST(CardSecurityCommand, a_secret_that_leaves_is_logged_at_the_default_level) {
    cards::CardWorld world;
    const Context context = world.context();
    testing::internal::CaptureStderr();
    log::start(log::Level::warning);
    log_command(context, "pin_verified", TokenId{95}, true);
    log_disclosure(context, "cvv2_given", TokenId{95}, true);
    log::stop();
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_EQ(text.find("pin_verified"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("event":"cvv2_given")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("token_id":95)"), std::string::npos) << text;
}

}  // namespace
}  // namespace takas::app::card_security
