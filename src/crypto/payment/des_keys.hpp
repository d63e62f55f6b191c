// Single and triple DES straight on OpenSSL's block functions. Not through EVP, for two reasons: EVP has single DES
// only in the legacy provider (composed from EDE with equal parts it costs three times as much), and one cryptogram
// needs the same key schedule for several runs, where EVP would set it up for each. For this room's .cpp files.
//
// Schedules of lasting keys (CipherKey::is_lasting) are kept for the thread: a card verification key or a PIN key
// serves many operations, and setting it up costs as much as using it. forget_keys() wipes them.
#pragma once

#include <openssl/des.h>

#include <array>
#include <cstdint>
#include <span>

#include "crypto/payment/cipher.hpp"
#include "crypto/payment/mac.hpp"

namespace takas::crypto::payment {

/// The schedules of one TDES key of one, two or three parts.
class DesKeys {
  public:
    explicit DesKeys(CipherKey key);
    ~DesKeys();
    DesKeys(const DesKeys&) = delete;
    DesKeys& operator=(const DesKeys&) = delete;

    /// In place, 8 octets.
    void encrypt(std::span<std::uint8_t, 8> block) const;
    void decrypt(std::span<std::uint8_t, 8> block) const;
    /// Single DES under the first part.
    void encrypt_left(std::span<std::uint8_t, 8> block) const;

  private:
    std::size_t parts_;
    std::array<DES_key_schedule, 3> schedules_;
};

/// retail_mac of mac.hpp, for a key that is used again.
DesBlock retail_mac(const DesKeys& keys, Padding padding, ByteView data);

/// Wipes the schedules that the thread keeps.
void forget_des_keys();

}  // namespace takas::crypto::payment
