// A payment key as an institution keeps it: what it is for, its check value and its key block under the HSM's local
// master key. The clear key is never part of this record; only an HSM opens the block, and it refuses a record whose
// block says something else.
#pragma once

#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/key/key_terms.hpp"

namespace takas::core::key {

struct PaymentKey {
    TenantId tenant_id;
    EntityId id;
    std::string label;
    KeyUsage usage{};
    KeyAlgorithm algorithm{};
    ModeOfUse mode_of_use{};
    Exportability exportability{};
    std::int16_t key_version_no = 0;  ///< counts the rotations of a key, 0 to 99
    std::int16_t key_index = 0;       ///< PVKI of a PVK, DKI of an issuer master key; else 0
    std::string bin;                  ///< the card numbers it serves begin so; "" serves the whole institution
    std::string kcv;                  ///< hexadecimal, upper case: 6 digits (zero block) of TDEA, 10 (CMAC) of AES
    KeyState state{};
    std::string key_block;  ///< TR-31 version D under the local master key; "" once destroyed
    Instant created_at;
    std::string creator_id;
    std::optional<Instant> destroyed_at;
    std::int64_t version = 1;
};

}  // namespace takas::core::key

namespace takas {

template <>
struct Describe<core::key::PaymentKey> {
    using T = core::key::PaymentKey;
    static constexpr std::string_view name = "PaymentKey";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::label, &T::usage, &T::algorithm, &T::mode_of_use, &T::exportability,
                &T::key_version_no, &T::key_index, &T::bin, &T::kcv, &T::state, &T::key_block, &T::created_at,
                &T::creator_id, &T::destroyed_at, &T::version>;
};

}  // namespace takas
