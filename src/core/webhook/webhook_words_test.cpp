// Event names and header names: what a subscription may say.
#include <gtest/gtest.h>

#include "core/webhook/event_names.hpp"
#include "core/webhook/request_headers.hpp"

namespace takas::core::webhook {
namespace {

TEST(EventNames, BothNamesOfTheThreeDSecureEventAreTaken) {
    EXPECT_EQ(event_kind("ThreeDSecureTransition"), event::EventKind::three_d_secure_transition);
    EXPECT_EQ(event_kind("3dSecureTransition"), event::EventKind::three_d_secure_transition);
    EXPECT_EQ(delivered_name(event::EventKind::three_d_secure_transition), "3dSecureTransition");
    EXPECT_EQ(delivered_name(event::EventKind::card_created), "CardCreated");
    EXPECT_FALSE(event_kind("cardcreated"));
    EXPECT_FALSE(event_kind("*"));
}

TEST(EventNames, AStarWantsEverything) {
    const std::vector<std::string> all{"*"}, some{"CardCreated", "PinSet"};
    EXPECT_TRUE(wants(all, event::EventKind::pin_blocked));
    EXPECT_TRUE(wants(some, event::EventKind::pin_set));
    EXPECT_FALSE(wants(some, event::EventKind::pin_blocked));
}

TEST(RequestHeaders, NothingBreaksOutOfItsLine) {
    EXPECT_TRUE(is_header_name("X-Api-Key"));
    for (const char* bad : {"", "X Key", "X:Key", "X\r\nKey", "Şifre"}) EXPECT_FALSE(is_header_name(bad)) << bad;
    EXPECT_FALSE(is_header_name(std::string(65, 'a')));
    EXPECT_TRUE(is_header_value("a b"));
    for (const char* bad : {"", " a", "a ", "a\r\nHost: x", "a\tb", "ş"}) EXPECT_FALSE(is_header_value(bad)) << bad;
    EXPECT_FALSE(is_header_value(std::string_view("a\0b", 3)));
}

TEST(RequestHeaders, SomeAreNobodysButOurs) {
    for (const char* name : {"Host", "CONTENT-LENGTH", "Transfer-Encoding", "connection", "webhook-id",
                             "Webhook-Signature", "X-Webhook-Signature", "Proxy-Authorization"})
        EXPECT_TRUE(is_reserved_header(name)) << name;
    EXPECT_FALSE(is_reserved_header("Authorization"));
    EXPECT_FALSE(is_reserved_header("X-Tenant"));
}

}  // namespace
}  // namespace takas::core::webhook
