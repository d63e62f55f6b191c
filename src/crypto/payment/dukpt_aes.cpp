#include "crypto/payment/dukpt_aes.hpp"

#include <algorithm>
#include <bit>

#include "crypto/payment/cipher.hpp"

namespace takas::crypto::payment {
namespace {

/// The last counters are kept for the update of the initial key.
constexpr std::uint32_t max_counter = 0xFFFF0000;
/// A terminal skips counters with more one-bits.
constexpr int max_counter_ones = 16;
constexpr std::size_t block_bytes = 16;

/// Security strength in bits, to compare a key with the one it comes from.
std::size_t strength_bits(AesDukptKeyType type) {
    switch (type) {
        case AesDukptKeyType::tdea2:
            return 80;
        case AesDukptKeyType::tdea3:
            return 112;
        default:
            return key_bytes(type) * 8;
    }
}

AesDukptKeyType aes_type_of(std::size_t bytes) {
    return bytes == 16 ? AesDukptKeyType::aes128 : bytes == 24 ? AesDukptKeyType::aes192 : AesDukptKeyType::aes256;
}

void write_counter(std::span<std::uint8_t> out, std::uint32_t counter) {
    for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(counter >> (24 - 8 * i));
}

/// X9.24-3 section 6.3.2: version(1) block counter(1) usage(2) algorithm(2) length in bits(2), then what tells this key
/// from its siblings (8).
AesBlock derivation_data(AesDukptUse use, AesDukptKeyType type, ByteView sibling) {
    AesBlock data{};
    const auto put = [&](std::size_t at, std::size_t value) {
        data[at] = static_cast<std::uint8_t>(value >> 8);
        data[at + 1] = static_cast<std::uint8_t>(value);
    };
    data[0] = 1;
    put(2, static_cast<std::size_t>(use));
    put(4, static_cast<std::size_t>(type));
    put(6, key_bytes(type) * 8);
    std::ranges::copy(sibling, data.begin() + 8);
    return data;
}

/// As many enciphered blocks as the key needs. `from` is an AES key.
SecretBytes derived(CipherKey from, AesDukptKeyType type, AesBlock data) {
    const std::size_t size = key_bytes(type);
    SecretBytes key((size + block_bytes - 1) / block_bytes * block_bytes);
    for (std::size_t at = 0; at < key.size(); at += block_bytes) {
        ++data[1];
        ecb_encrypt(from, data, key.writable().subspan(at, block_bytes));
    }
    key.shrink(size);
    return key;
}

/// Derivation id and counter: what all keys below an initial key are told apart by.
DesBlock sibling_of(const AesKsn& ksn, std::uint32_t counter) {
    DesBlock sibling;
    std::ranges::copy(ksn.bytes().subspan(4, 4), sibling.begin());
    write_counter(std::span(sibling).last(4), counter);
    return sibling;
}

}  // namespace

Outcome<AesKsn> AesKsn::from(ByteView bytes) {
    if (bytes.size() != size_bytes) return refuse(Fault::ksn_refused);
    AesKsn ksn;
    std::ranges::copy(bytes, ksn.bytes_.begin());
    const std::uint32_t counter = ksn.counter();
    if (counter == 0 || counter > max_counter || std::popcount(counter) > max_counter_ones)
        return refuse(Fault::ksn_refused);
    return ksn;
}

std::uint32_t AesKsn::counter() const {
    return std::uint32_t{bytes_[8]} << 24 | std::uint32_t{bytes_[9]} << 16 | std::uint32_t{bytes_[10]} << 8 |
           bytes_[11];
}

std::size_t key_bytes(AesDukptKeyType type) {
    switch (type) {
        case AesDukptKeyType::tdea2:
        case AesDukptKeyType::aes128:
        case AesDukptKeyType::hmac128:
            return 16;
        case AesDukptKeyType::tdea3:
        case AesDukptKeyType::aes192:
        case AesDukptKeyType::hmac192:
            return 24;
        case AesDukptKeyType::aes256:
        case AesDukptKeyType::hmac256:
            return 32;
    }
    return 0;
}

Outcome<SecretBytes> aes_initial_key(ByteView bdk, ByteView initial_key_id) {
    const auto key = CipherKey::aes(bdk);
    if (!key) return refuse(key.error());
    if (initial_key_id.size() != 8) return refuse(Fault::ksn_refused);
    const AesDukptKeyType type = aes_type_of(bdk.size());
    return derived(*key, type, derivation_data(AesDukptUse::initial_key, type, initial_key_id));
}

Outcome<SecretBytes> aes_transaction_key_from_initial(ByteView initial_key, const AesKsn& ksn) {
    if (!CipherKey::aes(initial_key)) return refuse(Fault::key_length_refused);
    const AesDukptKeyType type = aes_type_of(initial_key.size());
    SecretBytes key(initial_key);
    std::uint32_t counter = 0;
    for (std::uint32_t bit = 1u << 31; bit != 0; bit >>= 1) {
        if ((ksn.counter() & bit) == 0) continue;
        counter |= bit;
        key = derived(*CipherKey::aes(key.reveal()), type,
                      derivation_data(AesDukptUse::key_derivation, type, sibling_of(ksn, counter)));
    }
    return key;
}

Outcome<SecretBytes> aes_transaction_key(ByteView bdk, const AesKsn& ksn) {
    const auto initial_key = aes_initial_key(bdk, ksn.initial_key_id());
    if (!initial_key) return refuse(initial_key.error());
    return aes_transaction_key_from_initial(initial_key->reveal(), ksn);
}

Outcome<SecretBytes> aes_working_key(ByteView transaction_key, const AesKsn& ksn, AesDukptUse use,
                                     AesDukptKeyType type) {
    const auto key = CipherKey::aes(transaction_key);
    if (!key) return refuse(key.error());
    if (strength_bits(type) > transaction_key.size() * 8) return refuse(Fault::key_length_refused);
    return derived(*key, type, derivation_data(use, type, sibling_of(ksn, ksn.counter())));
}

}  // namespace takas::crypto::payment
