#include "app/keys/key_warnings.hpp"

#include <algorithm>
#include <array>

#include "app/keys/test_keys.hpp"
#include "app/ports/tables.hpp"
#include "base/log.hpp"

namespace takas::app::keys {

using core::card::CardSecurity;
using core::identity::Tenant;
using core::key::KeyState;
using core::key::KeyUsage;
using ports::where;

namespace {

Result<std::int64_t> cards_of(ports::Store& store, const core::key::PaymentKey& key) {
    const bool is_storage = key.usage == KeyUsage::pin_storage;
    const std::array conditions{
        where<&CardSecurity::tenant_id>(key.tenant_id),
        is_storage ? where<&CardSecurity::pin_block_key_id>(key.id) : where<&CardSecurity::pin_key_id>(key.id)};
    return store.count_of<CardSecurity>(conditions);
}

bool is_of_pins(KeyUsage usage) {
    return usage == KeyUsage::pvk || usage == KeyUsage::pvk_ibm || usage == KeyUsage::pin_storage;
}

}  // namespace

Result<std::vector<NeededKey>> needed_old_keys(ports::Store& store, const KeyDirectory& directory, TenantId tenant_id) {
    std::vector<NeededKey> needed;
    for (KeyRef& key : directory.list(tenant_id)) {
        if (!is_of_pins(key->usage) || key->state == KeyState::active) continue;
        const auto count = cards_of(store, *key);
        if (!count) return std::unexpected(count.error());
        if (*count > 0) needed.push_back({std::move(key), *count});
    }
    return needed;
}

bool has_only_test_keys(const KeyDirectory& directory, TenantId tenant_id) {
    bool has_any = false;
    for (const KeyRef& key : directory.list(tenant_id)) {
        if (key->state != KeyState::active) continue;
        if (key->creator_id != test_key_creator) return false;
        has_any = true;
    }
    return has_any;
}

Result<void> log_key_warnings(ports::Store& store, const KeyDirectory& directory,
                              const std::function<bool(TenantId)>& is_in_test) {
    constexpr std::int64_t tenants_max = 10'000;
    const auto tenants = store.list<Tenant>({{}, {}, 0, tenants_max});
    if (!tenants) return std::unexpected(tenants.error());
    for (const Tenant& tenant : *tenants) {
        if (!is_in_test(tenant.tenant_id) && has_only_test_keys(directory, tenant.tenant_id))
            log::warning("live_tenant_has_test_keys")
                .add("tenant_id", tenant.tenant_id)
                .add("remedy", "make or import its own keys: takas keys generate | import");
        const auto needed = needed_old_keys(store, directory, tenant.tenant_id);
        if (!needed) return std::unexpected(needed.error());
        for (const NeededKey& one : *needed)
            log::warning("old_pin_key_needed")
                .add("tenant_id", tenant.tenant_id)
                .add("key_id", one.key->id)
                .add("key_usage", one.key->usage)
                .add("state", one.key->state)
                .add("cards", one.card_count)
                .add("remedy", "these cards' PINs cannot be checked without it; new PINs are made with the newest key");
    }
    return {};
}

}  // namespace takas::app::keys
