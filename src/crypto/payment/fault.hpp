// Why a payment algorithm refused its input. The names say which rule was broken and never carry data, so that they may
// be logged; what a caller outside may see is decided above. Everything about a PIN block has one fault on purpose:
// whoever could tell a bad filler from a bad length could guess PINs with it.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "base/bytes.hpp"

namespace takas::crypto::payment {

using takas::text_of;  // the text of octets, which the overload below would hide

enum class Fault : std::uint8_t {
    key_length_refused,           ///< no length that the algorithm or the operation takes
    key_weak,                     ///< all parts of the key are equal, or zero
    key_components_refused,       ///< fewer than two components, or lengths that differ
    key_shares_refused,           ///< too few shares, twice the same one, lengths that differ, or a broken check value
    pan_refused,                  ///< not 12 to 19 decimal digits, or too short for this algorithm
    digits_refused,               ///< expiry, service code, PVKI, table or offset: not the digits this field takes
    pin_refused,                  ///< a clear PIN that is not 4 to 12 digits
    data_length_refused,          ///< a data element has another length than the algorithm takes
    pin_block_refused,            ///< whatever is wrong with a PIN block
    translation_refused,          ///< a PIN block translation that ISO 9564 and PCI PIN do not permit
    ksn_refused,                  ///< no key serial number that a terminal can have reached
    profile_unknown,              ///< no EMV profile of that name or cryptogram version
    profile_lacks_operation,      ///< the profile has no such operation
    tree_refused,                 ///< EMV2000: height and branch factor do not give 65535 session keys
    block_length_refused,         ///< key block: its length is not the one it says, or not one it can have
    block_version_refused,        ///< key block: a version we do not read
    block_wrap_refused,           ///< key block: a version that is read and never written (A, C, E)
    block_usage_unknown,          ///< key block: key usage code
    block_algorithm_unknown,      ///< key block: algorithm code
    block_mode_unknown,           ///< key block: mode of use code
    block_mode_refused,           ///< key block: a mode of use that this key usage does not allow
    block_number_refused,         ///< key block: key version number
    block_exportability_unknown,  ///< key block: exportability code
    block_optional_refused,       ///< key block: optional blocks that cannot be read
    block_reserved_refused,       ///< key block: unknown key context, or a reserved character that is not 0
    block_text_refused,           ///< key block: a character that no key block has at that place
    block_mac_wrong,              ///< key block: altered, or wrapped under another key
    block_key_refused,            ///< key block: the wrapped key has no length that its algorithm takes
    count_,
};

/// One lower-case English sentence without a full stop, the same for every input.
std::string_view text_of(Fault fault);

template <class T>
using Outcome = std::expected<T, Fault>;

inline std::unexpected<Fault> refuse(Fault fault) { return std::unexpected(fault); }

}  // namespace takas::crypto::payment
