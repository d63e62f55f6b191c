#include "crypto/payment/key_block_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "crypto/payment/digits.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t max_optional_blocks = 99;
constexpr std::size_t short_head_chars = 4;  ///< id and two digits of length
constexpr std::size_t long_head_chars = 10;  ///< id, 00, 04 and four digits of length
constexpr std::size_t max_short_chars = 255;
constexpr std::string_view padding_block_id = "PB";

constexpr std::array versions{
    BlockVersion{'A', CipherAlgorithm::tdes, 8, 8, 4, true, false},
    BlockVersion{'B', CipherAlgorithm::tdes, 8, 8, 8, false, true},
    BlockVersion{'C', CipherAlgorithm::tdes, 8, 8, 4, true, false},
    BlockVersion{'D', CipherAlgorithm::aes, 16, 16, 16, false, true},
    BlockVersion{'E', CipherAlgorithm::aes, 16, 1, 16, false, false},
};

/// X9.143 tables 2 and 4: what a key may be for, and how such a key may be used.
struct UsageRow {
    std::string_view usage;
    std::string_view modes;
};
constexpr std::string_view cipher_modes = "BDEN";
constexpr std::string_view mac_modes = "CGVN";
constexpr std::string_view derivation_modes = "XN";
constexpr std::string_view pair_modes = "BDESTVXN";
constexpr std::array usages{
    UsageRow{"B0", derivation_modes}, UsageRow{"B1", derivation_modes}, UsageRow{"B2", derivation_modes},
    UsageRow{"B3", derivation_modes}, UsageRow{"C0", mac_modes},        UsageRow{"D0", cipher_modes},
    UsageRow{"D1", cipher_modes},     UsageRow{"D2", cipher_modes},     UsageRow{"D3", cipher_modes},
    UsageRow{"E0", derivation_modes}, UsageRow{"E1", derivation_modes}, UsageRow{"E2", derivation_modes},
    UsageRow{"E3", derivation_modes}, UsageRow{"E4", derivation_modes}, UsageRow{"E5", derivation_modes},
    UsageRow{"E6", derivation_modes}, UsageRow{"E7", pair_modes},       UsageRow{"I0", "N"},
    UsageRow{"K0", cipher_modes},     UsageRow{"K1", cipher_modes},     UsageRow{"K2", pair_modes},
    UsageRow{"K3", pair_modes},       UsageRow{"K4", cipher_modes},     UsageRow{"M0", mac_modes},
    UsageRow{"M1", mac_modes},        UsageRow{"M2", mac_modes},        UsageRow{"M3", mac_modes},
    UsageRow{"M4", mac_modes},        UsageRow{"M5", mac_modes},        UsageRow{"M6", mac_modes},
    UsageRow{"M7", mac_modes},        UsageRow{"M8", mac_modes},        UsageRow{"P0", cipher_modes},
    UsageRow{"P1", "BDECGVN"},        UsageRow{"S0", "STVN"},           UsageRow{"S1", "STVN"},
    UsageRow{"S2", pair_modes},       UsageRow{"V0", "CGVN"},           UsageRow{"V1", "CGVN"},
    UsageRow{"V2", "CGVN"},           UsageRow{"V3", "CGVN"},           UsageRow{"V4", "CGVN"},
    UsageRow{"V5", "CGVN"},
};
constexpr std::string_view algorithms = "ADEHIJRST";
constexpr std::string_view modes = "BCDEGNSTVXY";
constexpr std::string_view exportabilities = "ENS";
constexpr std::string_view contexts = "012";

constexpr bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
constexpr bool is_printable(char c) { return c >= ' ' && c <= '~'; }

/// X9.143 leaves two-digit usages and one-digit modes to whoever wants one of his own.
bool is_proprietary(std::string_view code) { return are_digits(code); }

const UsageRow* find_usage(std::string_view usage) {
    const auto found = std::ranges::find(usages, usage, &UsageRow::usage);
    return found == usages.end() ? nullptr : &*found;
}

/// Upper-case hex digits as a number; nothing when there are too few or others.
std::optional<std::size_t> hex_number(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    std::size_t number = 0;
    for (const char c : text.substr(at, digits)) {
        if (nibble_of(c) < 0 || (c >= 'a' && c <= 'f')) return std::nullopt;
        number = number * 16 + static_cast<std::size_t>(nibble_of(c));
    }
    return number;
}

struct OptionalHead {
    std::size_t head_chars = 0;
    std::size_t chars = 0;  ///< with the head
};

std::optional<OptionalHead> read_optional_head(std::string_view text, std::size_t at) {
    const auto chars = hex_number(text, at + 2, 2);
    if (!chars) return std::nullopt;
    if (*chars != 0) return OptionalHead{short_head_chars, *chars};
    // X9.143 counts the digits of the length (04), some writers the octets they stand for (02).
    const auto length_size = hex_number(text, at + 4, 2);
    const auto long_chars = hex_number(text, at + 6, 4);
    if (!length_size || (*length_size != 4 && *length_size != 2) || !long_chars) return std::nullopt;
    return OptionalHead{long_head_chars, *long_chars};
}

bool is_id(std::string_view id) { return id.size() == 2 && std::ranges::all_of(id, is_alphanumeric); }

bool has_block(const KeyBlockHeader& header, std::string_view id) {
    return std::ranges::find(header.optional_blocks, id, &OptionalBlock::id) != header.optional_blocks.end();
}

/// Reads `count` optional blocks into the header; where the text goes on behind them.
Outcome<std::size_t> read_optional_blocks(std::string_view text, std::size_t count, KeyBlockHeader& header) {
    std::size_t at = key_block_head_chars;
    for (std::size_t n = 1; n <= count; ++n) {
        const auto head = read_optional_head(text, at);
        if (!head || head->chars < head->head_chars || head->chars > text.size() - at)
            return refuse(Fault::block_optional_refused);
        const std::string_view id = text.substr(at, 2);
        const std::string_view data = text.substr(at + head->head_chars, head->chars - head->head_chars);
        const bool is_padding = id == padding_block_id;
        if (!is_id(id) || !std::ranges::all_of(data, is_printable) || has_block(header, id) ||
            (is_padding && n != count)) {
            return refuse(Fault::block_optional_refused);
        }
        if (!is_padding) header.optional_blocks.push_back({std::string(id), std::string(data)});
        at += head->chars;
    }
    return at;
}

std::string optional_block_text(std::string_view id, std::string_view data) {
    const std::size_t chars = short_head_chars + data.size();
    if (chars <= max_short_chars) return fmt::format("{}{:02X}{}", id, chars, data);
    return fmt::format("{}0004{:04X}{}", id, long_head_chars + data.size(), data);
}

/// All optional blocks, filled up to whole cipher blocks with a padding block; `count` counts it.
std::string optional_text(const KeyBlockHeader& header, const BlockVersion& version, std::size_t& count) {
    std::string text;
    for (const OptionalBlock& block : header.optional_blocks) text += optional_block_text(block.id, block.data);
    count = header.optional_blocks.size();
    const std::size_t unit = version.optional_chars;
    if (text.size() % unit == 0) return text;
    const std::size_t missing = unit - (text.size() + short_head_chars) % unit;
    text += optional_block_text(padding_block_id, std::string(missing % unit, '0'));
    ++count;
    return text;
}

}  // namespace

const BlockVersion* find_block_version(char id) {
    const auto found = std::ranges::find(versions, id, &BlockVersion::id);
    return found == versions.end() ? nullptr : &*found;
}

bool is_known_usage(std::string_view usage) { return find_usage(usage) != nullptr; }

Outcome<void> check_mode_of_use(const KeyBlockHeader& header) {
    const UsageRow* row = find_usage(header.usage);
    if (row == nullptr) return is_proprietary(header.usage) ? Outcome<void>() : refuse(Fault::block_usage_unknown);
    if (!row->modes.contains(header.mode_of_use)) return refuse(Fault::block_mode_refused);
    return {};
}

Outcome<void> check_header_fields(const KeyBlockHeader& header) {
    if (header.usage.size() != 2 || (!is_known_usage(header.usage) && !is_proprietary(header.usage)))
        return refuse(Fault::block_usage_unknown);
    if (!algorithms.contains(header.algorithm)) return refuse(Fault::block_algorithm_unknown);
    if (!modes.contains(header.mode_of_use) && !is_digit(header.mode_of_use)) return refuse(Fault::block_mode_unknown);
    if (header.key_version.size() != 2 || !std::ranges::all_of(header.key_version, is_alphanumeric))
        return refuse(Fault::block_number_refused);
    if (!exportabilities.contains(header.exportability)) return refuse(Fault::block_exportability_unknown);
    if (!contexts.contains(header.key_context)) return refuse(Fault::block_reserved_refused);
    return {};
}

Outcome<ParsedHeader> parse_key_block_header(std::string_view text) {
    if (text.size() < key_block_head_chars || text.size() > max_key_block_chars)
        return refuse(Fault::block_length_refused);
    if (!std::ranges::all_of(text, is_printable)) return refuse(Fault::block_text_refused);
    ParsedHeader parsed;
    parsed.version = find_block_version(text[0]);
    if (parsed.version == nullptr) return refuse(Fault::block_version_refused);
    if (text.substr(1, 4) != fmt::format("{:04}", text.size())) return refuse(Fault::block_length_refused);
    KeyBlockHeader& header = parsed.header;
    header.version = text[0];
    header.usage = text.substr(5, 2);
    header.algorithm = text[7];
    header.mode_of_use = text[8];
    header.key_version = text.substr(9, 2);
    header.exportability = text[11];
    header.key_context = text[14];
    if (const auto checked = check_header_fields(header); !checked) return refuse(checked.error());
    if (!are_digits(text.substr(12, 2))) return refuse(Fault::block_optional_refused);
    if (text[15] != '0') return refuse(Fault::block_reserved_refused);
    const std::size_t count = static_cast<std::size_t>(text[12] - '0') * 10 + static_cast<std::size_t>(text[13] - '0');
    const auto end = read_optional_blocks(text, count, header);
    if (!end) return refuse(end.error());
    if ((*end - key_block_head_chars) % parsed.version->optional_chars != 0)
        return refuse(Fault::block_optional_refused);
    parsed.chars = *end;
    return parsed;
}

Outcome<KeyBlockHeader> read_key_block_header(std::string_view key_block) {
    auto parsed = parse_key_block_header(key_block);
    if (!parsed) return refuse(parsed.error());
    return std::move(parsed->header);
}

Outcome<std::string> header_text(const KeyBlockHeader& header, const BlockVersion& version, std::size_t body_chars) {
    if (const auto checked = check_header_fields(header); !checked) return refuse(checked.error());
    for (const OptionalBlock& block : header.optional_blocks)
        if (!is_id(block.id) || block.id == padding_block_id || !std::ranges::all_of(block.data, is_printable) ||
            block.data.size() > max_key_block_chars) {
            return refuse(Fault::block_optional_refused);
        }
    std::size_t count = 0;
    const std::string optional = optional_text(header, version, count);
    const std::size_t chars = key_block_head_chars + optional.size() + body_chars;
    if (count > max_optional_blocks) return refuse(Fault::block_optional_refused);
    if (chars > max_key_block_chars) return refuse(Fault::block_length_refused);
    return fmt::format("{}{:04}{}{}{}{}{}{:02}{}0{}", header.version, chars, header.usage, header.algorithm,
                       header.mode_of_use, header.key_version, header.exportability, count, header.key_context,
                       optional);
}

bool is_key_size_of_algorithm(char algorithm, std::size_t key_bytes) {
    switch (algorithm) {
        case 'A':
            return key_bytes == 16 || key_bytes == 24 || key_bytes == 32;
        case 'D':
        case 'T':
            // Old devices hold MAC keys of a single part and call them TDES.
            return key_bytes == 8 || key_bytes == 16 || key_bytes == 24;
        default:
            return key_bytes > 0;
    }
}

std::size_t hidden_key_bytes(char algorithm, std::size_t key_bytes) {
    const std::size_t longest = algorithm == 'A' ? 32 : algorithm == 'T' || algorithm == 'D' ? 24 : 0;
    return std::max(key_bytes, longest);
}

}  // namespace takas::crypto::payment
