#include "core/vault/unique_code.hpp"

namespace takas::core::vault {
namespace {
constexpr std::uint8_t format = 1;
constexpr std::int64_t seconds_per_hour = 3'600;
}  // namespace

std::uint32_t epoch_at(Instant now, std::uint16_t period_h) {
    return static_cast<std::uint32_t>(now.seconds() / (period_h * seconds_per_hour));
}

bool is_current(const UniqueCodeHeader& header, Instant now, std::uint16_t period_h) {
    if (header.period_h != period_h) return false;
    const std::uint32_t running = epoch_at(now, period_h);
    return header.epoch == running || header.epoch + 1 == running;
}

std::array<std::uint8_t, unique_code_header_bytes> write_header(const UniqueCodeHeader& header) {
    std::array<std::uint8_t, unique_code_header_bytes> out{};
    out[0] = format;
    out[1] = header.key_version;
    out[2] = static_cast<std::uint8_t>(header.period_h >> 8);
    out[3] = static_cast<std::uint8_t>(header.period_h);
    for (std::size_t i = 0; i < 4; ++i) out[4 + i] = static_cast<std::uint8_t>(header.epoch >> (24 - 8 * i));
    return out;
}

std::optional<UniqueCodeHeader> read_header(std::span<const std::uint8_t> octets) {
    if (octets.size() < unique_code_header_bytes || octets[0] != format) return std::nullopt;
    UniqueCodeHeader header;
    header.key_version = octets[1];
    header.period_h = static_cast<std::uint16_t>(octets[2] << 8 | octets[3]);
    for (std::size_t i = 0; i < 4; ++i) header.epoch = header.epoch << 8 | octets[4 + i];
    return header;
}

}  // namespace takas::core::vault
