#include "app/vault/owners.hpp"

#include "app/ports/tables.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/trail.hpp"

namespace takas::app::vault {

Result<std::int64_t> erase_owner(Context& context, EntityId merchant_id, const OwnerWish& owner) {
    auto merchant = tended_merchant(context, merchant_id);
    if (!merchant) return std::unexpected(std::move(merchant.error()));
    const Caller caller{std::make_shared<const VaultMerchant>(std::move(*merchant)), "operator"};
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    auto rows = rows_of(context, *pool);
    if (!rows) return std::unexpected(std::move(rows.error()));
    const auto count = static_cast<std::int64_t>(rows->size());
    for (VaultCard& row : *rows) context.unit.erase(std::move(row));
    context.decides_again_on.push_back(ports::table_of<VaultCard>().name);
    auto noted = note_owner(context, merchant_id, pool->owner_mac.bytes, core::audit::Action::deleted,
                            {detail("operation", "erase"), detail("cards", std::to_string(count))});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return count;
}

}  // namespace takas::app::vault
