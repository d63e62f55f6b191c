// For tests: a store in memory with one institution, its users and clients, a clock that stands still and the token
// service over them. Not part of the server.
#pragma once

#include <gtest/gtest.h>

#include "app/auth/token_service.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::auth {

struct StandingClock final : ports::Clock {
    Instant time = *parse_instant("2031-03-01T10:00:00Z");
    Instant now() const override { return time; }
};

struct SystemRandom final : ports::Random {
    void fill(std::span<std::uint8_t> out) override { crypto::random_fill(out); }
};

struct AuthWorld {
    static constexpr TenantId tenant_id{7};
    static constexpr std::string_view tenant_uuid = "00000000-0000-4000-8000-000000000007";
    static constexpr std::string_view user_uuid = "00000000-0000-4000-8000-000000000070";
    static constexpr std::string_view password = "correct horse battery";
    static constexpr std::string_view client_secret = "a secret of the erp";

    store::memory::MemoryStore store;
    StandingClock clock;
    SystemRandom random;
    ids::IdSource ids{clock, 0};
    catalog::Catalog catalog{store};
    std::unique_ptr<TokenService> tokens;

    AuthWorld() {
        using namespace core::identity;
        ports::Unit unit;
        Tenant tenant;
        tenant.tenant_id = tenant_id, tenant.tenant_uuid = tenant_uuid, tenant.code = "bank", tenant.name = "Bank";
        tenant.country = "TR";
        unit.insert(tenant);
        User user;
        user.tenant_id = tenant_id, user.user_id = UserId{70}, user.user_uuid = user_uuid, user.user_name = "ayse";
        user.password_hash = hash_of_password(), user.roles = {"viewer", "gone"};
        unit.insert(user);
        unit.insert(Role{tenant_id, "viewer", {"customer.read", "card.read", "system"}});
        unit.insert(Role{tenant_id, "integrator", {"*"}});
        unit.insert(ApiClient{"web", tenant_id, "", {}, true});
        unit.insert(ApiClient{"erp", tenant_id, client_secret_hash(client_secret), {"integrator"}, true});
        commit(std::move(unit));
        EXPECT_TRUE(catalog.refresh());
        start();
    }

    /// As after a restart: nothing is left in memory but the keys.
    void start() {
        if (!seed) seed = crypto::random_secret(crypto::SigningKey::seed_bytes);
        TokenKeys keys{*crypto::SigningKey::from_seed(*seed), {}};
        keys.verification.push_back(keys.signing.verification_key());
        tokens = std::make_unique<TokenService>(store, clock, random, std::move(keys));
    }

    void commit(ports::Unit unit) {
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }

    core::identity::User user() {
        using core::identity::User;
        return **store.find<User>({ports::where<&User::user_name>("ayse")});
    }
    void change_user(auto change) {
        auto changed = user();
        change(changed);
        ++changed.version;
        ports::Unit unit;
        unit.update(changed);
        commit(std::move(unit));
    }

    TokenRequest by_password(std::string_view given = password) const {
        TokenRequest request;
        request.grant_type = "password", request.client_id = "web";
        request.username = "ayse", request.password = std::string(given);
        return request;
    }
    TokenRequest by_refresh_token(std::string token) const {
        TokenRequest request;
        request.grant_type = "refresh_token", request.client_id = "web", request.refresh_token = std::move(token);
        return request;
    }
    TokenRequest by_client_credentials() const {
        TokenRequest request;
        request.grant_type = "client_credentials", request.client_id = "erp";
        request.client_secret = std::string(client_secret);
        return request;
    }

    /// Hashed once for all tests: it costs what a sign-in costs.
    static const std::string& hash_of_password() {
        static const std::string hash = *crypto::hash_password(password);
        return hash;
    }

    std::optional<crypto::SecretBytes> seed;
};

}  // namespace takas::app::auth
