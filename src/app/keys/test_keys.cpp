#include "app/keys/test_keys.hpp"

#include <string>

#include "app/ports/tables.hpp"
#include "base/log.hpp"

namespace takas::app::keys {

using core::key::KeyUsage;
using core::key::PaymentKey;
using ports::CommitOutcome;

namespace {

constexpr std::int16_t pvki_count = 10;
/// The derivation key index that chip profiles of the demo put into their issuer application data.
constexpr std::int16_t test_dki = 1;

bool is_issuer_master_key(KeyUsage usage) { return usage >= KeyUsage::imk_ac && usage <= KeyUsage::imk_dcvv; }

/// Its row says that the set was made: who comes second finds the row taken.
ports::Meta mark_of(TenantId tenant_id, bool is_rsa) {
    return {"test_keys:" + std::to_string(tenant_id.value) + (is_rsa ? ":rsa" : ""), "made"};
}

}  // namespace

bool TestKeys::make_for(TenantId tenant_id, KeyUsage usage) {
    if (!is_in_test_(tenant_id)) return false;
    const bool is_rsa = usage == KeyUsage::key_exchange;
    const std::lock_guard lock(mutex_);
    if (made_.contains({tenant_id, is_rsa})) return true;  // perhaps while this one waited
    auto unit = unit_for(tenant_id, is_rsa);
    if (!unit) {
        log::warning("test_keys_failed").add("tenant_id", tenant_id).add("detail", unit.error().internal_detail);
        return false;
    }
    const auto outcome = doors_.store.commit_and_wait(std::move(*unit)).outcome;
    if (outcome != CommitOutcome::committed && outcome != CommitOutcome::conflict) return false;
    if (!doors_.directory.refresh()) return false;
    made_.insert({tenant_id, is_rsa});
    if (outcome == CommitOutcome::committed) log::info("test_keys_made").add("tenant_id", tenant_id);
    return true;
}

Result<ports::Unit> TestKeys::unit_for(TenantId tenant_id, bool is_rsa) {
    ports::Unit unit;
    unit.insert(mark_of(tenant_id, is_rsa));
    for (const core::key::KeyUsageRow& row : core::key::usage_rows()) {
        if (row.rsa != is_rsa) continue;
        if (row.usage == KeyUsage::pvk) {
            for (std::int16_t pvki = 0; pvki < pvki_count; ++pvki)
                if (auto added = add(unit, tenant_id, row.usage, pvki); !added)
                    return std::unexpected(std::move(added.error()));
            continue;
        }
        const std::int16_t index = is_issuer_master_key(row.usage) ? test_dki : std::int16_t{0};
        if (auto added = add(unit, tenant_id, row.usage, index); !added)
            return std::unexpected(std::move(added.error()));
    }
    KeyDirectory::mark_changed(unit, doors_.ids);
    return unit;
}

Result<void> TestKeys::add(ports::Unit& unit, TenantId tenant_id, KeyUsage usage, std::int16_t index) {
    const auto& row = core::key::usage_row(usage);
    PaymentKey draft;
    draft.tenant_id = tenant_id;
    draft.id = doors_.ids.next<EntityId>();
    draft.label = test_key_label;
    draft.usage = usage;
    draft.algorithm = row.preferred_algorithm;
    draft.mode_of_use = *from_name<core::key::ModeOfUse>(row.modes.substr(0, 1));
    draft.exportability = row.exportability;
    draft.key_index = index;
    draft.created_at = doors_.clock.now();
    draft.creator_id = test_key_creator;
    auto made = doors_.hsm.generate(std::move(draft));
    if (!made) return std::unexpected(std::move(made.error()));
    unit.insert(std::move(*made));
    return {};
}

}  // namespace takas::app::keys
