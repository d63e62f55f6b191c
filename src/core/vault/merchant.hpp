// The merchants of the card vault: who may keep cards here, with which credentials, under which keys. Stored records
// only; what they mean in a call is app/vault's.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::vault {

enum class MerchantState : std::uint8_t {
    active = 0,
    suspended = 1,  ///< its credentials open nothing
    erased = 2,     ///< its keys are destroyed: nothing of what it stored can be read again
};

struct VaultMerchant {
    EntityId id;
    TenantId tenant_id;         ///< the institution that runs the vault for it
    std::string merchant_uuid;  ///< its public name; as PartnerIdentity it names the pool of its cards
    std::string code, name;
    MerchantState state{};
    EntityId partner_id;                         ///< another merchant, whose pool this one may use; 0: none
    std::vector<std::string> allowed_origins;    ///< "https://shop.example": pages that may make temporary cards
    std::vector<std::string> allowed_addresses;  ///< of callers: "192.0.2.7", "2001:db8::/32"; empty: any
    std::vector<std::string> forward_hosts;      ///< DNS names that cards may be sent on to
    bool deduplicates = false;                   ///< the same card of the same owner is kept once
    std::int32_t unique_code_period_h = 24;      ///< how long an epoch of card handles is
    std::int32_t temp_cards_per_token = 10;
    std::int32_t card_retention_days = 0;  ///< a card that was not used for so long goes; 0: never
    std::int64_t version = 1;
    Instant creation_time;
};

/// Which doors a pair of values opens.
enum class CredentialKind : std::uint8_t { public_pair = 0, private_pair = 1 };

/// What a credential may do behind its doors.
enum class CredentialScope : std::uint8_t {
    temp_token = 0,  ///< make tokens for browsers
    bin = 1,         ///< ask the BIN table
    cards = 2,       ///< keep, list, change and remove cards
    blacklist = 3,
    resolve = 4,  ///< read whole card numbers: a payment connector's
    forward = 5,  ///< send cards on to allowed hosts
};

struct VaultCredential {
    std::string key_id;  ///< sent as apikeypublic or apikeyprivate
    EntityId merchant_id;
    CredentialKind kind{};
    Blob secret_mac;  ///< HMAC-SHA-256 of the secret, under the installation's key
    std::vector<CredentialScope> scopes;
    std::string label;
    std::optional<Instant> expires_at;
    bool is_active = true;
    std::string replaced_by;  ///< key_id of the one that it was rotated to
    std::int64_t version = 1;
    Instant creation_time;
};

/// The keys of the vault. `installation` ones belong to no merchant.
enum class KeyUse : std::uint8_t {
    card_data = 0,    ///< AES-256-GCM over cards; one version active, older ones to read only
    lookup = 1,       ///< HMAC-SHA-256: owners, equal cards, the blacklist
    unique_code = 2,  ///< card handles
    credential = 3,   ///< HMAC-SHA-256 of credentials' secrets; of the installation
};

enum class KeyState : std::uint8_t { active = 0, decrypt_only = 1, destroyed = 2 };

struct VaultKey {
    EntityId merchant_id;  ///< 0: the installation's
    KeyUse use{};
    std::int32_t key_version = 1;
    KeyState state{};
    Blob wrapped;  ///< under the keyring, bound to merchant, use and version; empty once destroyed
    std::int64_t version = 1;
    Instant creation_time;
    std::optional<Instant> destroyed_at;
};

}  // namespace takas::core::vault

namespace takas {

template <>
struct EnumNames<core::vault::MerchantState> {
    using E = core::vault::MerchantState;
    static constexpr std::string_view name = "VaultMerchantState";
    static constexpr std::array values{named(E::active, "Active"), named(E::suspended, "Suspended"),
                                       named(E::erased, "Erased")};
};
template <>
struct EnumNames<core::vault::CredentialKind> {
    using E = core::vault::CredentialKind;
    static constexpr std::string_view name = "VaultCredentialKind";
    static constexpr std::array values{named(E::public_pair, "Public"), named(E::private_pair, "Private")};
};
template <>
struct EnumNames<core::vault::CredentialScope> {
    using E = core::vault::CredentialScope;
    static constexpr std::string_view name = "VaultCredentialScope";
    static constexpr std::array values{named(E::temp_token, "TempToken"), named(E::bin, "Bin"),
                                       named(E::cards, "Cards"),          named(E::blacklist, "Blacklist"),
                                       named(E::resolve, "Resolve"),      named(E::forward, "Forward")};
};
template <>
struct EnumNames<core::vault::KeyUse> {
    using E = core::vault::KeyUse;
    static constexpr std::string_view name = "VaultKeyUse";
    static constexpr std::array values{named(E::card_data, "CardData"), named(E::lookup, "Lookup"),
                                       named(E::unique_code, "UniqueCode"), named(E::credential, "Credential")};
};
template <>
struct EnumNames<core::vault::KeyState> {
    using E = core::vault::KeyState;
    static constexpr std::string_view name = "VaultKeyState";
    static constexpr std::array values{named(E::active, "Active"), named(E::decrypt_only, "DecryptOnly"),
                                       named(E::destroyed, "Destroyed")};
};

template <>
struct Describe<core::vault::VaultMerchant> {
    using T = core::vault::VaultMerchant;
    static constexpr std::string_view name = "VaultMerchant";
    static constexpr auto& fields =
        columns<&T::id, &T::tenant_id, &T::merchant_uuid, &T::code, &T::name, &T::state, &T::partner_id,
                &T::allowed_origins, &T::allowed_addresses, &T::forward_hosts, &T::deduplicates,
                &T::unique_code_period_h, &T::temp_cards_per_token, &T::card_retention_days, &T::version,
                &T::creation_time>;
};
template <>
struct Describe<core::vault::VaultCredential> {
    using T = core::vault::VaultCredential;
    static constexpr std::string_view name = "VaultCredential";
    static constexpr auto& fields =
        columns<&T::key_id, &T::merchant_id, &T::kind, &T::secret_mac, &T::scopes, &T::label, &T::expires_at,
                &T::is_active, &T::replaced_by, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::vault::VaultKey> {
    using T = core::vault::VaultKey;
    static constexpr std::string_view name = "VaultKey";
    static constexpr auto& fields = columns<&T::merchant_id, &T::use, &T::key_version, &T::state, &T::wrapped,
                                            &T::version, &T::creation_time, &T::destroyed_at>;
};

}  // namespace takas
