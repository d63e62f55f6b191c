#include "crypto/payment/key_block.hpp"
#include "crypto/payment/key_check.hpp"
#include "forms_crypto.hpp"

namespace takas::vectors {
namespace {

using namespace payment;

void expect_kcv(Value out, char algorithm, ByteView key) {
    if (!has(out, "kcv")) return;
    const std::string_view expected = text(out, "kcv");
    if (algorithm != 'T' && algorithm != 'D' && algorithm != 'A') return;
    const CipherKey cipher =
        need(CipherKey::of(algorithm == 'A' ? CipherAlgorithm::aes : CipherAlgorithm::tdes, key), "key");
    expect_text("kcv", expected, kcv_text(cipher).substr(0, expected.size()));
}

/// What is given of the optional blocks must be there, and nothing else; padding blocks carry nothing.
void expect_optional_blocks(Value out, const KeyBlockHeader& header) {
    const auto blocks = member(out, "optional_blocks");
    if (!blocks) return;
    expect_true("optional_blocks is an object", blocks->is_object());
    std::size_t expected_count = 0;
    for (const Value block : *blocks) {
        if (block.key() == "PB") continue;
        ++expected_count;
        bool is_there = false;
        for (const OptionalBlock& ours : header.optional_blocks)
            if (ours.id == block.key()) is_there = ours.data == block.text();
        expect_true(std::string("optional block ") + std::string(block.key()), is_there);
    }
    expect_true("the count of optional blocks", expected_count == header.optional_blocks.size());
}

void expect_header(Value out, const KeyBlockHeader& header) {
    expect_text_if_given(out, "usage", header.usage);
    if (has(out, "algorithm")) expect_text("algorithm", text(out, "algorithm").substr(0, 1), {&header.algorithm, 1});
    expect_text_if_given(out, "mode", {&header.mode_of_use, 1});
    expect_text_if_given(out, "version_number", header.key_version);
    expect_text_if_given(out, "exportability", {&header.exportability, 1});
    expect_optional_blocks(out, header);
}

}  // namespace

void check_tr31(const Case& c) {
    const Bytes kbpk = hex(c.in, "kbpk");
    const std::string_view block = text(c.in, "key_block");
    const UnwrappedKey unwrapped = need(unwrap_key_block(kbpk, block), "unwrapping");
    expect_hex("key", text(c.out, "key"), unwrapped.key.reveal());
    expect_header(c.out, unwrapped.header);
    expect_kcv(c.out, unwrapped.header.algorithm, unwrapped.key.reveal());

    // The padding is random: what we wrap is another text that says the same.
    const std::string wrapped =
        need(wrap_key_block_of_any_version(kbpk, unwrapped.header, unwrapped.key.reveal()), "wrapping again");
    const UnwrappedKey again = need(unwrap_key_block(kbpk, wrapped), "unwrapping again");
    expect_hex("key after a round trip", text(c.out, "key"), again.key.reveal());
    expect_true("the header after a round trip", again.header == unwrapped.header);
}

void check_tr31_negative(const Case& c) {
    expect_refused(unwrap_key_block(hex(c.in, "kbpk"), text(c.in, "key_block")), "the key block");
}

}  // namespace takas::vectors
