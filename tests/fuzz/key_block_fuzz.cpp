// Any bytes as a TR-31 key block, and any bytes as the fields of one: read or refused, never a crash; and what was
// wrapped is read back as it was.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "crypto/payment/key_block.hpp"

namespace {

using namespace takas;
using namespace takas::crypto::payment;

constexpr std::array<std::uint8_t, 32> kbpk{0x88, 0xE1, 0xAB, 0x2A, 0x2E, 0x3D, 0xD3, 0x8C, 0x1F, 0xA0, 0x39,
                                            0xA5, 0x36, 0x50, 0x0C, 0xC8, 0xA8, 0x7A, 0xB9, 0xD6, 0x2D, 0xC9,
                                            0x2C, 0x01, 0x05, 0x8F, 0xA7, 0x9F, 0x44, 0x65, 0x7D, 0xE6};

ByteView kbpk_for(char version) { return ByteView(kbpk).first(version == 'D' || version == 'E' ? 32 : 16); }

void must(bool holds) {
    if (!holds) std::abort();
}

void read_as_block(std::string_view text) {
    const auto header = read_key_block_header(text);
    const auto key = unwrap_key_block(kbpk_for(text.empty() ? 'D' : text[0]), text);
    // What can be unwrapped has a header, and can be wrapped again.
    if (!key) return;
    must(header.has_value() && *header == key->header);
    must(wrap_key_block_of_any_version(kbpk_for(header->version), *header, key->key.reveal()).has_value());
}

/// version, usage(2), algorithm, mode, key version(2), exportability, optional id(2), its length, its data, the key.
void wrap_fields(std::string_view fields) {
    constexpr std::size_t head = 11;
    if (fields.size() < head) return;
    KeyBlockHeader header{fields[0], std::string(fields.substr(1, 2)), fields[3],
                          fields[4], std::string(fields.substr(5, 2)), fields[7],
                          {}};
    const std::size_t optional = static_cast<unsigned char>(fields[10]);
    const std::string_view rest = fields.substr(head);
    if (optional > 0)
        header.optional_blocks.push_back({std::string(fields.substr(8, 2)), std::string(rest.substr(0, optional))});
    const ByteView key = bytes_of(rest.substr(std::min(optional, rest.size())));
    const auto text = wrap_key_block_of_any_version(kbpk_for(header.version), header, key);
    if (!text) return;
    const auto read = unwrap_key_block(kbpk_for(header.version), *text);
    must(read.has_value() && read->header == header && std::ranges::equal(read->key.reveal(), key));
    const auto checked = wrap_key_block(kbpk_for(header.version), header, key);
    must(!checked || (check_mode_of_use(header).has_value() && (header.version == 'B' || header.version == 'D')));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_as_block(bytes);
    wrap_fields(bytes);
    return 0;
}
