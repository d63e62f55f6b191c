// What is known of a card, in the clear, in memory only: wiped when it goes. Sealed it is AES-256-GCM under the
// merchant's data key, bound to table, row, merchant, owner and scope: copied to another row it does not open.
//
// Packed form: the texts below, each ended by 0x1F, in their order; expiry as "YYYYMM".
#pragma once

#include <string>

#include "app/vault/keys.hpp"
#include "base/describe.hpp"
#include "core/vault/card.hpp"

namespace takas::app::vault {

using core::vault::CardScope;

struct CardContent {
    std::string number;              ///< e-commerce: all digits
    std::string first_digits, last;  ///< insurance: first eight (or six), last four
    std::string identity;            ///< insurance: national or tax number of the holder
    std::string holder, nickname;
    int year = 0, month = 0;  ///< 0: not known

    CardContent() = default;
    CardContent(CardContent&&) noexcept = default;
    CardContent& operator=(CardContent&&) noexcept = default;
    CardContent(const CardContent&) = delete;
    CardContent& operator=(const CardContent&) = delete;
    ~CardContent();

    std::string_view first(std::size_t digits) const;  ///< of the number
    std::string_view last_four() const;
    /// What makes it this card and no other: for fingerprints and the blacklist.
    std::string subject() const;
};

/// Where a sealed card belongs.
struct Place {
    std::string_view table;
    EntityId id, merchant_id;
    std::string_view owner;  ///< octets of the owner's MAC; "" for a temporary card
    CardScope scope{};
};

struct SealedCard {
    Blob sealed;
    std::int32_t key_version = 0;
};
/// Under the active key. Error: internal.
Result<SealedCard> seal(const CardContent& content, const MerchantKeys& keys, const Place& place);
/// Errors: internal when anything differs: key, place or any octet; vault_key_not_usable when the key is destroyed.
Result<CardContent> open(const Blob& sealed, std::int32_t key_version, const MerchantKeys& keys, const Place& place);
/// The same content under the active key, without being unpacked.
Result<SealedCard> reseal(const Blob& sealed, std::int32_t key_version, const MerchantKeys& keys, const Place& place);

/// HMAC-SHA-256 under the merchant's look-up key; `purpose` keeps uses apart.
Blob lookup_mac(const MerchantKeys& keys, std::string_view purpose, std::string_view text);

void wipe(std::string& text);

}  // namespace takas::app::vault
