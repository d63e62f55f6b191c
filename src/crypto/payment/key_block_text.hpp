// The readable part of a key block: its versions, its header and its optional blocks, read and written. For this room's
// .cpp files; key_block.hpp is the interface.
#pragma once

#include <string>
#include <string_view>

#include "crypto/payment/cipher.hpp"
#include "crypto/payment/key_block.hpp"

namespace takas::crypto::payment {

inline constexpr std::size_t key_block_head_chars = 16;

/// What differs between versions.
struct BlockVersion {
    char id = 0;
    CipherAlgorithm cipher{};
    std::size_t optional_chars = 0;  ///< the optional blocks together are a multiple of it
    std::size_t block_bytes = 0;     ///< and the enciphered part of this; 1 for CTR
    std::size_t mac_bytes = 0;
    bool is_variant = false;  ///< keys by variant, MAC over the enciphered key; otherwise derived, over the clear one
    bool is_written = false;
};
/// nullptr when we do not read it.
const BlockVersion* find_block_version(char id);

struct ParsedHeader {
    KeyBlockHeader header;
    const BlockVersion* version = nullptr;
    std::size_t chars = 0;  ///< with the optional blocks
};
Outcome<ParsedHeader> parse_key_block_header(std::string_view key_block);

/// Whether every field is one of X9.143's, in the order of the fields.
Outcome<void> check_header_fields(const KeyBlockHeader& header);

/// Header and optional blocks (with the padding block where one is needed) of a key block with a body of `body_chars`.
Outcome<std::string> header_text(const KeyBlockHeader& header, const BlockVersion& version, std::size_t body_chars);

/// Whether the algorithm (its code) takes a key of this size.
bool is_key_size_of_algorithm(char algorithm, std::size_t key_bytes);
/// The size that a key is padded to so that its length does not show; at least its own.
std::size_t hidden_key_bytes(char algorithm, std::size_t key_bytes);

}  // namespace takas::crypto::payment
