#include "crypto/payment/key_check.hpp"

#include <algorithm>
#include <bit>

#include "crypto/payment/digits.hpp"
#include "crypto/payment/mac.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::array<std::uint8_t, 16> zero_block{};
constexpr std::size_t part_bytes = 8;

/// Without the parity bits.
bool are_equal_parts(ByteView a, ByteView b) {
    return std::ranges::equal(a, b, [](std::uint8_t x, std::uint8_t y) { return (x & 0xFE) == (y & 0xFE); });
}

/// NIST SP 800-67, 3.4.2. In each of them octets 0, 2 and 1, 3 are equal, as are 4, 6 and 5, 7: four octets tell all.
constexpr std::array<std::array<std::uint8_t, 4>, 16> weak_parts{{{0x01, 0x01, 0x01, 0x01},
                                                                  {0xFE, 0xFE, 0xFE, 0xFE},
                                                                  {0xE0, 0xE0, 0xF1, 0xF1},
                                                                  {0x1F, 0x1F, 0x0E, 0x0E},
                                                                  {0x01, 0xFE, 0x01, 0xFE},
                                                                  {0xFE, 0x01, 0xFE, 0x01},
                                                                  {0x1F, 0xE0, 0x0E, 0xF1},
                                                                  {0xE0, 0x1F, 0xF1, 0x0E},
                                                                  {0x01, 0xE0, 0x01, 0xF1},
                                                                  {0xE0, 0x01, 0xF1, 0x01},
                                                                  {0x1F, 0xFE, 0x0E, 0xFE},
                                                                  {0xFE, 0x1F, 0xFE, 0x0E},
                                                                  {0x01, 0x1F, 0x01, 0x0E},
                                                                  {0x1F, 0x01, 0x0E, 0x01},
                                                                  {0xE0, 0xFE, 0xF1, 0xFE},
                                                                  {0xFE, 0xE0, 0xFE, 0xF1}}};

bool is_weak_part(ByteView part) {
    return std::ranges::any_of(weak_parts, [&](const auto& w) {
        const std::array<std::uint8_t, part_bytes> whole{w[0], w[1], w[0], w[1], w[2], w[3], w[2], w[3]};
        return are_equal_parts(part, whole);
    });
}

}  // namespace

Kcv3 zero_block_kcv(CipherKey key) {
    SecretArray<16> block;
    const auto out = block.writable().first(key.block_bytes());
    ecb_encrypt(key, ByteView(zero_block).first(key.block_bytes()), out);
    Kcv3 kcv;
    std::ranges::copy(out.first(kcv.size()), kcv.begin());
    return kcv;
}

Kcv5 cmac_kcv(CipherKey key) {
    SecretArray<16> block;
    const auto out = block.writable().first(key.block_bytes());
    cmac(key, ByteView(zero_block).first(key.block_bytes()), out);
    Kcv5 kcv;
    std::ranges::copy(out.first(kcv.size()), kcv.begin());
    return kcv;
}

std::string kcv_text(CipherKey key) {
    return key.algorithm() == CipherAlgorithm::tdes ? upper_hex(zero_block_kcv(key)) : upper_hex(cmac_kcv(key));
}

void set_odd_parity(std::span<std::uint8_t> key) {
    for (std::uint8_t& octet : key) {
        const auto seven = static_cast<std::uint8_t>(octet & 0xFE);
        octet = static_cast<std::uint8_t>(seven | ((std::popcount(seven) + 1) & 1));
    }
}

bool has_odd_parity(ByteView key) {
    return std::ranges::all_of(key, [](std::uint8_t octet) { return std::popcount(octet) % 2 == 1; });
}

bool is_weak_tdes_key(ByteView key) {
    for (std::size_t at = 0; at + part_bytes <= key.size(); at += part_bytes)
        if (is_weak_part(key.subspan(at, part_bytes))) return true;
    for (std::size_t at = part_bytes; at + part_bytes <= key.size(); at += part_bytes)
        if (are_equal_parts(key.subspan(at - part_bytes, part_bytes), key.subspan(at, part_bytes))) return true;
    return false;
}

}  // namespace takas::crypto::payment
