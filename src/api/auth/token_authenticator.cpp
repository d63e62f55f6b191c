#include "api/auth/token_authenticator.hpp"

#include <cstring>
#include <optional>

namespace takas::api::auth {

std::size_t TokenAuthenticator::KeyHash::operator()(const crypto::Sha256& key) const noexcept {
    std::size_t hash = 0;  // any part of a SHA-256 is a good hash
    std::memcpy(&hash, key.data(), sizeof hash);
    return hash;
}

TokenAuthenticator::TokenAuthenticator(const app::auth::TokenService& tokens, const app::catalog::Catalog& catalog,
                                       const app::ports::Clock& clock, std::size_t max_tokens)
    : tokens_(tokens), catalog_(catalog), clock_(clock), shard_max_(std::max<std::size_t>(max_tokens / 16, 1)) {}

Result<Principal> TokenAuthenticator::authenticate(std::string_view bearer) {
    if (bearer.size() > crypto::max_jwt_bytes) return fail(ErrorCode::unauthenticated, "token refused: too long");
    const crypto::Sha256 key = crypto::sha256(bytes_of(bearer));
    Shard& shard = shards_[key.back() % shards_.size()];
    std::optional<crypto::JwtClaims> believed;
    {
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.entries.find(key);
        if (found != shard.entries.end()) {
            if (clock_.now().seconds() >= found->second.claims.exp) {
                shard.entries.erase(found);
                return fail(ErrorCode::unauthenticated, "token refused: expired");
            }
            if (is_fresh(found->second)) return *found->second.principal;
            believed = found->second.claims;
        }
    }
    if (!believed) {
        auto claims = tokens_.verify(bearer);
        if (!claims) return std::unexpected(std::move(claims.error()));
        believed = std::move(*claims);
    }
    auto entry = check(std::move(*believed));
    if (!entry) return std::unexpected(std::move(entry.error()));
    Principal principal = *entry->principal;
    keep(shard, key, std::move(*entry));
    return principal;
}

/// The generation is read first: a change between it and the look at the store makes the entry stale, never wrong.
Result<TokenAuthenticator::Entry> TokenAuthenticator::check(crypto::JwtClaims claims) const {
    Entry entry;
    entry.generation = catalog_.generation();
    entry.checked_at = clock_.now();
    auto caller = tokens_.caller_of(claims);
    if (!caller) return std::unexpected(std::move(caller.error()));
    entry.principal = std::make_shared<const Principal>(
        Principal{caller->tenant_id, std::move(caller->tenant_uuid), std::move(caller->user_uuid),
                  std::move(caller->user_name), caller->permissions, std::move(caller->scope)});
    entry.claims = std::move(claims);
    return entry;
}

bool TokenAuthenticator::is_fresh(const Entry& entry) const {
    return entry.generation == catalog_.generation() && clock_.now() < entry.checked_at.plus_seconds(recheck_after_s) &&
           clock_.now() >= entry.checked_at;
}

/// A full shard forgets whichever entry its table names first: hashes are random, so is the victim.
void TokenAuthenticator::keep(Shard& shard, const crypto::Sha256& key, Entry entry) {
    const std::lock_guard lock(shard.mutex);
    if (shard.entries.size() >= shard_max_ && !shard.entries.contains(key)) shard.entries.erase(shard.entries.begin());
    shard.entries.insert_or_assign(key, std::move(entry));
}

}  // namespace takas::api::auth
