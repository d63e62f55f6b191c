#include <algorithm>

#include "crypto/payment/key_check.hpp"
#include "emv_case.hpp"

namespace takas::vectors {
namespace {

using namespace payment;

Value tags_of(Value in) {
    const auto tags = member(in, "tags");
    if (!tags || !tags->is_object()) throw Failure("tags are missing");
    return *tags;
}

DoubleKey card_key(const EmvProfile& profile, Value in, std::string_view imk_name) {
    return need(icc_master_key(profile.master_key, hex(in, imk_name), card_of(in)), imk_name);
}

/// 16 octets of a card's key, given as they are.
DoubleKey given_key(Value in, std::string_view name) {
    const Bytes bytes = hex(in, name);
    expect_true("a key of 16 octets", bytes.size() == DoubleKey::size());
    DoubleKey key;
    std::ranges::copy(bytes, key.writable().begin());
    return key;
}

void check_arpc_by(const Case& c, EmvProfile profile) {
    const DoubleKey key = card_key(profile, c.in, "imk_ac");
    if (has(c.in, "method")) profile.arpc = integer(c.in, "method") == 2 ? ArpcMethod::two : ArpcMethod::one;
    const Bytes arc = hex_or_empty(c.in, "arc");
    const Bytes csu = hex_or_empty(c.in, "csu");
    const Bytes proprietary = hex_or_empty(c.in, "prop_auth_data");
    const auto answer = need(
        arpc(profile, key, hex(c.in, "arqc"), tag(c.in, "9F36"), tag(c.in, "9F37"), {arc, csu, proprietary}), "arpc");
    expect_hex("arpc", text(c.out, "arpc"), answer.arpc());
    if (!has(c.out, "tag91")) return;
    // With or without tag and length in front.
    const ByteView value = answer.issuer_authentication_data();
    Bytes whole{0x91, static_cast<std::uint8_t>(value.size())};
    whole.insert(whole.end(), value.begin(), value.end());
    const bool is_whole = text(c.out, "tag91").size() == whole.size() * 2;
    expect_hex("tag91", text(c.out, "tag91"), is_whole ? ByteView(whole) : value);
}

DoubleKey session_key_of(const Case& c) {
    const std::string_view method = text(c.in, "method");
    const DoubleKey key = given_key(c.in, "icc_mk");
    if (method == "common_ac") return need(common_ac_session_key(key, hex(c.in, "atc")), method);
    if (method == "mastercard_skd") return need(mastercard_session_key(key, hex(c.in, "atc"), hex(c.in, "un")), method);
    if (method == "common_sm") return need(common_sm_session_key(key, hex(c.in, "ac_9f26")), method);
    if (method == "visa_sm") return need(visa_sm_session_key(key, hex(c.in, "atc")), method);
    if (method != "emv2000_tree") throw Failure("no such method: " + std::string(method));
    SessionKeyTree tree;
    if (has(c.in, "height")) tree.height = static_cast<std::uint8_t>(integer(c.in, "height"));
    if (has(c.in, "branch_factor")) tree.branch_factor = static_cast<std::uint16_t>(integer(c.in, "branch_factor"));
    const Bytes iv = hex_or_empty(c.in, "iv");
    expect_true("an iv of 16 octets", iv.empty() || iv.size() == tree.initial_value.size());
    std::ranges::copy(iv, tree.initial_value.begin());
    return need(emv2000_session_key(key, hex(c.in, "atc"), tree), method);
}

}  // namespace

void check_emv_icc_master_key(const Case& c) {
    const std::string_view option = text(c.in, "option");
    expect_true("option A or B", option == "A" || option == "B");
    const auto key =
        need(icc_master_key(option == "A" ? MasterKeyOption::a : MasterKeyOption::b, hex(c.in, "imk"), card_of(c.in)),
             "ICC master key");
    expect_hex("icc_mk", text(c.out, "icc_mk"), key.reveal());
    expect_hex_if_given(c.out, "kcv3", zero_block_kcv(key));
}

void check_emv_session_keys(const Case& c) {
    expect_hex("session_key", text(c.out, "session_key"), session_key_of(c).reveal());
}

void check_emv_arqc(const Case& c) {
    const Transaction transaction = transaction_from(tags_of(c.in));
    any_profile(emv_profiles_of(c, "imk_ac", "icc_mk_ac"), [&](const EmvProfile& profile) {
        const DoubleKey key = card_key(profile, c.in, "imk_ac");
        expect_hex_if_given(c.out, "icc_mk_ac", key.reveal());
        expect_hex("arqc", text(c.out, "arqc"), need(arqc(profile, key, transaction.input()), "arqc"));
        expect_true("verifying the ARQC", need(verify_arqc(profile, hex(c.in, "imk_ac"), card_of(c.in),
                                                           transaction.input(), hex(c.out, "arqc")),
                                               "arqc"));
    });
}

void check_emv_arqc_negative(const Case& c) {
    const Transaction transaction = transaction_from(tags_of(c.in));
    for (const EmvProfile& profile : emv_profiles_of(c, "imk_ac", "icc_mk_ac")) {
        const auto valid =
            verify_arqc(profile, hex(c.in, "imk_ac"), card_of(c.in), transaction.input(), hex(c.in, "arqc_presented"));
        expect_true("valid", (valid.has_value() && *valid) == boolean(c.out, "valid"));
    }
}

void check_emv_arpc(const Case& c) {
    any_profile(emv_profiles_of(c, "imk_ac", "icc_mk_ac"),
                [&](const EmvProfile& profile) { check_arpc_by(c, profile); });
}

void check_emv_script_mac(const Case& c) {
    any_profile(emv_profiles_of(c, "imk_smi", "icc_mk_smi"), [&](const EmvProfile& profile) {
        expect_hex_if_given(c.out, "icc_mk_smi", card_key(profile, c.in, "imk_smi").reveal());
        const Bytes atc = tag(c.in, "9F36");
        const Bytes arqc_value = tag(c.in, "9F26");
        const auto mac = need(script_mac(profile, hex(c.in, "imk_smi"), card_of(c.in), {atc, arqc_value},
                                         hex(c.in, "command_header"), hex_or_empty(c.in, "command_data")),
                              "script MAC");
        expect_hex("mac", text(c.out, "mac"), mac);
    });
}

void check_emv_script_encipher(const Case& c) {
    any_profile(emv_profiles_of(c, "imk_smc", "icc_mk_smc"), [&](const EmvProfile& profile) {
        const Bytes atc = tag(c.in, "9F36");
        const Bytes arqc_value = tag(c.in, "9F26");
        const Bytes enciphered = need(
            encipher_script_data(profile, hex(c.in, "imk_smc"), card_of(c.in), {atc, arqc_value}, hex(c.in, "data")),
            "enciphering");
        expect_hex("enciphered", text(c.out, "enciphered"), enciphered);
    });
}

void check_emv_pin_change(const Case& c) {
    any_profile(emv_profiles_of(c, "imk_ac", "icc_mk_ac"), [&](const EmvProfile& profile) {
        const Bytes atc = tag(c.in, "9F36");
        const Bytes arqc_value = tag(c.in, "9F26");
        const Bytes ac = hex_or_empty(c.in, "imk_ac");
        const Bytes smi = hex(c.in, "imk_smi");
        const Bytes smc = hex(c.in, "imk_smc");
        const Bytes command = need(pin_change_command(profile, {ac, smi, smc}, card_of(c.in), {atc, arqc_value},
                                                      text(c.in, "new_pin"), text_or(c.in, "current_pin", "")),
                                   "PIN change");
        expect_hex("command", text(c.out, "command"), command);
    });
}

}  // namespace takas::vectors
