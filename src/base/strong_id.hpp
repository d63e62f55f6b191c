// Identifiers that cannot be mixed up. An id is a positive 53-bit number (it survives a JavaScript client), ordered by
// the time it was made; 0 means "none".
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace takas {

template <class Tag>
struct StrongId {
    std::int64_t value = 0;
    friend constexpr auto operator<=>(StrongId, StrongId) = default;
    constexpr explicit operator bool() const { return value != 0; }
};

using TenantId = StrongId<struct TenantTag>;
using UserId = StrongId<struct UserTag>;
using CustomerId = StrongId<struct CustomerTag>;
using TokenId = StrongId<struct TokenTag>;      ///< a card
using AccountId = StrongId<struct AccountTag>;  ///< a card account
using TransactionId = StrongId<struct TransactionTag>;
using EntityId = StrongId<struct EntityTag>;  ///< a row that is referred to by nothing but its own endpoints

}  // namespace takas

template <class Tag>
struct std::hash<takas::StrongId<Tag>> {
    std::size_t operator()(takas::StrongId<Tag> id) const noexcept {
        // Fibonacci hashing: ids made in one millisecond differ in few low bits.
        return static_cast<std::size_t>(static_cast<std::uint64_t>(id.value) * 0x9E3779B97F4A7C15ULL);
    }
};
