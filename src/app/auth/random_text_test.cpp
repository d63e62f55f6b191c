#include "app/auth/random_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"
#include "app/auth/scope.hpp"

namespace takas::app::auth {
namespace {

TEST(random_text, uuids_have_their_version_and_variant) {
    SystemRandom random;
    const std::string uuid = random_uuid(random);
    EXPECT_THAT(uuid, ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_NE(uuid, random_uuid(random));
    EXPECT_EQ(client_subject("erp"), client_subject("erp"));
    EXPECT_NE(client_subject("erp"), client_subject("web"));
    EXPECT_EQ(client_subject("erp")[14], '8');
    EXPECT_EQ(random_base64url(random, 32).size(), 43U);
}

TEST(scope, keeps_what_exists_once_and_in_order) {
    EXPECT_EQ(narrow_scope({}), "Issuing Acquiring");
    EXPECT_EQ(narrow_scope("offline_access Issuing Issuing openid"), "Issuing offline_access");
    EXPECT_EQ(narrow_scope("issuing"), std::nullopt);
    EXPECT_EQ(narrow_scope({}, "Issuing"), "Issuing");
    EXPECT_EQ(narrow_scope("Acquiring", "Issuing"), std::nullopt);
}

}  // namespace
}  // namespace takas::app::auth
