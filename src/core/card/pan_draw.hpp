// Which card number stands at which position of a BIN range: in sequence, or in an order that only the holder of the
// key can foresee. Pure arithmetic: it counts nothing and knows no used number; that positions are used once is its
// caller's business, that two positions never share a number is promised here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/card/pan.hpp"
#include "core/product/product.hpp"

namespace takas::core::card {

struct DrawKey {
    std::array<std::uint64_t, 2> words{};
};

/// SipHash-2-4 (Aumasson, Bernstein 2012) over blocks that the caller has padded.
std::uint64_t siphash(const DrawKey& key, std::span<const std::uint64_t> blocks);

/// A permutation of 0 .. size - 1 chosen by key and tweak: a balanced Feistel network over the next power of four,
/// walked until it falls inside (as in NIST SP 800-38G, with SipHash for its round function).
std::int64_t permute(std::int64_t position, std::int64_t size, const DrawKey& key, std::uint64_t tweak);

/// The card number at `position` of the range; nothing when the range has no such position or its BIN and
/// `card_digits` (12..19) do not fit together.
std::optional<Pan> pan_at(const product::CardBinRange& range, std::int16_t card_digits, std::int64_t position,
                          const DrawKey& key);

}  // namespace takas::core::card
