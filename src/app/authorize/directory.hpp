// Which account a card belongs to. The answer never changes for a card that exists, so it is remembered.
#pragma once

#include <array>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "app/ports/store.hpp"
#include "base/strong_id.hpp"

namespace takas::app::authorize {

struct CardPlace {
    TenantId tenant_id;
    AccountId account_id;
    TokenId token_id;
};

class Directory {
  public:
    explicit Directory(ports::Store& store) : store_(store) {}

    /// Nothing when this tenant has no such card.
    Result<std::optional<CardPlace>> by_token(TenantId tenant_id, TokenId token_id);
    /// By the keyed hash of the card number.
    Result<std::optional<CardPlace>> by_pan_hash(TenantId tenant_id, const Blob& pan_hash);

  private:
    /// About 3 MB each; a full shard is emptied, which costs one read per card that is used again.
    static constexpr std::size_t shard_max = 65'536;
    struct Shard {
        std::mutex mutex;
        std::unordered_map<TokenId, CardPlace> places;
    };
    Shard& shard_of(TokenId token_id) { return shards_[(std::hash<TokenId>{}(token_id) >> 48) % shards_.size()]; }

    ports::Store& store_;
    std::array<Shard, 16> shards_;
};

}  // namespace takas::app::authorize
