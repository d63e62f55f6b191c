#include "crypto/payment/emv_key.hpp"

#include <algorithm>

#include "crypto/openssl_handles.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/payment/key_check.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::uint64_t least_session_keys = 65535;
constexpr std::uint8_t max_tree_height = 16;
constexpr std::size_t atc_bytes = 2;

using Sha1 = std::array<std::uint8_t, 20>;

/// SHA-1 is what the standard says; it mixes digits here and protects nothing.
Sha1 sha1(ByteView data) {
    static const DigestHandle algorithm = must(DigestHandle(EVP_MD_fetch(nullptr, "SHA1", nullptr)), "SHA-1");
    thread_local const DigestContext context = must(DigestContext(EVP_MD_CTX_new()), "digest context");
    Sha1 out;
    must(EVP_DigestInit_ex2(context.get(), algorithm.get(), nullptr), "SHA-1 start");
    must(EVP_DigestUpdate(context.get(), data.data(), data.size()), "SHA-1");
    must(EVP_DigestFinal_ex(context.get(), out.data(), nullptr), "SHA-1 end");
    return out;
}

/// Option A: the 16 rightmost digits of PAN || PSN, filled with zeros on the left.
void write_diversification_a(const CardIdentity& card, std::span<std::uint8_t> out) {
    const std::size_t digits = card.pan.size() + card.pan_sequence_number.size();
    const std::size_t skipped = digits > 16 ? digits - 16 : 0;
    const std::size_t first = 16 - (digits - skipped);
    set_digits(out, first, card.pan.substr(skipped));
    set_digits(out, 14, card.pan_sequence_number);
}

/// Option B: 16 decimal digits from the SHA-1 of all of PAN || PSN, packed with a leading zero when odd.
void write_diversification_b(const CardIdentity& card, std::span<std::uint8_t> out) {
    std::array<std::uint8_t, 11> packed{};
    const std::size_t odd = card.pan.size() % 2;
    set_digits(packed, odd, card.pan);
    set_digits(packed, odd + card.pan.size(), card.pan_sequence_number);
    const std::size_t nibbles = odd + card.pan.size() + card.pan_sequence_number.size();
    Sha1 digest = sha1(ByteView(packed).first(nibbles / 2));
    std::size_t at = 0;
    decimalise(digest, 16, [&](std::uint8_t digit) { set_nibble(out, at++, digit); });
    wipe(packed);
    wipe(digest);
}

/// Left || right = E(key, left) || E(key, right), with odd parity.
DoubleKey enciphered_pair(CipherKey key, SecretArray<16> pair) {
    ecb_encrypt(key, pair.reveal(), pair.writable());
    set_odd_parity(pair.writable());
    return pair;
}

}  // namespace

Outcome<DoubleKey> icc_master_key(MasterKeyOption option, ByteView imk, const CardIdentity& card) {
    if (imk.size() != DoubleKey::size()) return refuse(Fault::key_length_refused);
    if (!is_pan(card.pan)) return refuse(Fault::pan_refused);
    if (card.pan_sequence_number.size() != 2 || !are_digits(card.pan_sequence_number))
        return refuse(Fault::digits_refused);
    SecretArray<16> pair;
    const auto left = pair.writable().first<8>();
    const bool is_hashed = option == MasterKeyOption::b && card.pan.size() > 16;
    if (is_hashed) {
        write_diversification_b(card, left);
    } else {
        write_diversification_a(card, left);
    }
    for (std::size_t i = 0; i < 8; ++i) pair.writable()[8 + i] = static_cast<std::uint8_t>(~left[i]);
    return enciphered_pair(*CipherKey::tdes(imk), std::move(pair));
}

DoubleKey common_session_key(const DoubleKey& icc_master_key, const DesBlock& diversification) {
    SecretArray<16> pair;
    std::ranges::copy(diversification, pair.writable().begin());
    std::ranges::copy(diversification, pair.writable().begin() + 8);
    pair.writable()[2] = 0xF0;
    pair.writable()[10] = 0x0F;
    return enciphered_pair(icc_master_key, std::move(pair));
}

Outcome<DoubleKey> common_ac_session_key(const DoubleKey& icc_master_key, ByteView atc) {
    if (atc.size() != atc_bytes) return refuse(Fault::data_length_refused);
    return common_session_key(icc_master_key, {atc[0], atc[1]});
}

Outcome<DoubleKey> common_sm_session_key(const DoubleKey& icc_master_key, ByteView application_cryptogram) {
    DesBlock diversification;
    if (application_cryptogram.size() != diversification.size()) return refuse(Fault::data_length_refused);
    std::ranges::copy(application_cryptogram, diversification.begin());
    return common_session_key(icc_master_key, diversification);
}

Outcome<DoubleKey> mastercard_session_key(const DoubleKey& icc_master_key, ByteView atc,
                                          ByteView unpredictable_number) {
    if (atc.size() != atc_bytes || unpredictable_number.size() != 4) return refuse(Fault::data_length_refused);
    DesBlock diversification{atc[0], atc[1]};
    std::ranges::copy(unpredictable_number, diversification.begin() + 4);
    return common_session_key(icc_master_key, diversification);
}

Outcome<DoubleKey> visa_sm_session_key(const DoubleKey& icc_master_key, ByteView atc) {
    if (atc.size() != atc_bytes) return refuse(Fault::data_length_refused);
    DoubleKey key;
    std::ranges::copy(icc_master_key.reveal(), key.writable().begin());
    for (std::size_t i = 0; i < atc_bytes; ++i) {
        key.writable()[6 + i] ^= atc[i];
        key.writable()[14 + i] ^= static_cast<std::uint8_t>(~atc[i]);
    }
    set_odd_parity(key.writable());
    return key;
}

Outcome<DoubleKey> emv2000_session_key(const DoubleKey& icc_master_key, ByteView atc, const SessionKeyTree& tree) {
    if (atc.size() != atc_bytes) return refuse(Fault::data_length_refused);
    if (tree.height == 0 || tree.height > max_tree_height || tree.branch_factor < 2) return refuse(Fault::tree_refused);
    // How many leaves lie below a node of each level; the root's must be enough.
    std::array<std::uint64_t, max_tree_height + 1> leaves_below{};
    leaves_below[tree.height] = 1;
    for (std::size_t level = tree.height; level-- > 0;)
        leaves_below[level] = std::min(leaves_below[level + 1] * tree.branch_factor, least_session_keys + 1);
    if (leaves_below[0] < least_session_keys) return refuse(Fault::tree_refused);

    const unsigned number = atc[0] * 256u + atc[1];
    SecretArray<16> parent;
    SecretArray<16> grandparent;
    std::ranges::copy(icc_master_key.reveal(), parent.writable().begin());
    std::ranges::copy(tree.initial_value, grandparent.writable().begin());
    SecretArray<16> key;
    for (std::size_t level = 1; level <= tree.height; ++level) {
        const auto branch = static_cast<std::uint16_t>(number / leaves_below[level] % tree.branch_factor);
        std::ranges::copy(grandparent.reveal(), key.writable().begin());
        for (const std::size_t half : {std::size_t{0}, std::size_t{8}}) {
            key.writable()[half + 6] ^= static_cast<std::uint8_t>(branch >> 8);
            key.writable()[half + 7] ^= static_cast<std::uint8_t>(branch);
        }
        key.writable()[15] ^= 0xF0;
        ecb_encrypt(parent, key.reveal(), key.writable());
        if (level == tree.height) break;
        std::ranges::copy(parent.reveal(), grandparent.writable().begin());
        std::ranges::copy(key.reveal(), parent.writable().begin());
    }
    xor_into(key.writable(), key.reveal(), grandparent.reveal());
    set_odd_parity(key.writable());
    return key;
}

}  // namespace takas::crypto::payment
