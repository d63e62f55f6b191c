// ISO/IEC 9797-1 over CBC: every algorithm is a CBC run and something about its last block.
#include "crypto/payment/mac.hpp"

#include <algorithm>
#include <array>

#include "crypto/openssl_handles.hpp"
#include "crypto/payment/des_keys.hpp"
#include "crypto/payment/scratch.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::array<std::uint8_t, 16> zero_iv{};
constexpr std::size_t des_block_bytes = 8;

std::size_t whole_blocks(std::size_t size, std::size_t block_bytes) {
    return std::max<std::size_t>((size + block_bytes - 1) / block_bytes, 1) * block_bytes;
}

std::size_t padded_size(Padding padding, std::size_t size, std::size_t block_bytes) {
    switch (padding) {
        case Padding::zeros:
            return whole_blocks(size, block_bytes);
        case Padding::one_and_zeros:
            return whole_blocks(size + 1, block_bytes);
        case Padding::length_first:
            return block_bytes + whole_blocks(size, block_bytes);
    }
    return 0;
}

/// `out` of padded_size().
void pad_into(std::span<std::uint8_t> out, Padding padding, ByteView data, std::size_t block_bytes) {
    std::ranges::fill(out, std::uint8_t{0});
    std::size_t start = 0;
    if (padding == Padding::length_first) {
        start = block_bytes;
        std::uint64_t bits = std::uint64_t{data.size()} * 8;
        for (std::size_t i = block_bytes; i-- > 0 && bits > 0; bits >>= 8) out[i] = static_cast<std::uint8_t>(bits);
    }
    std::ranges::copy(data, out.begin() + static_cast<std::ptrdiff_t>(start));
    if (padding == Padding::one_and_zeros) out[data.size()] = 0x80;
}

DesBlock last_block(ByteView blocks) {
    DesBlock out;
    std::ranges::copy(blocks.last(des_block_bytes), out.begin());
    return out;
}

/// Multiplies by x in GF(2^64) or GF(2^128) (SP 800-38B section 6.1), without a branch on the value.
void double_in_field(std::span<std::uint8_t> value) {
    const std::uint8_t reduction = value.size() == 8 ? 0x1B : 0x87;
    const auto carry_out = static_cast<std::uint8_t>(0 - (value[0] >> 7));
    for (std::size_t i = 0; i + 1 < value.size(); ++i)
        value[i] = static_cast<std::uint8_t>((value[i] << 1) | (value[i + 1] >> 7));
    value.back() = static_cast<std::uint8_t>((value.back() << 1) ^ (reduction & carry_out));
}

}  // namespace

Bytes padded(Padding padding, ByteView data, std::size_t block_bytes) {
    Bytes out(padded_size(padding, data.size(), block_bytes));
    pad_into(out, padding, data, block_bytes);
    return out;
}

Outcome<DesBlock> cbc_mac(CipherKey key, Padding padding, ByteView data) {
    if (key.algorithm() != CipherAlgorithm::tdes) return refuse(Fault::key_length_refused);
    if (data.size() > max_mac_data_bytes) return refuse(Fault::data_length_refused);
    Scratch scratch(padded_size(padding, data.size(), des_block_bytes));
    pad_into(scratch.bytes(), padding, data, des_block_bytes);
    cbc_encrypt(key, ByteView(zero_iv).first(des_block_bytes), scratch.bytes(), scratch.bytes());
    return last_block(scratch.bytes());
}

DesBlock retail_mac(const DesKeys& keys, Padding padding, ByteView data) {
    if (data.size() > max_mac_data_bytes) stop_on_broken_crypto("a MAC was asked over too much");
    Scratch scratch(padded_size(padding, data.size(), des_block_bytes));
    pad_into(scratch.bytes(), padding, data, des_block_bytes);
    // Single DES through all blocks but the last; there E(K) D(K') E(K) is one TDES block.
    DesBlock state{};
    const std::size_t last = scratch.bytes().size() - des_block_bytes;
    for (std::size_t at = 0; at < last; at += des_block_bytes) {
        xor_into(state, state, scratch.bytes().subspan(at, des_block_bytes));
        keys.encrypt_left(state);
    }
    xor_into(state, state, scratch.bytes().subspan(last));
    keys.encrypt(state);
    return state;
}

DesBlock retail_mac(const DoubleKey& key, Padding padding, ByteView data) {
    return retail_mac(DesKeys(key), padding, data);
}

Outcome<DesBlock> retail_mac(ByteView key, Padding padding, ByteView data) {
    if (key.size() != DoubleKey::size()) return refuse(Fault::key_length_refused);
    if (data.size() > max_mac_data_bytes) return refuse(Fault::data_length_refused);
    return retail_mac(DesKeys(*CipherKey::tdes(key)), padding, data);
}

void cmac(CipherKey key, ByteView data, std::span<std::uint8_t> out) {
    const std::size_t block_bytes = key.block_bytes();
    if (data.size() > max_mac_data_bytes || out.size() != block_bytes)
        stop_on_broken_crypto("a CMAC was asked over too much, or for another size");
    Scratch subkey(block_bytes);
    ecb_encrypt(key, ByteView(zero_iv).first(block_bytes), subkey.bytes());
    double_in_field(subkey.bytes());

    const bool is_whole = !data.empty() && data.size() % block_bytes == 0;
    Scratch scratch(whole_blocks(data.size(), block_bytes));
    pad_into(scratch.bytes(), Padding::zeros, data, block_bytes);
    if (!is_whole) {
        scratch.bytes()[data.size()] = 0x80;
        double_in_field(subkey.bytes());
    }
    const auto last = scratch.bytes().last(block_bytes);
    xor_into(last, last, subkey.bytes());
    cbc_encrypt(key, ByteView(zero_iv).first(block_bytes), scratch.bytes(), scratch.bytes());
    std::ranges::copy(last, out.begin());
}

}  // namespace takas::crypto::payment
