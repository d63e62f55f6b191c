// Keys in the hands of several custodians: full-length components whose XOR is the key (all are needed; every one alone
// says nothing), and threshold shares (Shamir over GF(2^8); any `threshold` of them are enough).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto::payment {

/// XOR of two to nine components of the same length (8 to 64 octets). Parity is left as it comes out.
Outcome<SecretBytes> combine_components(std::span<const SecretBytes> components);
/// `count` components (2 to 9) that combine to `key`.
Outcome<std::vector<SecretBytes>> split_into_components(const SecretBytes& key, std::size_t count);

/// One share: enough of them restore the secret, fewer say nothing about it.
struct KeyShare {
    std::uint8_t threshold = 0;  ///< how many are needed
    std::uint8_t index = 0;      ///< 1 to 255, of no other share
    std::uint16_t set_id = 0;    ///< random, the same in all shares of one secret
    SecretBytes value;           ///< as long as the secret and its 4 octets of check value
};

/// 2 <= threshold <= count <= 16; a secret of 8 to 64 octets.
Outcome<std::vector<KeyShare>> split_into_shares(const SecretBytes& secret, std::uint8_t threshold, std::uint8_t count);
/// At least threshold shares of one set, in any order. A check value inside tells a wrong result from the secret.
Outcome<SecretBytes> join_shares(std::span<const KeyShare> shares);

/// "TKS1-" and hex in groups of four: threshold(1) index(1) set(2) value, and 2 octets of check over these so that a
/// typing mistake is found at once. The text is as secret as the share.
std::string share_text(const KeyShare& share);
/// Spaces and letter case are forgiven, nothing else.
Outcome<KeyShare> share_from_text(std::string_view text);

}  // namespace takas::crypto::payment
