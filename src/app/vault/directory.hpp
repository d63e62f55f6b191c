// Merchants and credentials as calls need them: from memory, believed for a moment only, so that a revoked credential
// is out within seconds on every server and at once on the one where it was revoked.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"
#include "core/vault/merchant.hpp"

namespace takas::app::vault {

using core::vault::CredentialKind;
using core::vault::CredentialScope;
using core::vault::VaultCredential;
using core::vault::VaultMerchant;

using MerchantPtr = std::shared_ptr<const VaultMerchant>;
using CredentialPtr = std::shared_ptr<const VaultCredential>;

inline constexpr std::int64_t directory_fresh_s = 2;
/// Entries of each kind; a full map is emptied: what is asked for comes back with one read.
inline constexpr std::size_t directory_kept_max = 16'384;

inline constexpr std::int64_t merchants_max = 100'000;

class Directory {
  public:
    Directory(ports::Store& store, const ports::Clock& clock) : store_(store), clock_(clock) {}

    /// nullptr when there is none. Errors: those of the store.
    Result<MerchantPtr> merchant(EntityId id);
    Result<MerchantPtr> merchant_by_uuid(std::string_view uuid);
    Result<CredentialPtr> credential(std::string_view key_id);
    /// Is it among the allowed origins of any active merchant? For the question a browser asks before it knows a token.
    Result<bool> is_origin_of_any(std::string_view origin);

    /// After a change here.
    void forget();

  private:
    template <class Value>
    struct Entry {
        std::shared_ptr<const Value> value;
        Instant read_at;
    };
    template <class Key, class Value>
    using Entries = std::map<Key, Entry<Value>, std::less<>>;

    template <class Record, class Key, class Lookup>
    Result<std::shared_ptr<const Record>> get(Entries<Key, Record>& entries, const Lookup& key,
                                              std::vector<ports::Condition> conditions);
    bool is_fresh(Instant read_at) const;

    ports::Store& store_;
    const ports::Clock& clock_;
    std::mutex mutex_;
    Entries<EntityId, VaultMerchant> merchants_;
    Entries<std::string, VaultMerchant> by_uuid_;
    Entries<std::string, VaultCredential> credentials_;
    std::set<std::string, std::less<>> origins_;  ///< of all active merchants
    Instant origins_read_at_;
    bool knows_origins_ = false;
    std::uint64_t generation_ = 0;  ///< of forget(): what was read before is not kept after
};

}  // namespace takas::app::vault
