#include "core/card/pan_draw.hpp"

#include <bit>

namespace takas::core::card {
namespace {

/// Ten rounds, as FF1 has: more than enough against someone who sees a few drawn numbers and not the key.
constexpr std::uint64_t feistel_rounds = 10;

struct SipState {
    std::uint64_t v0, v1, v2, v3;
    void round() {
        v0 += v1, v1 = std::rotl(v1, 13), v1 ^= v0, v0 = std::rotl(v0, 32);
        v2 += v3, v3 = std::rotl(v3, 16), v3 ^= v2;
        v0 += v3, v3 = std::rotl(v3, 21), v3 ^= v0;
        v2 += v1, v1 = std::rotl(v1, 17), v1 ^= v2, v2 = std::rotl(v2, 32);
    }
};

/// Bits of one half of the smallest even-sized block that holds `size` values.
int half_bits(std::uint64_t size) { return std::max(1, static_cast<int>(std::bit_width(size - 1) + 1) / 2); }

std::uint64_t feistel(std::uint64_t value, int half, const DrawKey& key, std::uint64_t tweak) {
    const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
    std::uint64_t left = value >> half, right = value & mask;
    for (std::uint64_t round = 0; round < feistel_rounds; ++round) {
        const std::array<std::uint64_t, 3> message{tweak, round, right};
        const std::uint64_t mixed = left ^ (siphash(key, message) & mask);
        left = right, right = mixed;
    }
    return left << half | right;
}

std::string account_digits(std::int64_t number, std::size_t digits) {
    std::string text = std::to_string(number);
    return text.size() > digits ? std::string{} : text.insert(0, digits - text.size(), '0');
}

}  // namespace

std::uint64_t siphash(const DrawKey& key, std::span<const std::uint64_t> blocks) {
    SipState s{key.words[0] ^ 0x736f6d6570736575, key.words[1] ^ 0x646f72616e646f6d, key.words[0] ^ 0x6c7967656e657261,
               key.words[1] ^ 0x7465646279746573};
    for (const std::uint64_t block : blocks) {
        s.v3 ^= block;
        s.round(), s.round();
        s.v0 ^= block;
    }
    s.v2 ^= 0xff;
    for (int i = 0; i < 4; ++i) s.round();
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

std::int64_t permute(std::int64_t position, std::int64_t size, const DrawKey& key, std::uint64_t tweak) {
    if (size < 2) return position;
    const auto limit = static_cast<std::uint64_t>(size);
    const int half = half_bits(limit);
    auto value = static_cast<std::uint64_t>(position);
    do value = feistel(value, half, key, tweak);
    while (value >= limit);  // ends: the cycle leads back to `position`, which is inside
    return static_cast<std::int64_t>(value);
}

std::optional<Pan> pan_at(const product::CardBinRange& range, std::int16_t card_digits, std::int64_t position,
                          const DrawKey& key) {
    if (position < 0 || card_digits < 12 || static_cast<std::size_t>(card_digits) < range.bin.size() + 2)
        return std::nullopt;
    for (const product::RangeSegment& segment : range.segments) {
        if (position >= segment.count) {
            position -= segment.count;
            continue;
        }
        const std::int64_t place =
            range.allocation == product::Allocation::random
                ? permute(position, segment.count, key, static_cast<std::uint64_t>(segment.first))
                : position;
        const auto digits = static_cast<std::size_t>(card_digits) - range.bin.size() - 1;
        const std::string account = account_digits(segment.first + place, digits);
        if (account.empty()) return std::nullopt;
        std::string number = range.bin + account;
        number.push_back(luhn_check_digit(number));
        return Pan::parse(number);
    }
    return std::nullopt;
}

}  // namespace takas::core::card
