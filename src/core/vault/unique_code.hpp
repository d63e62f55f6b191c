// The rotating handle of a stored card as 40 octets, 56 characters of Base64 (card-vault-api section 11):
//
//   header (8): format 0x01 | key version (1) | hours of an epoch (2, big endian) | epoch (4, big endian)
//   token (32): tag (16) | encrypted card id, padded with zeros (16)                        (crypto/siv.hpp)
//
// Layout and calendar only; sealing is app/vault's.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/time.hpp"

namespace takas::core::vault {

inline constexpr std::size_t unique_code_header_bytes = 8;
inline constexpr std::size_t unique_code_bytes = 40;
inline constexpr std::size_t unique_code_characters = 56;

struct UniqueCodeHeader {
    std::uint8_t key_version = 1;
    std::uint16_t period_h = 24;
    std::uint32_t epoch = 0;
    friend bool operator==(const UniqueCodeHeader&, const UniqueCodeHeader&) = default;
};

/// Which epoch a moment is in.
std::uint32_t epoch_at(Instant now, std::uint16_t period_h);

/// Handles of the running epoch and of the one before count. A code of another period is of a time before the period
/// was changed.
bool is_current(const UniqueCodeHeader& header, Instant now, std::uint16_t period_h);

std::array<std::uint8_t, unique_code_header_bytes> write_header(const UniqueCodeHeader& header);
/// Nothing for another format.
std::optional<UniqueCodeHeader> read_header(std::span<const std::uint8_t> octets);

}  // namespace takas::core::vault
