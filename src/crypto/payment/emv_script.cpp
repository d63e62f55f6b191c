#include "crypto/payment/emv_script.hpp"

#include <algorithm>

#include "crypto/payment/cipher.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/payment/pin_reference.hpp"
#include "crypto/payment/scratch.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t header_bytes = 5;
constexpr std::size_t mac_bytes = 8;
/// Lc is one octet, and the MAC needs its room in it.
constexpr std::size_t max_data_bytes = 240;
constexpr DesBlock zero_iv{};

Outcome<DoubleKey> session_key(const EmvProfile& profile, ByteView imk, const CardIdentity& card,
                               const ScriptContext& context) {
    const auto icc_key = icc_master_key(profile.master_key, imk, card);
    if (!icc_key) return refuse(icc_key.error());
    return profile.script_session_key == ScriptSessionKey::visa_atc ? visa_sm_session_key(*icc_key, context.atc)
                                                                    : common_sm_session_key(*icc_key, context.arqc);
}

void append(Bytes& out, ByteView part) { out.insert(out.end(), part.begin(), part.end()); }

/// L || PIN || F..., the left 4 octets as they are and the right 4 added to octets 5 to 8 of the card's AC master key;
/// the current PIN, filled with zeros, is added when it is given.
Outcome<SecretArray<8>> visa_block(const EmvProfile& profile, ByteView imk_ac, const CardIdentity& card,
                                   std::string_view new_pin, std::string_view current_pin) {
    const auto icc_key = icc_master_key(profile.master_key, imk_ac, card);
    if (!icc_key) return refuse(icc_key.error());
    SecretArray<8> block;
    std::ranges::fill(block.writable(), std::uint8_t{0xFF});
    block.writable()[0] = static_cast<std::uint8_t>(new_pin.size());
    set_digits(block.writable(), 2, new_pin);
    const auto right = block.writable().last(4);
    xor_into(right, right, icc_key->reveal().subspan(4, 4));
    if (!current_pin.empty()) {
        SecretArray<8> current;
        set_digits(current.writable(), 0, current_pin);
        xor_into(block.writable(), block.reveal(), current.reveal());
    }
    return block;
}

SecretArray<8> iso2_block(std::string_view pin) {
    SecretArray<8> block;
    std::ranges::fill(block.writable(), std::uint8_t{0xFF});
    block.writable()[0] = static_cast<std::uint8_t>(0x20 | pin.size());
    set_digits(block.writable(), 2, pin);
    return block;
}

Outcome<SecretArray<8>> pin_change_block(PinChangeBlock form, const EmvProfile& profile, ByteView imk_ac,
                                         const CardIdentity& card, std::string_view new_pin,
                                         std::string_view current_pin) {
    switch (form) {
        case PinChangeBlock::visa:
            return visa_block(profile, imk_ac, card, new_pin, current_pin);
        case PinChangeBlock::iso2:
            return iso2_block(new_pin);
        case PinChangeBlock::none:
            break;
    }
    return refuse(Fault::profile_lacks_operation);
}

}  // namespace

Outcome<DesBlock> script_mac(const EmvProfile& profile, ByteView imk_smi, const CardIdentity& card,
                             const ScriptContext& context, ByteView header, ByteView data) {
    const bool takes_transaction = profile.script_mac_over == ScriptMacOver::header_atc_arqc;
    if (header.size() != header_bytes || data.size() > max_data_bytes || context.arqc.size() != 8 ||
        (takes_transaction && context.atc.size() != 2)) {
        return refuse(Fault::data_length_refused);
    }
    const auto key = session_key(profile, imk_smi, card, context);
    if (!key) return refuse(key.error());
    Bytes message;
    message.reserve(header_bytes + 10 + data.size());
    append(message, header);
    if (takes_transaction) {
        append(message, context.atc);
        append(message, context.arqc);
    }
    append(message, data);
    return retail_mac(*key, Padding::one_and_zeros, message);
}

Outcome<Bytes> encipher_script_data(const EmvProfile& profile, ByteView imk_smc, const CardIdentity& card,
                                    const ScriptContext& context, ByteView data) {
    if (data.empty() || data.size() > max_data_bytes - mac_bytes) return refuse(Fault::data_length_refused);
    const auto key = session_key(profile, imk_smc, card, context);
    if (!key) return refuse(key.error());
    const bool has_length = profile.script_cipher == ScriptCipher::visa_ecb;
    const std::size_t content = data.size() + (has_length ? 1 : 0);
    const bool is_padded = profile.script_cipher != ScriptCipher::mastercard_cbc || content % 8 != 0;
    Scratch clear(is_padded ? content / 8 * 8 + 8 : content);
    const auto bytes = clear.bytes();
    std::ranges::fill(bytes, std::uint8_t{0});
    if (has_length) bytes[0] = static_cast<std::uint8_t>(data.size());
    std::ranges::copy(data, bytes.begin() + (has_length ? 1 : 0));
    if (is_padded) bytes[content] = 0x80;
    Bytes out(bytes.size());
    if (has_length) {
        ecb_encrypt(*key, bytes, out);
    } else {
        cbc_encrypt(*key, zero_iv, bytes, out);
    }
    return out;
}

Outcome<Bytes> script_command(const EmvProfile& profile, ByteView imk_smi, const CardIdentity& card,
                              const ScriptContext& context, ByteView cla_ins_p1_p2, ByteView data) {
    if (cla_ins_p1_p2.size() != header_bytes - 1 || data.size() > max_data_bytes)
        return refuse(Fault::data_length_refused);
    Bytes command;
    command.reserve(header_bytes + data.size() + mac_bytes);
    append(command, cla_ins_p1_p2);
    command.push_back(static_cast<std::uint8_t>(data.size() + mac_bytes));
    const auto mac = script_mac(profile, imk_smi, card, context, command, data);
    if (!mac) return refuse(mac.error());
    append(command, data);
    append(command, *mac);
    return command;
}

Outcome<Bytes> pin_change_command(const EmvProfile& profile, const ScriptKeys& keys, const CardIdentity& card,
                                  const ScriptContext& context, std::string_view new_pin,
                                  std::string_view current_pin) {
    const bool has_current = !current_pin.empty();
    if (!is_pin(new_pin) || (has_current && !is_pin(current_pin))) return refuse(Fault::pin_refused);
    const PinChangeBlock form = has_current ? profile.pin_change_with_current : profile.pin_change;
    const auto block = pin_change_block(form, profile, keys.ac, card, new_pin, current_pin);
    if (!block) return refuse(block.error());
    const auto enciphered = encipher_script_data(profile, keys.smc, card, context, block->reveal());
    if (!enciphered) return refuse(enciphered.error());
    const std::array<std::uint8_t, 4> pin_change{0x84, 0x24, 0x00, static_cast<std::uint8_t>(has_current ? 1 : 2)};
    return script_command(profile, keys.smi, card, context, pin_change, *enciphered);
}

}  // namespace takas::crypto::payment
