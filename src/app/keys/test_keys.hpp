// The keys of an institution that tests: random ones, made by the HSM the first time that one is asked for, so that a
// new institution works without any hand. An institution that does not test gets none: its keys come from `takas keys`.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <utility>

#include "app/ids/id_source.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/clock.hpp"
#include "app/ports/hsm.hpp"

namespace takas::app::keys {

inline constexpr std::string_view test_key_label = "test";
/// creator_id of the keys that no user made.
inline constexpr std::string_view test_key_creator = "test-key-set";

class TestKeys {
  public:
    struct Doors {
        ports::Store& store;
        const ports::Clock& clock;
        ids::IdSource& ids;
        ports::Hsm& hsm;
        KeyDirectory& directory;
    };
    TestKeys(Doors doors, std::function<bool(TenantId)> is_in_test)
        : doors_(doors), is_in_test_(std::move(is_in_test)) {}

    /// Makes the set once for an institution in test; the RSA pair of the key exchange, which takes a second, apart.
    /// True when keys may be there now that were not. Several servers may ask at once: one makes them.
    bool make_for(TenantId tenant_id, core::key::KeyUsage usage);

  private:
    Result<ports::Unit> unit_for(TenantId tenant_id, bool is_rsa);
    Result<void> add(ports::Unit& unit, TenantId tenant_id, core::key::KeyUsage usage, std::int16_t index);

    Doors doors_;
    std::function<bool(TenantId)> is_in_test_;
    std::mutex mutex_;
    std::set<std::pair<TenantId, bool>> made_;  ///< tenant, RSA: nobody is asked twice
};

}  // namespace takas::app::keys
