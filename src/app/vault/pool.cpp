// Whose keys count for a call, and which owner it is under them. See cards.hpp.
#include "app/vault/cards.hpp"
#include "crypto/aead.hpp"

namespace takas::app::vault {
namespace {

/// The caller itself, or the partner whose pool it may use: the one it belongs to, or itself when it is the partner.
Result<MerchantPtr> holder_of(Context& context, const Caller& caller, bool partner_based,
                              std::string_view partner_identity) {
    if (!partner_based) return caller.merchant;
    const auto partner = context.services.vault->directory.merchant_by_uuid(partner_identity);
    if (!partner) return std::unexpected(partner.error());
    const bool may_use = *partner && (*partner)->state == core::vault::MerchantState::active &&
                         ((*partner)->id == caller.merchant->id || (*partner)->id == caller.merchant->partner_id);
    if (!may_use) return fail(ErrorCode::vault_partner_not_found);
    return *partner;
}

}  // namespace

Result<Pool> pool_of(Context& context, const Caller& caller, bool partner_based, std::string_view partner_identity) {
    auto holder = holder_of(context, caller, partner_based, partner_identity);
    if (!holder) return std::unexpected(std::move(holder.error()));
    Keys& keys = context.services.vault->keys;
    // Decided again: perhaps because the keys in memory are no longer those of the store.
    if (context.decisions > 1) keys.forget((*holder)->id);
    auto its_keys = keys.of((*holder)->id);
    if (!its_keys) return std::unexpected(std::move(its_keys.error()));
    return Pool{std::move(*holder), std::move(*its_keys), {}};
}

Result<Pool> pool_of(Context& context, const Caller& caller, const OwnerWish& owner) {
    auto pool = pool_of(context, caller, owner.partner_based, owner.partner_identity);
    if (!pool) return pool;
    const Bytes ids = crypto::associated_data({owner.relational_id1, owner.relational_id2, owner.relational_id3});
    pool->owner_mac = lookup_mac(*pool->keys, "owner", text_of(ids));
    return pool;
}

}  // namespace takas::app::vault
