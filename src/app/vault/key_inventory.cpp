#include "app/vault/key_inventory.hpp"

#include <fmt/format.h>

#include <limits>

#include "app/ports/tables.hpp"
#include "app/vault/directory.hpp"
#include "app/vault/rotation.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::vault {

using ports::where;

namespace {

constexpr std::int64_t day_s = 86'400;

std::string line_of(std::string_view owner, const KeyStatus& status, Instant now) {
    const VaultKey& key = status.key;
    const bool counts_cards = key.use == KeyUse::card_data && key.state != KeyState::destroyed;
    const bool is_destroyed = key.state == KeyState::destroyed;
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", owner, to_name(key.use), key.key_version,
                       to_name(key.state),
                       is_destroyed                  ? "-"
                       : status.kek_id == EntityId{} ? "keyring"
                                                     : "keyring and KEK " + std::to_string(status.kek_id.value),
                       to_text(key.creation_time), (now.seconds() - key.creation_time.seconds()) / day_s,
                       counts_cards ? std::to_string(status.cards) : "-",
                       key.destroyed_at ? to_text(*key.destroyed_at) : "-");
}

/// The installation's own: no merchant's.
Result<std::string> lines_of_installation(ports::Store& store, Instant now) {
    auto rows = store.list<VaultKey>({{where<&VaultKey::merchant_id>(EntityId{})}, {{"use"}, {"key_version"}}});
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::string out;
    for (VaultKey& row : *rows) {
        const EntityId kek_id = Wrapping::kek_id_of(row);
        row.wrapped = {};
        out += line_of("(installation)", {std::move(row), kek_id, 0}, now);
    }
    return out;
}

}  // namespace

Result<std::int64_t> count_keys_under(ports::Store& store, EntityId kek_id) {
    std::int64_t count = 0;
    std::optional<VaultKey> row;
    auto done = store.scan(ports::table_of<VaultKey>(), {{}, {}, 0, std::numeric_limits<std::int64_t>::max()},
                           {[&]() -> void* { return &row.emplace(); },
                            [&] {
                                if (row->state != KeyState::destroyed && Wrapping::kek_id_of(*row) == kek_id) ++count;
                                return true;
                            }});
    if (!done) return std::unexpected(std::move(done.error()));
    return count;
}

Result<std::string> key_inventory_markdown(ports::Store& store, TenantId tenant_id, Instant now) {
    const bool is_platform = tenant_id == core::identity::platform_tenant;
    std::vector<ports::Condition> conditions;
    if (!is_platform) conditions.push_back(where<&VaultMerchant::tenant_id>(tenant_id));
    const auto merchants = store.list<VaultMerchant>({std::move(conditions), {{"id"}}, 0, merchants_max});
    if (!merchants) return std::unexpected(merchants.error());
    std::string lines;
    if (is_platform) {
        auto own = lines_of_installation(store, now);
        if (!own) return own;
        lines += *own;
    }
    for (const VaultMerchant& merchant : *merchants) {
        const auto keys = list_keys(store, merchant.id);
        if (!keys) return std::unexpected(keys.error());
        for (const KeyStatus& status : *keys)
            lines += line_of(fmt::format("{} ({})", merchant.code, merchant.id.value), status, now);
    }
    if (lines.empty()) return lines;
    return "\n## Keys of the card vault\n\nWrapped under the installation's keyring, and inside that under a "
           "key-encryption key of the HSM where one is named.\n\n"
           "| Merchant | Use | Version | State | Under | Created | Days old | Cards | Destroyed |\n"
           "|---|---|---|---|---|---|---|---|---|\n" +
           lines;
}

}  // namespace takas::app::vault
