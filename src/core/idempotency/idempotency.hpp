// The stored answer of a request that carried an Idempotency-Key.
#pragma once

#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::idempotency {

/// Keys are remembered this long (contract 1.3).
inline constexpr std::int64_t lifetime_s = 24 * 3600;

struct StoredReply {
    TenantId tenant_id;
    std::string idempotency_key;  ///< a keyed digest of it: callers may send anything, also a card number
    std::string operation_id;
    Blob fingerprint;  ///< keyed digest of method, path and body: the same key must mean the same request
    std::int32_t status = 0;
    Blob reply_sealed;  ///< the body, encrypted: it may hold what is masked elsewhere
    Instant created_at;
};

}  // namespace takas::core::idempotency

namespace takas {

template <>
struct Describe<core::idempotency::StoredReply> {
    using T = core::idempotency::StoredReply;
    static constexpr std::string_view name = "StoredReply";
    static constexpr auto& fields = columns<&T::tenant_id, &T::idempotency_key, &T::operation_id, &T::fingerprint,
                                            &T::status, &T::reply_sealed, &T::created_at>;
};

}  // namespace takas
