// What the vault keeps: tokens for browsers, temporary cards, stored cards, the blacklist, and each use of a card.
// Stored records only. Nothing of a card stands here in the clear: `sealed` is bound to its row, merchant and owner.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::vault {

/// What is kept of a card. Published numbers.
enum class CardScope : std::uint8_t {
    ecom = 1,       ///< the whole number
    insurance = 2,  ///< first eight, last four and whose card it is
};

/// What a browser may be given.
struct VaultTempToken {
    Blob token_hash;  ///< SHA-256 of the token
    EntityId id;
    EntityId merchant_id;
    bool client_card_save = false, three_d_session = false, client_sdk = false;
    std::int32_t cards_left = 0;
    Instant expires_at;
    std::int64_t version = 1;
    Instant creation_time;
};

/// A card on its way from a browser to the merchant. Its verification code is not here: it never leaves the memory of
/// the server that took it.
struct VaultTempCard {
    EntityId merchant_id;
    Blob token_hash;  ///< SHA-256 of the card token
    EntityId id;
    CardScope scope{};
    Blob sealed;
    std::int32_t key_version = 0;
    std::int64_t resolution_id = 0;  ///< of the payment that has read it; 0: none yet
    Instant expires_at;
    std::int64_t version = 1;
    Instant creation_time;
};

struct VaultCard {
    EntityId merchant_id;  ///< whose keys: the merchant, or the partner whose pool it is in
    EntityId id;
    EntityId stored_by;  ///< the merchant that stored it
    Blob owner_mac;      ///< HMAC of the three owner ids
    CardScope scope{};
    Blob sealed;
    std::int32_t key_version = 0;
    std::optional<std::string> duplicate_key;  ///< of merchants that keep equal cards once
    std::string fingerprint_id;                ///< random; the same for equal cards of such a merchant
    Instant creation_time, last_modification_time, last_used_at;
    std::int64_t version = 1;
};

/// Which random id stands for which card number.
struct VaultFingerprint {
    EntityId merchant_id;
    Blob card_mac;
    std::string fingerprint_id;
};

struct VaultBlacklistEntry {
    EntityId merchant_id;
    Blob card_mac;
    std::string entry_uuid;
    EntityId added_by;
    Instant creation_time;
};

/// One payment that read a card: its reference makes the reading single-use.
struct VaultResolution {
    EntityId merchant_id;
    std::string reference;
    EntityId id;
    EntityId card_id;  ///< a stored card's; 0: a temporary one's
    Blob temp_card_hash;
    std::string key_id;               ///< the credential
    std::optional<bool> is_approved;  ///< what the connector told afterwards
    std::int64_t version = 1;
    Instant creation_time;
};

}  // namespace takas::core::vault

namespace takas {

template <>
struct EnumNames<core::vault::CardScope> {
    using E = core::vault::CardScope;
    static constexpr std::string_view name = "VaultCardScope";
    static constexpr std::array values{named(E::ecom, "ECom"), named(E::insurance, "Insurance")};
};

template <>
struct Describe<core::vault::VaultTempToken> {
    using T = core::vault::VaultTempToken;
    static constexpr std::string_view name = "VaultTempToken";
    static constexpr auto& fields =
        columns<&T::token_hash, &T::id, &T::merchant_id, &T::client_card_save, &T::three_d_session, &T::client_sdk,
                &T::cards_left, &T::expires_at, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::vault::VaultTempCard> {
    using T = core::vault::VaultTempCard;
    static constexpr std::string_view name = "VaultTempCard";
    static constexpr auto& fields =
        columns<&T::merchant_id, &T::token_hash, &T::id, &T::scope, &T::sealed, &T::key_version, &T::resolution_id,
                &T::expires_at, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::vault::VaultCard> {
    using T = core::vault::VaultCard;
    static constexpr std::string_view name = "VaultCard";
    static constexpr auto& fields =
        columns<&T::merchant_id, &T::id, &T::stored_by, &T::owner_mac, &T::scope, &T::sealed, &T::key_version,
                &T::duplicate_key, &T::fingerprint_id, &T::creation_time, &T::last_modification_time, &T::last_used_at,
                &T::version>;
};
template <>
struct Describe<core::vault::VaultFingerprint> {
    using T = core::vault::VaultFingerprint;
    static constexpr std::string_view name = "VaultFingerprint";
    static constexpr auto& fields = columns<&T::merchant_id, &T::card_mac, &T::fingerprint_id>;
};
template <>
struct Describe<core::vault::VaultBlacklistEntry> {
    using T = core::vault::VaultBlacklistEntry;
    static constexpr std::string_view name = "VaultBlacklistEntry";
    static constexpr auto& fields =
        columns<&T::merchant_id, &T::card_mac, &T::entry_uuid, &T::added_by, &T::creation_time>;
};
template <>
struct Describe<core::vault::VaultResolution> {
    using T = core::vault::VaultResolution;
    static constexpr std::string_view name = "VaultResolution";
    static constexpr auto& fields = columns<&T::merchant_id, &T::reference, &T::id, &T::card_id, &T::temp_card_hash,
                                            &T::key_id, &T::is_approved, &T::version, &T::creation_time>;
};

}  // namespace takas
