#include "crypto/payment/dukpt_tdes.hpp"

#include <algorithm>
#include <bit>

#include "crypto/payment/cipher.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::uint32_t counter_mask = 0x1FFFFF;
/// A terminal skips counters with more one-bits, so that no key is more than ten derivations away.
constexpr int max_counter_ones = 10;

using KeyMask = std::array<std::uint8_t, 16>;

/// Added to a key to get at another one of the same root (X9.24-1 annex A.2).
constexpr KeyMask other_key_mask{0xC0, 0xC0, 0xC0, 0xC0, 0, 0, 0, 0, 0xC0, 0xC0, 0xC0, 0xC0, 0, 0, 0, 0};

DoubleKey masked(ByteView key, const KeyMask& mask) {
    DoubleKey out;
    xor_into(out.writable(), key, mask);
    return out;
}

/// The variant of a use has one octet of ones in each half.
constexpr KeyMask mask_of(TdesDukptUse use) {
    std::size_t at = 0;
    switch (use) {
        case TdesDukptUse::pin:
            at = 7;
            break;
        case TdesDukptUse::mac_request:
            at = 6;
            break;
        case TdesDukptUse::mac_response:
            at = 4;
            break;
        case TdesDukptUse::data_request:
            at = 5;
            break;
        case TdesDukptUse::data_response:
            at = 3;
            break;
    }
    KeyMask mask{};
    mask[at] = 0xFF;
    mask[8 + at] = 0xFF;
    return mask;
}

/// The key serial number with a counter of zero.
std::array<std::uint8_t, TdesKsn::size_bytes> without_counter(ByteView ksn) {
    std::array<std::uint8_t, TdesKsn::size_bytes> out;
    std::ranges::copy(ksn, out.begin());
    out[7] &= 0xE0;
    out[8] = 0;
    out[9] = 0;
    return out;
}

/// E(left, data + right) + right.
void derive_half(const DoubleKey& key, ByteView data, std::span<std::uint8_t> out) {
    const ByteView right = key.reveal().last(8);
    xor_into(out, data, right);
    ecb_encrypt(CipherKey::tdes(key.reveal().first(8))->transient(), out, out);
    xor_into(out, out, right);
}

/// X9.24-1 annex A.3: from one key down to another, with no way back.
DoubleKey derived(const DoubleKey& key, ByteView data) {
    DoubleKey out;
    derive_half(masked(key.reveal(), other_key_mask), data, out.writable().first(8));
    derive_half(key, data, out.writable().last(8));
    return out;
}

}  // namespace

Outcome<TdesKsn> TdesKsn::from(ByteView bytes) {
    if (bytes.size() != size_bytes) return refuse(Fault::ksn_refused);
    TdesKsn ksn;
    std::ranges::copy(bytes, ksn.bytes_.begin());
    const std::uint32_t counter = ksn.counter();
    if (counter == 0 || std::popcount(counter) > max_counter_ones) return refuse(Fault::ksn_refused);
    return ksn;
}

std::uint32_t TdesKsn::counter() const {
    return (std::uint32_t{bytes_[7]} << 16 | std::uint32_t{bytes_[8]} << 8 | bytes_[9]) & counter_mask;
}

Outcome<DoubleKey> tdes_initial_key(ByteView bdk, ByteView ksn) {
    if (bdk.size() != DoubleKey::size()) return refuse(Fault::key_length_refused);
    if (ksn.size() != TdesKsn::size_bytes) return refuse(Fault::ksn_refused);
    const auto serial = without_counter(ksn);
    const ByteView data = ByteView(serial).first(8);
    DoubleKey key;
    ecb_encrypt(*CipherKey::tdes(bdk), data, key.writable().first(8));
    ecb_encrypt(masked(bdk, other_key_mask), data, key.writable().last(8));
    return key;
}

DoubleKey tdes_transaction_key_from_initial(const DoubleKey& initial_key, const TdesKsn& ksn) {
    DoubleKey key;
    std::ranges::copy(initial_key.reveal(), key.writable().begin());
    auto serial = without_counter(ksn.bytes());
    const auto data = std::span(serial).last(8);
    for (std::uint32_t bit = (counter_mask + 1) >> 1; bit != 0; bit >>= 1) {
        if ((ksn.counter() & bit) == 0) continue;
        data[5] |= static_cast<std::uint8_t>(bit >> 16);
        data[6] |= static_cast<std::uint8_t>(bit >> 8);
        data[7] |= static_cast<std::uint8_t>(bit);
        key = derived(key, data);
    }
    return key;
}

Outcome<DoubleKey> tdes_transaction_key(ByteView bdk, const TdesKsn& ksn) {
    const auto initial_key = tdes_initial_key(bdk, ksn.bytes());
    if (!initial_key) return refuse(initial_key.error());
    return tdes_transaction_key_from_initial(*initial_key, ksn);
}

DoubleKey tdes_working_key(const DoubleKey& transaction_key, TdesDukptUse use) {
    DoubleKey variant = masked(transaction_key.reveal(), mask_of(use));
    if (use != TdesDukptUse::data_request && use != TdesDukptUse::data_response) return variant;
    DoubleKey key;
    ecb_encrypt(variant, variant.reveal(), key.writable());
    return key;
}

}  // namespace takas::crypto::payment
