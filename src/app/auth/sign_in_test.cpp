#include "app/auth/sign_in.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "app/auth/auth_world_test.hpp"

namespace takas::app::auth {
namespace {

struct SignInTest : ::testing::Test {
    AuthWorld world;
    SignIn sign_in{world.store, world.clock};

    bool tries(std::string_view password, std::string_view user = "ayse") {
        const auto result = sign_in.check(AuthWorld::tenant_id, user, password);
        if (!result) EXPECT_EQ(result.error().code, ErrorCode::unauthenticated);
        return result.has_value();
    }
};

TEST_F(SignInTest, five_failures_in_a_row_lock_for_half_an_hour_across_restarts) {
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(tries("wrong"));
    EXPECT_FALSE(tries(AuthWorld::password));
    SignIn restarted(world.store, world.clock);
    EXPECT_FALSE(restarted.check(AuthWorld::tenant_id, "ayse", AuthWorld::password));
    world.clock.time = world.clock.time.plus_seconds(lock_duration_s - 1);
    EXPECT_FALSE(tries(AuthWorld::password));
    world.clock.time = world.clock.time.plus_seconds(1);
    EXPECT_TRUE(tries(AuthWorld::password));
    EXPECT_FALSE(world.user().locked_until);
}

TEST_F(SignInTest, a_success_forgets_the_failures_before_it) {
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 4; ++i) EXPECT_FALSE(tries("wrong"));
        EXPECT_TRUE(tries(AuthWorld::password));
    }
    EXPECT_EQ(world.user().failed_login_count, 0);
}

TEST_F(SignInTest, nobody_the_inactive_and_the_wrong_tenant_are_refused_alike) {
    EXPECT_FALSE(tries(AuthWorld::password, "nobody"));
    EXPECT_FALSE(tries("nobody", "nobody"));
    EXPECT_FALSE(sign_in.check(TenantId{8}, "ayse", AuthWorld::password));
    world.change_user([](auto& user) { user.is_active = false; });
    EXPECT_FALSE(tries(AuthWorld::password));
    EXPECT_EQ(world.user().failed_login_count, 0);
}

TEST_F(SignInTest, parallel_guesses_are_all_counted) {
    std::vector<std::jthread> guessers;
    for (int i = 0; i < 4; ++i)
        guessers.emplace_back([&] { EXPECT_FALSE(sign_in.check(AuthWorld::tenant_id, "ayse", "wrong")); });
    guessers.clear();
    EXPECT_EQ(world.user().failed_login_count, 4);
}

TEST(password_gate, bounds_what_runs_and_what_waits) {
    PasswordGate gate({.running = 2, .waiting = 0, .patience = std::chrono::milliseconds(0)});
    auto a = gate.enter("a");
    EXPECT_TRUE(a);
    EXPECT_FALSE(gate.enter("a"));
    {
        const auto b = gate.enter("b");
        EXPECT_TRUE(b);
        EXPECT_FALSE(gate.enter("c"));
    }
    EXPECT_TRUE(gate.enter("c"));
}

}  // namespace
}  // namespace takas::app::auth
