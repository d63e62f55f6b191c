// Whose keys count for a call, and which owner it is under them. See cards.hpp.
#include <algorithm>
#include <utility>

#include "app/vault/cards.hpp"
#include "app/vault/trail.hpp"
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

/// Lists name the owner in headers, which lose blanks at their ends and carry no control characters.
Result<void> check_owner(const OwnerWish& owner) {
    for (const auto& [name, id] : {std::pair<std::string_view, std::string_view>{"RelationalId1", owner.relational_id1},
                                   {"RelationalId2", owner.relational_id2},
                                   {"RelationalId3", owner.relational_id3}}) {
        const bool has_control =
            std::ranges::any_of(id, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
        if (has_control || id.starts_with(' ') || id.ends_with(' '))
            return fail_field(std::string(name), "No blanks at the ends and no control characters.",
                              "Başında ve sonunda boşluk, içinde denetim karakteri olmamalı.");
    }
    return {};
}

}  // namespace

Result<Pool> pool_of(Context& context, const Caller& caller, bool partner_based, std::string_view partner_identity) {
    auto holder = holder_of(context, caller, partner_based, partner_identity);
    if (!holder) return refuse(context, chain_of_merchant(caller.merchant->id), std::move(holder.error()));
    Keys& keys = context.services.vault->keys;
    // Decided again: perhaps because the keys in memory are no longer those of the store.
    if (context.decisions > 1) keys.forget((*holder)->id);
    auto its_keys = keys.of((*holder)->id);
    if (!its_keys) return std::unexpected(std::move(its_keys.error()));
    return Pool{std::move(*holder), std::move(*its_keys), partner_based, {}};
}

Result<Pool> pool_of(Context& context, const Caller& caller, const OwnerWish& owner) {
    if (auto right = check_owner(owner); !right) return std::unexpected(std::move(right.error()));
    auto pool = pool_of(context, caller, owner.partner_based, owner.partner_identity);
    if (!pool) return pool;
    const Bytes ids = crypto::associated_data({owner.relational_id1, owner.relational_id2, owner.relational_id3});
    Blob shared = lookup_mac(*pool->keys, "shared owner", text_of(ids));
    if (pool->is_shared) {
        pool->owner_mac = std::move(shared);
    } else {
        pool->owner_mac = lookup_mac(*pool->keys, "owner", text_of(ids));
        pool->shared_mac = std::move(shared);
    }
    return pool;
}

}  // namespace takas::app::vault
