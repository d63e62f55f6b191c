// Believes access tokens. A signature is checked once: what it proved is kept under the token's SHA-256 until the token
// expires. Whether user, client and tenant are still active and what they may do is asked again when the catalog says
// that something changed, and every half minute in any case.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "api/framework/principal.hpp"
#include "app/auth/token_service.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/clock.hpp"
#include "crypto/digest.hpp"

namespace takas::api::auth {

inline constexpr std::int64_t recheck_after_s = 30;

class TokenAuthenticator final : public Authenticator {
  public:
    /// Keeps at most about `max_tokens` tokens, some 1 KiB each.
    TokenAuthenticator(const app::auth::TokenService& tokens, const app::catalog::Catalog& catalog,
                       const app::ports::Clock& clock, std::size_t max_tokens = 65'536);

    Result<Principal> authenticate(std::string_view bearer) override;

  private:
    struct Entry {
        crypto::JwtClaims claims;
        std::shared_ptr<const Principal> principal;
        Instant checked_at;
        std::uint64_t generation = 0;  ///< of the catalog, when the principal was read
    };
    struct KeyHash {
        std::size_t operator()(const crypto::Sha256& key) const noexcept;
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<crypto::Sha256, Entry, KeyHash> entries;
    };

    Result<Entry> check(crypto::JwtClaims claims) const;
    bool is_fresh(const Entry& entry) const;
    void keep(Shard& shard, const crypto::Sha256& key, Entry entry);

    const app::auth::TokenService& tokens_;
    const app::catalog::Catalog& catalog_;
    const app::ports::Clock& clock_;
    std::array<Shard, 16> shards_;
    const std::size_t shard_max_;
};

}  // namespace takas::api::auth
