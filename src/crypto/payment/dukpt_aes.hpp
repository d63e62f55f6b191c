// AES DUKPT, host side (ANSI X9.24-3:2017). KSN: base derivation key id (4) || derivation id (4) || transaction counter
// (4 octets). A working key is never stronger than the key it comes from.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto::payment {

/// A key serial number that a terminal can have sent: its counter is not zero, not above FFFF0000 and has at most
/// sixteen one-bits.
class AesKsn {
  public:
    static constexpr std::size_t size_bytes = 12;
    static Outcome<AesKsn> from(ByteView bytes);
    ByteView bytes() const { return bytes_; }
    ByteView initial_key_id() const { return ByteView(bytes_).first(8); }
    std::uint32_t counter() const;

  private:
    std::array<std::uint8_t, size_bytes> bytes_{};
};

/// X9.24-3 table 1 (key usage indicator).
enum class AesDukptUse : std::uint16_t {
    key_encryption = 0x0002,
    pin = 0x1000,
    mac_generation = 0x2000,
    mac_verification = 0x2001,
    mac_both_ways = 0x2002,
    data_encryption = 0x3000,
    data_decryption = 0x3001,
    data_both_ways = 0x3002,
    key_derivation = 0x8000,
    initial_key = 0x8001,
};

/// X9.24-3 table 2 (algorithm indicator).
enum class AesDukptKeyType : std::uint16_t {
    tdea2 = 0x0000,
    tdea3 = 0x0001,
    aes128 = 0x0002,
    aes192 = 0x0003,
    aes256 = 0x0004,
    hmac128 = 0x0005,
    hmac192 = 0x0006,
    hmac256 = 0x0007,
};
std::size_t key_bytes(AesDukptKeyType type);

/// `bdk` of 16, 24 or 32 octets, `initial_key_id` of 8; the result is as long as the BDK.
Outcome<SecretBytes> aes_initial_key(ByteView bdk, ByteView initial_key_id);
/// The key of one transaction (an intermediate derivation key, as long as the BDK).
Outcome<SecretBytes> aes_transaction_key(ByteView bdk, const AesKsn& ksn);
Outcome<SecretBytes> aes_transaction_key_from_initial(ByteView initial_key, const AesKsn& ksn);
/// Fault::key_length_refused when `type` is stronger than the transaction key (2TDEA counts 80 bits, 3TDEA 112).
Outcome<SecretBytes> aes_working_key(ByteView transaction_key, const AesKsn& ksn, AesDukptUse use,
                                     AesDukptKeyType type);

}  // namespace takas::crypto::payment
