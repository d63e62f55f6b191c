#include "app/authorize/directory.hpp"

#include "app/ports/tables.hpp"

namespace takas::app::authorize {

using core::card::Card;
using core::card::CardNumber;
using ports::where;

Result<std::optional<CardPlace>> Directory::by_token(TenantId tenant_id, TokenId token_id) {
    Shard& shard = shard_of(token_id);
    {
        const std::lock_guard lock(shard.mutex);
        if (const auto it = shard.places.find(token_id); it != shard.places.end())
            return it->second.tenant_id == tenant_id ? std::optional(it->second) : std::nullopt;
    }
    auto card = store_.find<Card>({where<&Card::tenant_id>(tenant_id), where<&Card::token_id>(token_id)});
    if (!card) return std::unexpected(std::move(card.error()));
    if (!*card) return std::nullopt;
    const CardPlace place{tenant_id, (*card)->account_id, token_id};
    const std::lock_guard lock(shard.mutex);
    if (shard.places.size() >= shard_max) shard.places.clear();
    shard.places.emplace(token_id, place);
    return place;
}

Result<std::optional<CardPlace>> Directory::by_pan_hash(TenantId tenant_id, const Blob& pan_hash) {
    auto number = store_.find<CardNumber>({where<&CardNumber::pan_hash>(pan_hash)});
    if (!number) return std::unexpected(std::move(number.error()));
    if (!*number || (*number)->tenant_id != tenant_id) return std::nullopt;
    return CardPlace{tenant_id, (*number)->account_id, (*number)->token_id};
}

}  // namespace takas::app::authorize
