#include "app/auth/token_service.hpp"

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"
#include "app/auth/random_text.hpp"

namespace takas::app::auth {
namespace {

using core::identity::ApiClient;
using core::identity::Permission;
using core::identity::RefreshToken;
using core::identity::Tenant;

Refusal refusal(const std::expected<GrantedToken, Refusal>& granted) {
    EXPECT_FALSE(granted);
    return granted ? Refusal{0xFF} : granted.error();
}

TEST(token_service, a_password_gives_a_token_with_the_claims_of_the_contract) {
    AuthWorld world;
    auto request = world.by_password();
    request.scope = "Issuing Acquiring offline_access";
    const auto granted = world.tokens->grant(request);
    ASSERT_TRUE(granted);
    EXPECT_EQ(granted->expires_in, 3600);
    EXPECT_EQ(granted->scope, "Issuing Acquiring offline_access");
    EXPECT_FALSE(granted->refresh_token.empty());

    const auto claims = world.tokens->verify(granted->access_token);
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->sub, AuthWorld::user_uuid);
    EXPECT_EQ(claims->tenant_id, AuthWorld::tenant_uuid);
    EXPECT_EQ(claims->username, "ayse");
    EXPECT_EQ(claims->client_id, "web");
    EXPECT_EQ(claims->roles, (std::vector<std::string>{"viewer", "gone"}));
    EXPECT_EQ(claims->iat, world.clock.time.seconds());
    EXPECT_EQ(claims->exp, world.clock.time.seconds() + 3600);
    EXPECT_FALSE(claims->jti.empty());
}

TEST(token_service, a_caller_has_the_permissions_of_today_and_never_system) {
    AuthWorld world;
    const auto claims = world.tokens->verify(world.tokens->grant(world.by_password())->access_token);
    ASSERT_TRUE(claims);
    auto caller = world.tokens->caller_of(*claims);
    ASSERT_TRUE(caller);
    EXPECT_EQ(caller->tenant_id, AuthWorld::tenant_id);
    EXPECT_TRUE(contains(caller->permissions, Permission::card_read));
    EXPECT_FALSE(contains(caller->permissions, Permission::card_write));
    EXPECT_FALSE(contains(caller->permissions, Permission::system));

    world.change_user([](auto& user) { user.roles = {"integrator"}; });
    EXPECT_TRUE(contains(world.tokens->caller_of(*claims)->permissions, Permission::card_write));
    world.change_user([](auto& user) { user.is_active = false; });
    EXPECT_EQ(world.tokens->caller_of(*claims).error().code, ErrorCode::unauthenticated);
}

TEST(token_service, client_credentials_give_a_token_without_refresh_token) {
    AuthWorld world;
    const auto granted = world.tokens->grant(world.by_client_credentials());
    ASSERT_TRUE(granted);
    EXPECT_TRUE(granted->refresh_token.empty());
    EXPECT_EQ(granted->scope, "Issuing Acquiring");
    const auto claims = world.tokens->verify(granted->access_token);
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->sub, client_subject("erp"));
    const auto caller = world.tokens->caller_of(*claims);
    ASSERT_TRUE(caller);
    EXPECT_TRUE(contains(caller->permissions, Permission::webhook_write));
    EXPECT_FALSE(contains(caller->permissions, Permission::system));
}

TEST(token_service, refusals) {
    AuthWorld world;
    auto request = world.by_client_credentials();
    request.client_secret = "another";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_client);
    request.client_secret.reset();
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_client);
    request.client_id = "nobody";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_client);
    request.client_id = "";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_request);
    request.client_id = "web";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::unauthorized_client);
    request.grant_type = "implicit";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::unsupported_grant_type);
    request.grant_type = "";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_request);

    request = world.by_password();
    request.scope = "admin";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_scope);
    request = world.by_password();
    request.password.reset();
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_request);
    request = world.by_refresh_token("x");
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_grant);
    request.refresh_token.reset();
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_request);
}

TEST(token_service, an_inactive_tenant_or_client_gets_nothing) {
    AuthWorld world;
    const auto claims = *world.tokens->verify(world.tokens->grant(world.by_client_credentials())->access_token);
    ports::Unit unit;
    unit.update(ApiClient{"erp", AuthWorld::tenant_id, client_secret_hash(AuthWorld::client_secret), {}, false});
    world.commit(std::move(unit));
    EXPECT_EQ(refusal(world.tokens->grant(world.by_client_credentials())), Refusal::invalid_client);
    EXPECT_FALSE(world.tokens->caller_of(claims));

    auto tenant = **world.store.find<Tenant>({ports::where<&Tenant::tenant_id>(AuthWorld::tenant_id)});
    tenant.is_active = false;
    ports::Unit second;
    second.update(tenant);
    world.commit(std::move(second));
    EXPECT_EQ(refusal(world.tokens->grant(world.by_password())), Refusal::invalid_grant);
}

TEST(token_service, a_refresh_token_works_once_and_the_next_one_follows) {
    AuthWorld world;
    const auto first = world.tokens->grant(world.by_password());
    ASSERT_TRUE(first);
    const auto second = world.tokens->grant(world.by_refresh_token(first->refresh_token));
    ASSERT_TRUE(second);
    EXPECT_NE(second->refresh_token, first->refresh_token);
    EXPECT_TRUE(world.tokens->verify(second->access_token));
    world.start();
    EXPECT_TRUE(world.tokens->grant(world.by_refresh_token(second->refresh_token)));
}

TEST(token_service, reuse_of_a_refresh_token_ends_its_family_and_no_other) {
    AuthWorld world;
    const auto other = world.tokens->grant(world.by_password());
    const auto first = world.tokens->grant(world.by_password());
    const auto second = world.tokens->grant(world.by_refresh_token(first->refresh_token));
    ASSERT_TRUE(second);
    world.start();
    EXPECT_EQ(refusal(world.tokens->grant(world.by_refresh_token(first->refresh_token))), Refusal::invalid_grant);
    EXPECT_EQ(refusal(world.tokens->grant(world.by_refresh_token(second->refresh_token))), Refusal::invalid_grant);
    EXPECT_TRUE(world.tokens->grant(world.by_refresh_token(other->refresh_token)));
}

TEST(token_service, a_refresh_token_belongs_to_its_client_and_dies_of_age) {
    AuthWorld world;
    const auto granted = world.tokens->grant(world.by_password());
    auto request = world.by_refresh_token(granted->refresh_token);
    request.client_id = "erp", request.client_secret = std::string(AuthWorld::client_secret);
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_grant);

    world.clock.time = world.clock.time.plus_seconds(world.tokens->settings().refresh_lifetime_s - 1);
    const auto second = world.tokens->grant(world.by_refresh_token(granted->refresh_token));
    ASSERT_TRUE(second);
    world.clock.time = world.clock.time.plus_seconds(1);
    EXPECT_EQ(refusal(world.tokens->grant(world.by_refresh_token(second->refresh_token))), Refusal::invalid_grant);
    EXPECT_TRUE(world.tokens->forget_expired());
    EXPECT_EQ(*world.store.count_of<RefreshToken>({}), 0);
}

TEST(token_service, a_refresh_narrows_the_scope_and_never_widens_it) {
    AuthWorld world;
    auto request = world.by_password();
    request.scope = "Issuing";
    const auto granted = world.tokens->grant(request);
    ASSERT_TRUE(granted);
    request = world.by_refresh_token(granted->refresh_token);
    request.scope = "Acquiring";
    EXPECT_EQ(refusal(world.tokens->grant(request)), Refusal::invalid_scope);
    request.scope = "Issuing Acquiring";
    EXPECT_EQ(world.tokens->grant(request)->scope, "Issuing");
}

TEST(token_service, an_inactive_user_cannot_refresh) {
    AuthWorld world;
    const auto granted = world.tokens->grant(world.by_password());
    world.change_user([](auto& user) { user.is_active = false; });
    EXPECT_EQ(refusal(world.tokens->grant(world.by_refresh_token(granted->refresh_token))), Refusal::invalid_grant);
}

TEST(token_service, tampered_expired_and_foreign_tokens_are_refused) {
    AuthWorld world;
    const auto granted = world.tokens->grant(world.by_password());
    std::string tampered = granted->access_token;
    char& digit = tampered[tampered.find('.') + 10];
    digit = digit == 'A' ? 'B' : 'A';
    EXPECT_EQ(world.tokens->verify(tampered).error().code, ErrorCode::unauthenticated);
    EXPECT_FALSE(world.tokens->verify(""));
    EXPECT_FALSE(world.tokens->verify(granted->refresh_token));

    TokenService stranger(world.store, world.clock, world.random, TokenKeys::generate());
    EXPECT_FALSE(stranger.verify(granted->access_token));
    TokenSettings settings;
    settings.issuer = "https://elsewhere.example";
    TokenKeys same_keys{*crypto::SigningKey::from_seed(*world.seed), {}};
    same_keys.verification.push_back(same_keys.signing.verification_key());
    TokenService other_issuer(world.store, world.clock, world.random, std::move(same_keys), settings);
    EXPECT_FALSE(other_issuer.verify(granted->access_token));

    world.clock.time = world.clock.time.plus_seconds(3601);
    EXPECT_FALSE(world.tokens->verify(granted->access_token));
}

TEST(token_service, a_store_that_cannot_write_gives_no_refusal_that_looks_final) {
    AuthWorld world;
    const auto granted = world.tokens->grant(world.by_password());
    world.store.set_writable(false);
    EXPECT_EQ(refusal(world.tokens->grant(world.by_password())), Refusal::temporarily_unavailable);
    EXPECT_EQ(refusal(world.tokens->grant(world.by_password("wrong"))), Refusal::temporarily_unavailable);
    EXPECT_EQ(refusal(world.tokens->grant(world.by_refresh_token(granted->refresh_token))),
              Refusal::temporarily_unavailable);
    world.store.set_writable(true);
    EXPECT_TRUE(world.tokens->grant(world.by_refresh_token(granted->refresh_token)));
}

}  // namespace
}  // namespace takas::app::auth
