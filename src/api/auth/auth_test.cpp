#include <gtest/gtest.h>

#include "api/system/api_world_test.hpp"
#include "base/encoding.hpp"

namespace takas::api::auth {
namespace {

struct AuthApi : ::testing::Test {
    ApiWorld world;
    static std::string text(const net::HttpResponse& response, std::string_view path) {
        return ApiWorld::text(response, path);
    }
};

TEST_F(AuthApi, tokens_come_from_a_form_and_from_json_and_are_refreshed) {
    const auto first =
        world.send("POST", "/connect/token",
                   ApiWorld::password_form("demo", "demo", "demo") + "&scope=Issuing%20Acquiring+offline_access");
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(text(first, "token_type"), "Bearer");
    EXPECT_EQ(text(first, "expires_in"), "3600");
    EXPECT_EQ(text(first, "scope"), "Issuing Acquiring offline_access");

    const auto second = world.send("POST", "/api/v1/auth/refresh-token",
                                   R"({"client_id":"demo","refresh_token":")" + text(first, "refresh_token") + R"("})");
    ASSERT_EQ(second.status, 200) << second.body;
    const auto third =
        world.send("POST", "/api/v1/auth/token",
                   R"({"grant_type":"password","client_id":"demo","username":"demo","password":"demo"})");
    ASSERT_EQ(third.status, 200) << third.body;

    const auto reused =
        world.send("POST", "/connect/token",
                   "grant_type=refresh_token&client_id=demo&refresh_token=" + text(first, "refresh_token"));
    EXPECT_EQ(reused.status, 400);
    EXPECT_EQ(text(reused, "error"), "invalid_grant");
    const auto family =
        world.send("POST", "/connect/token",
                   "grant_type=refresh_token&client_id=demo&refresh_token=" + text(second, "refresh_token"));
    EXPECT_EQ(text(family, "error"), "invalid_grant");
}

TEST_F(AuthApi, refusals_have_the_form_of_oauth) {
    const auto wrong = world.send("POST", "/connect/token", ApiWorld::password_form("demo", "wrong", "demo"));
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(text(wrong, "error"), "invalid_grant");
    const auto nobody = world.send("POST", "/connect/token", ApiWorld::password_form("nobody", "wrong", "demo"));
    EXPECT_EQ(nobody.body, wrong.body);

    const auto client = world.send("POST", "/connect/token", ApiWorld::password_form("demo", "demo", "nobody"));
    EXPECT_EQ(client.status, 401);
    EXPECT_EQ(text(client, "error"), "invalid_client");

    for (const std::string body : {"grant_type=password&grant_type=password&client_id=demo", "grant_type=%zz",
                                   "client_id=demo", R"({"grant_type":1})", R"({"grant_type")"}) {
        const auto broken = world.send("POST", "/connect/token", body);
        EXPECT_EQ(broken.status, 400) << body;
        EXPECT_EQ(text(broken, "error"), "invalid_request") << body << broken.body;
    }
    const auto grant = world.send("POST", "/connect/token", "grant_type=implicit&client_id=demo");
    EXPECT_EQ(text(grant, "error"), "unsupported_grant_type");
    const auto open = world.send("POST", "/connect/token", "grant_type=client_credentials&client_id=demo");
    EXPECT_EQ(text(open, "error"), "unauthorized_client");
    const auto scope =
        world.send("POST", "/connect/token", ApiWorld::password_form("demo", "demo", "demo") + "&scope=admin");
    EXPECT_EQ(text(scope, "error"), "invalid_scope");
    world.store.set_writable(false);
    const auto down = world.send("POST", "/connect/token", ApiWorld::password_form("demo", "demo", "demo"));
    EXPECT_EQ(down.status, 503);
    EXPECT_EQ(text(down, "error"), "temporarily_unavailable");
}

TEST_F(AuthApi, a_locked_user_hears_what_everyone_hears) {
    net::HttpResponse wrong;
    for (int i = 0; i < 5; ++i)
        wrong = world.send("POST", "/connect/token", ApiWorld::password_form("demo", "wrong", "demo"));
    const auto locked = world.send("POST", "/connect/token", ApiWorld::password_form("demo", "demo", "demo"));
    EXPECT_EQ(locked.status, 400);
    EXPECT_EQ(locked.body, wrong.body);
    world.clock.time = world.clock.time.plus_seconds(app::auth::lock_duration_s);
    EXPECT_EQ(world.send("POST", "/connect/token", ApiWorld::password_form("demo", "demo", "demo")).status, 200);
}

TEST_F(AuthApi, a_confidential_client_may_use_http_basic) {
    world.sign_in("operator");
    const auto created = world.send(
        "POST", "/api/v1/system/api-client",
        R"({"clientId":"erp","roles":["integrator"],"tenantId":)" + std::to_string(world.demo_tenant().value) + "}");
    ASSERT_EQ(created.status, 200) << created.body;
    world.token.clear();
    const std::string pair = "erp:" + text(created, "clientSecret");
    const auto granted = world.send("POST", "/connect/token", "grant_type=client_credentials",
                                    {{"Authorization", "Basic " + base64_encode(bytes_of(pair))}});
    EXPECT_EQ(granted.status, 200) << granted.body;
    EXPECT_EQ(text(granted, "refresh_token"), "");
    const auto wrong = world.send("POST", "/connect/token", "grant_type=client_credentials",
                                  {{"Authorization", "Basic " + base64_encode(bytes_of("erp:wrong"))}});
    EXPECT_EQ(wrong.status, 401);
    const auto broken =
        world.send("POST", "/connect/token", "grant_type=client_credentials", {{"Authorization", "Basic ???"}});
    EXPECT_EQ(broken.status, 401);
}

TEST_F(AuthApi, keys_and_metadata_are_public) {
    const auto jwks = world.send("GET", "/.well-known/jwks.json");
    EXPECT_EQ(jwks.status, 200);
    EXPECT_NE(jwks.body.find(R"("kty":"OKP")"), std::string::npos) << jwks.body;
    EXPECT_EQ(jwks.body.find(R"("d":)"), std::string::npos);
    const auto metadata = world.send("GET", "/.well-known/oauth-authorization-server");
    EXPECT_EQ(text(metadata, "token_endpoint"), "/connect/token");
}

struct TokenAuthenticatorTest : ::testing::Test {
    ApiWorld world;
    TokenAuthenticator& authenticator = world.authenticator;
    TokenAuthenticatorTest() { world.sign_in("demo"); }

    core::identity::User demo_user() {
        using core::identity::User;
        return **world.store.find<User>({app::ports::where<&User::user_name>("demo")});
    }
    /// As another server does it: this process is not told.
    void deactivate_behind_our_back() {
        auto user = demo_user();
        user.is_active = false;
        app::ports::Unit unit;
        unit.update(user);
        ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    }
    ErrorCode refusal(std::string_view token) {
        const auto result = authenticator.authenticate(token);
        EXPECT_FALSE(result);
        return result ? ErrorCode::count_ : result.error().code;
    }
};

TEST_F(TokenAuthenticatorTest, says_who_calls) {
    const auto principal = authenticator.authenticate(world.token);
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->tenant_id, world.demo_tenant());
    EXPECT_EQ(principal->user_id, demo_user().user_uuid);
    EXPECT_EQ(principal->user_name, "demo");
    EXPECT_TRUE(contains(principal->permissions, Permission::card_write));
    EXPECT_FALSE(contains(principal->permissions, Permission::system));
}

TEST_F(TokenAuthenticatorTest, forged_tokens_are_refused_and_not_remembered) {
    std::string forged = world.token;
    forged[forged.size() / 2] = forged[forged.size() / 2] == 'A' ? 'B' : 'A';
    for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal(forged), ErrorCode::unauthenticated);
    EXPECT_EQ(refusal(std::string(20'000, 'A')), ErrorCode::unauthenticated);
    EXPECT_EQ(refusal(""), ErrorCode::unauthenticated);
}

TEST_F(TokenAuthenticatorTest, a_believed_token_still_expires) {
    EXPECT_TRUE(authenticator.authenticate(world.token));
    world.clock.time = world.clock.time.plus_seconds(3600);
    EXPECT_EQ(refusal(world.token), ErrorCode::unauthenticated);
    EXPECT_EQ(refusal(world.token), ErrorCode::unauthenticated);
}

TEST_F(TokenAuthenticatorTest, what_another_server_changes_counts_after_half_a_minute) {
    EXPECT_TRUE(authenticator.authenticate(world.token));
    deactivate_behind_our_back();
    EXPECT_TRUE(authenticator.authenticate(world.token));
    world.clock.time = world.clock.time.plus_seconds(recheck_after_s);
    EXPECT_EQ(refusal(world.token), ErrorCode::unauthenticated);
}

TEST_F(TokenAuthenticatorTest, what_the_catalog_reports_counts_at_once) {
    EXPECT_TRUE(authenticator.authenticate(world.token));
    deactivate_behind_our_back();
    ASSERT_TRUE(world.catalog.refresh());
    EXPECT_EQ(refusal(world.token), ErrorCode::unauthenticated);
}

TEST_F(TokenAuthenticatorTest, a_full_cache_forgets_and_asks_again) {
    TokenAuthenticator tiny(world.tokens, world.catalog, world.clock, 1);
    const std::string first = world.token;
    world.sign_in("operator");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(tiny.authenticate(first));
        EXPECT_TRUE(tiny.authenticate(world.token));
    }
}

}  // namespace
}  // namespace takas::api::auth
