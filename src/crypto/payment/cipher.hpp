// The block ciphers of payment: TDES (ISO/IEC 18033-3, keying options by key length) and AES, in ECB, CBC and CTR
// without padding. AES through OpenSSL's EVP with ciphers fetched once and a context kept for each thread (a fetch per
// call costs two to five times the cipher); DES through its block functions (des_keys.hpp says why).
//
// A thread keeps the schedules of lasting keys, and the last AES key of each context. Where a key must not outlive its
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
    /// Always fits. A derived key: used for one transaction and never again.
    CipherKey(const DoubleKey& key) : algorithm_(CipherAlgorithm::tdes), is_lasting_(false), bytes_(key.reveal()) {}

    CipherAlgorithm algorithm() const { return algorithm_; }
    ByteView reveal() const { return bytes_; }
    std::size_t block_bytes() const { return algorithm_ == CipherAlgorithm::tdes ? 8 : 16; }
    /// Whether the key serves many operations, so that keeping its schedule is worth its place.
    bool is_lasting() const { return is_lasting_; }
    /// The same key, used once.
    CipherKey transient() const {
        CipherKey copy = *this;
        copy.is_lasting_ = false;
        return copy;
    }

  private:
    CipherKey(CipherAlgorithm algorithm, ByteView bytes) : algorithm_(algorithm), is_lasting_(true), bytes_(bytes) {}
    CipherAlgorithm algorithm_;
    bool is_lasting_;
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

/// Overwrites the key schedules that this thread keeps.
void forget_keys();

/// out = a xor b, all of the size of `out`; `out` may be either.
inline void xor_into(std::span<std::uint8_t> out, ByteView a, ByteView b) {
    // Through pointers: a bounds check for each octet would keep the compiler from doing eight at a time.
    std::uint8_t* const to = out.data();
    const std::uint8_t* const left = a.data();
    const std::uint8_t* const right = b.data();
    for (std::size_t i = 0; i < out.size(); ++i) to[i] = static_cast<std::uint8_t>(left[i] ^ right[i]);
}

}  // namespace takas::crypto::payment
