// For tests: a demo institution in a store in memory, with the services that the operator's use cases call. Not part of
// the server.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstddef>

#include "app/auth/auth_world_test.hpp"
#include "app/context/context.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/system/demo_seed.hpp"

namespace takas::app::system {

/// A service that these tests never call: a reference to it can be had, nothing more.
struct Uncalled {
    alignas(std::max_align_t) std::array<std::byte, 64> nowhere{};
    template <class T>
    operator T&() {  // NOLINT(google-explicit-constructor)
        return reinterpret_cast<T&>(nowhere);
    }
};

struct SystemWorld {
    store::memory::MemoryStore store;
    auth::StandingClock clock;
    auth::SystemRandom random;
    ids::IdSource ids{clock, 0};
    catalog::Catalog catalog{store};
    auth::TokenService tokens{store, clock, random, auth::TokenKeys::generate()};
    crypto::Keyring keyring = crypto::Keyring::generate(Instant{});
    secrets::SecretBox secret_box{keyring};
    Uncalled uncalled;
    Services services{store,      clock,    random,   ids,    catalog,  uncalled,
                      secret_box, uncalled, uncalled, tokens, uncalled, uncalled};

    Context context() {
        return {.services = services,
                .tenant_id = core::identity::platform_tenant,
                .user_id = "00000000-0000-4000-8000-000000000001",
                .now = clock.now(),
                .correlation_id = "test",
                .unit = {}};
    }
    void seed() {
        auto first = context();
        const auto seeded = seed_demo(first);
        ASSERT_TRUE(seeded) << seeded.error().internal_detail;
    }
    TenantId demo_tenant() {
        using core::identity::Tenant;
        return (**store.find<Tenant>({ports::where<&Tenant::code>(demo_tenant_code)})).tenant_id;
    }
};

}  // namespace takas::app::system
