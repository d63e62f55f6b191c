#include <array>

#include "crypto/payment/dukpt_aes.hpp"
#include "crypto/payment/dukpt_tdes.hpp"
#include "crypto/payment/mac.hpp"
#include "crypto/payment/pin_block.hpp"
#include "forms_crypto.hpp"

namespace takas::vectors {
namespace {

using namespace payment;

/// The PIN block of the case: given, or made from PIN and PAN (format 0).
PinBlock clear_block(Value in) {
    if (!has(in, "clear_pin_block"))
        return need(clear_pin_block(PinFormat::iso0, text(in, "pin"), text(in, "pan")), "PIN");
    const Bytes bytes = hex(in, "clear_pin_block");
    expect_true("a PIN block of 8 octets", bytes.size() == 8);
    PinBlock block(bytes.size());
    std::ranges::copy(bytes, block.writable().begin());
    return block;
}

void check_tdes_pin(const Case& c, const DoubleKey& pin_key) {
    expect_hex_if_given(c.out, "pin_key", pin_key.reveal());
    if (!has(c.out, "encrypted_pin_block")) return;
    PinBlock block = clear_block(c.in);
    ecb_encrypt(pin_key, block.reveal(), block.writable());
    expect_hex("encrypted_pin_block", text(c.out, "encrypted_pin_block"), block.reveal());
    if (has(c.in, "pin") && has(c.in, "pan"))
        expect_text("pin", text(c.in, "pin"),
                    need(decipher_pin(PinFormat::iso0, block.reveal(), text(c.in, "pan"), pin_key), "block").reveal());
}

struct KeyTypeName {
    std::string_view name;
    AesDukptKeyType type;
};
constexpr std::array key_type_names{
    KeyTypeName{"2TDEA", AesDukptKeyType::tdea2},     KeyTypeName{"TDES2", AesDukptKeyType::tdea2},
    KeyTypeName{"TDEA2", AesDukptKeyType::tdea2},     KeyTypeName{"3TDEA", AesDukptKeyType::tdea3},
    KeyTypeName{"TDES3", AesDukptKeyType::tdea3},     KeyTypeName{"TDEA3", AesDukptKeyType::tdea3},
    KeyTypeName{"2TDES", AesDukptKeyType::tdea2},     KeyTypeName{"3TDES", AesDukptKeyType::tdea3},
    KeyTypeName{"2KEYTDEA", AesDukptKeyType::tdea2},  KeyTypeName{"3KEYTDEA", AesDukptKeyType::tdea3},
    KeyTypeName{"2KEYTDES", AesDukptKeyType::tdea2},  KeyTypeName{"3KEYTDES", AesDukptKeyType::tdea3},
    KeyTypeName{"AES128", AesDukptKeyType::aes128},   KeyTypeName{"AES192", AesDukptKeyType::aes192},
    KeyTypeName{"AES256", AesDukptKeyType::aes256},   KeyTypeName{"HMAC128", AesDukptKeyType::hmac128},
    KeyTypeName{"HMAC192", AesDukptKeyType::hmac192}, KeyTypeName{"HMAC256", AesDukptKeyType::hmac256},
};

/// "AES128", "AES-128", "aes_128" ...; without a name, as long as the base derivation key.
AesDukptKeyType key_type(Value in, std::size_t bdk_bytes) {
    if (!has(in, "working_key_type"))
        return bdk_bytes == 16   ? AesDukptKeyType::aes128
               : bdk_bytes == 24 ? AesDukptKeyType::aes192
                                 : AesDukptKeyType::aes256;
    std::string name;
    for (const char c : text(in, "working_key_type")) {
        if (c >= 'a' && c <= 'z') name += static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) name += c;
    }
    for (const KeyTypeName& row : key_type_names)
        if (row.name == name) return row.type;
    throw Failure("no such working key type: " + name);
}

void check_aes_pin(const Case& c, ByteView pin_key) {
    for (const auto& [holder, name] :
         {std::pair{c.in, "encrypted_pin_block_iso4"}, std::pair{c.out, "encrypted_pin_block"}}) {
        if (!has(holder, name)) continue;
        const auto pin = need(decipher_pin(PinFormat::iso4, hex(holder, name), text(c.in, "pan"),
                                           need(CipherKey::aes(pin_key), "PIN key")),
                              name);
        expect_text_if_given(c.out, "pin", pin.reveal());
        if (has(c.in, "pin_field"))
            expect_text("pin of pin_field", pin.reveal(),
                        need(pin_in_clear_block(PinFormat::iso4, hex(c.in, "pin_field"), ""), "pin_field").reveal());
    }
}

}  // namespace

void check_dukpt_tdes(const Case& c) {
    const Bytes bdk = hex(c.in, "bdk");
    const Bytes ksn_bytes = hex(c.in, "ksn");
    const auto parsed = TdesKsn::from(ksn_bytes);
    if (expects_error(c)) return expect_refused(parsed, "the KSN");
    const TdesKsn ksn = need(parsed, "KSN");
    expect_hex_if_given(c.out, "ik", need(tdes_initial_key(bdk, ksn_bytes), "initial key").reveal());
    const DoubleKey key = need(tdes_transaction_key(bdk, ksn), "transaction key");
    expect_hex_if_given(c.out, "transaction_key", key.reveal());
    check_tdes_pin(c, tdes_working_key(key, TdesDukptUse::pin));
    if (!has(c.in, "mac_data_ascii")) return;
    const ByteView data = bytes_of(text(c.in, "mac_data_ascii"));
    const auto mac = [&](TdesDukptUse use) { return retail_mac(tdes_working_key(key, use), Padding::zeros, data); };
    expect_hex_if_given(c.out, "mac_request_4", ByteView(mac(TdesDukptUse::mac_request)).first(4));
    expect_hex_if_given(c.out, "mac_response_4", ByteView(mac(TdesDukptUse::mac_response)).first(4));
    Bytes request = padded(Padding::one_and_zeros, data);
    cbc_encrypt(tdes_working_key(key, TdesDukptUse::data_request), DesBlock{}, request, request);
    expect_hex_if_given(c.out, "encrypted_request_pad80", request);
}

void check_dukpt_tdes_bad_ksn(const Case& c) { expect_refused(TdesKsn::from(hex(c.in, "ksn")), "the KSN"); }

void check_dukpt_aes(const Case& c) {
    const Bytes bdk = hex(c.in, "bdk");
    const auto parsed = AesKsn::from(hex(c.in, "ksn"));
    if (expects_error(c)) return expect_refused(parsed, "the KSN");
    const AesKsn ksn = need(parsed, "KSN");
    expect_hex_if_given(c.out, "ik", need(aes_initial_key(bdk, ksn.initial_key_id()), "initial key").reveal());
    const auto key = need(aes_transaction_key(bdk, ksn), "transaction key");
    expect_hex_if_given(c.out, "transaction_key", key.reveal());
    const AesDukptKeyType type = key_type(c.in, bdk.size());
    const auto working = [&](AesDukptUse use) {
        return need(aes_working_key(key.reveal(), ksn, use, type), "working key");
    };
    const auto pin_key = working(AesDukptUse::pin);
    expect_hex_if_given(c.out, "pin_key", pin_key.reveal());
    for (const auto name : {"mac_gen_key", "mac_generation_key"})
        expect_hex_if_given(c.out, name, working(AesDukptUse::mac_generation).reveal());
    for (const auto name : {"data_enc_key", "data_encryption_key"})
        expect_hex_if_given(c.out, name, working(AesDukptUse::data_encryption).reveal());
    // Format 4 takes an AES key: where the case asks for TDES keys, the block is under the AES key of the same use.
    const bool is_aes =
        type == AesDukptKeyType::aes128 || type == AesDukptKeyType::aes192 || type == AesDukptKeyType::aes256;
    const auto aes_type = is_aes ? type : key_type(c.out, bdk.size());
    check_aes_pin(c, need(aes_working_key(key.reveal(), ksn, AesDukptUse::pin, aes_type), "PIN key").reveal());
}

}  // namespace takas::vectors
