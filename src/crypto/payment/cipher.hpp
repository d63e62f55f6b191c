// The block ciphers of payment: TDES (ISO/IEC 18033-3, keying options by key length) and AES, in ECB, CBC and CTR
// without padding. Ciphers stay fetched for the life of the process and contexts for the life of the thread; a fetch
// per call would cost two to five times the cipher. Single DES is composed as EDE with equal parts, because OpenSSL
// keeps DES itself in its legacy provider.
//
// The context of a thread keeps the last key's schedule until the next key. Where the key must not outlive its
// operation (it came out of a token), call forget_keys() afterwards.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/payment/secrets.hpp"

namespace takas::crypto::payment {

enum class CipherAlgorithm : std::uint8_t { tdes, aes };

/// A key of a length that fits its algorithm. A view: the octets must outlive it.
class CipherKey {
  public:
    /// 8 octets (single DES), 16 or 24.
    static Outcome<CipherKey> tdes(ByteView key);
    /// 16, 24 or 32 octets.
    static Outcome<CipherKey> aes(ByteView key);
    static Outcome<CipherKey> of(CipherAlgorithm algorithm, ByteView key);
    /// Always fit.
    CipherKey(const DoubleKey& key) : algorithm_(CipherAlgorithm::tdes), bytes_(key.reveal()) {}

    CipherAlgorithm algorithm() const { return algorithm_; }
    ByteView reveal() const { return bytes_; }
    std::size_t block_bytes() const { return algorithm_ == CipherAlgorithm::tdes ? 8 : 16; }

  private:
    CipherKey(CipherAlgorithm algorithm, ByteView bytes) : algorithm_(algorithm), bytes_(bytes) {}
    CipherAlgorithm algorithm_;
    ByteView bytes_;
};

/// `in` of whole blocks, `out` of the same size; they may be the same octets but must not overlap otherwise. What is
/// not whole blocks stops the process: lengths are checked where data comes in.
void ecb_encrypt(CipherKey key, ByteView in, std::span<std::uint8_t> out);
void ecb_decrypt(CipherKey key, ByteView in, std::span<std::uint8_t> out);
/// `iv` of one block.
void cbc_encrypt(CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out);
void cbc_decrypt(CipherKey key, ByteView iv, ByteView in, std::span<std::uint8_t> out);
/// AES only: big-endian counter from `counter`; encrypts and decrypts, `in` of any length.
void ctr_crypt(CipherKey key, ByteView counter, ByteView in, std::span<std::uint8_t> out);

/// Overwrites the key schedules that this thread's contexts hold.
void forget_keys();

/// out = a xor b, all of the same size; `out` may be either.
inline void xor_into(std::span<std::uint8_t> out, ByteView a, ByteView b) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(a[i] ^ b[i]);
}

}  // namespace takas::crypto::payment
