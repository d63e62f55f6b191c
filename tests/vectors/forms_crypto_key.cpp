#include "crypto/key_wrap.hpp"
#include "crypto/payment/key_check.hpp"
#include "crypto/payment/key_parts.hpp"
#include "crypto/payment/mac.hpp"
#include "forms_crypto.hpp"

namespace takas::vectors {
namespace {

using namespace payment;
using crypto::KeyWrap;
using crypto::SecretBytes;

CipherKey key_of(std::string_view algorithm, const Bytes& key) {
    return need(CipherKey::of(algorithm.starts_with("AES") ? CipherAlgorithm::aes : CipherAlgorithm::tdes, key), "key");
}

KeyWrap wrap_form(Value in) {
    const std::string_view mode = text(in, "mode");
    return mode.contains("5649") || mode.contains("KWP") ? KeyWrap::rfc5649 : KeyWrap::rfc3394;
}

SecretBytes secret(Value in, std::string_view name) { return SecretBytes(ByteView(hex(in, name))); }

/// MACs may be given whole or by their left octets.
void expect_left_if_given(Value out, std::string_view name, ByteView actual) {
    if (!has(out, name)) return;
    const std::size_t size = text(out, name).size() / 2;
    expect_true(name, size >= 4 && size <= actual.size());
    expect_hex(name, text(out, name), actual.first(size));
}

}  // namespace

void check_aes_key_wrap(const Case& c) {
    const auto wrapped = crypto::wrap_key(wrap_form(c.in), secret(c.in, "kek"), secret(c.in, "key"));
    expect_true("wrapping", wrapped.has_value());
    expect_hex("wrapped", text(c.out, "wrapped"), *wrapped);
    const auto key = crypto::unwrap_key(wrap_form(c.in), secret(c.in, "kek"), *wrapped);
    expect_true("unwrapping", key.has_value());
    expect_hex("key", text(c.in, "key"), key->reveal());
}

void check_aes_key_wrap_negative(const Case& c) {
    expect_true("an altered key was taken",
                !crypto::unwrap_key(wrap_form(c.in), secret(c.in, "kek"), hex(c.in, "wrapped")).has_value());
}

void check_cmac(const Case& c) {
    const Bytes key = hex(c.in, "key");
    const CipherKey cipher = key_of(text(c.in, "algorithm"), key);
    Bytes mac(cipher.block_bytes());
    cmac(cipher, hex(c.in, "data"), mac);
    expect_left_if_given(c.out, "cmac", mac);
    expect_true("cmac", has(c.out, "cmac"));
}

void check_mac_iso9797(const Case& c) {
    const Bytes key = hex(c.in, "key");
    const Bytes data = hex(c.in, "data");
    const std::int64_t padding_number = integer(c.in, "padding");
    expect_true("padding method 1 to 3", padding_number >= 1 && padding_number <= 3);
    const auto padding = static_cast<Padding>(padding_number);
    if (has(c.out, "mac_alg3_x919"))
        expect_left_if_given(c.out, "mac_alg3_x919", need(retail_mac(ByteView(key), padding, data), "algorithm 3"));
    const auto alg1 = [&](ByteView bytes) {
        return need(cbc_mac(need(CipherKey::tdes(bytes), "key"), padding, data), "algorithm 1");
    };
    expect_left_if_given(c.out, "mac_alg1_tdes_cbc", alg1(key));
    expect_left_if_given(c.out, "mac_alg1_single_des", alg1(ByteView(key).first(8)));
}

void check_kcv(const Case& c) {
    const Bytes key = hex(c.in, "key");
    const CipherKey cipher = key_of(text(c.in, "algorithm"), key);
    const bool is_tdes = cipher.algorithm() == CipherAlgorithm::tdes;
    expect_text_if_given(c.out, is_tdes ? "kcv_zero_block_3" : "ecb_zero_3_legacy", upper_hex(zero_block_kcv(cipher)));
    expect_text_if_given(c.out, "kcv_cmac_5", upper_hex(cmac_kcv(cipher)));
    if (!is_tdes) expect_text_if_given(c.out, "kcv_zero_block_3", upper_hex(zero_block_kcv(cipher)));
    expect_true("a key check value", c.out.size() > 0);
}

void check_key_components(const Case& c) {
    std::vector<SecretBytes> components;
    const auto list = member(c.in, "components");
    expect_true("components", list && list->is_array());
    for (const Value component : *list) {
        const auto bytes = hex_decode(component.text());
        expect_true("a component in hex", bytes.has_value());
        components.emplace_back(ByteView(*bytes));
    }
    SecretBytes key = need(combine_components(components), "combining");
    expect_hex("key", text(c.out, "key"), key.reveal());
    const CipherKey cipher =
        need(CipherKey::of(text(c.in, "algorithm").starts_with("AES") ? CipherAlgorithm::aes : CipherAlgorithm::tdes,
                           key.reveal()),
             "key");
    if (has(c.out, "kcv")) {
        const std::string_view expected = text(c.out, "kcv");
        // Six digits of an AES key are the zero block's or the left of the CMAC's: consoles show either.
        const bool is_legacy =
            cipher.algorithm() == CipherAlgorithm::aes && expected == upper_hex(zero_block_kcv(cipher));
        if (!is_legacy) expect_text("kcv", expected, kcv_text(cipher).substr(0, expected.size()));
    }
    if (cipher.algorithm() == CipherAlgorithm::tdes) {
        SecretBytes odd = key.clone();
        set_odd_parity(odd.writable());
        expect_hex_if_given(c.out, "key_odd_parity", odd.reveal());
    }
}

}  // namespace takas::vectors
