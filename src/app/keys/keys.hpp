// The life of payment keys: made, formed from components, received, given away, replaced, destroyed. Every function
// that changes something commits its own unit and then has the directory read again, so that a new key serves from the
// answer on. Clear keys appear here only as components on their way into the HSM.
#pragma once

#include <span>
#include <string>

#include "app/context/context.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "core/key/payment_key.hpp"

namespace takas::app::keys {

/// What a new key is for. Absent members follow from the usage's row.
struct KeyOrder {
    core::key::KeyUsage usage{};
    std::string label = "main";  ///< names the partner of a ZMK, ZPK or data key
    std::optional<core::key::KeyAlgorithm> algorithm{};
    std::optional<core::key::Exportability> exportability{};
    std::int16_t key_index = 0;
    std::string bin{};
};

/// What an order may be, before anything is asked: validation.
Result<void> check_order(const KeyOrder& order);

/// Errors of all that make a key: validation (label, index, BIN), hsm_key_exists (there is an active one: rotate it),
/// hsm_key_block_invalid (a PIN key that is a data key too), what the HSM says. The caller's tenant is
/// context.tenant_id.
Result<core::key::PaymentKey> generate_key(Context& context, const KeyOrder& order);
Result<core::key::PaymentKey> form_key(Context& context, const KeyOrder& order,
                                       std::span<const crypto::SecretBytes> components, std::string_view expected_kcv);
/// Where a received key goes. Taken over: as the successor of the active key there, as a partner sends it.
enum class Place : std::uint8_t { free, taken_over };
Result<core::key::PaymentKey> import_key(Context& context, const KeyOrder& order, EntityId zmk_id,
                                         std::string_view key_block, std::string_view expected_kcv,
                                         Place place = Place::free);

Result<std::string> export_key(Context& context, EntityId id, EntityId zmk_id);

/// A fresh key in the place of this active one, which becomes decrypt-only.
Result<core::key::PaymentKey> rotate_key(Context& context, EntityId id);

/// The block goes, the record stays as proof. An active key is rotated first: hsm_key_not_usable.
Result<core::key::PaymentKey> destroy_key(Context& context, EntityId id, bool also_active);

/// A key that the HSM has just made takes the place of the active one of the same usage, label, BIN and index, if there
/// is one. The version is set by the caller with next_version(), before the HSM makes the key: it is bound into it.
Result<core::key::PaymentKey> replace_active(Context& context, core::key::PaymentKey made);

/// A draft for the HSM: the next version in its place.
Result<core::key::PaymentKey> next_draft(Context& context, const KeyOrder& order);

/// After a change of the LMK: every key of every institution under the newest one. Returns how many.
Result<std::int64_t> rewrap_all(Context& context);

}  // namespace takas::app::keys
