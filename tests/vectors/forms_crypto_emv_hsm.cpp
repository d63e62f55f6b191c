// Chip cases as a payment HSM's console has them: one operation each, with the card verification results by themselves
// instead of inside the issuer application data.
#include "emv_case.hpp"

namespace takas::vectors {
namespace {

using namespace payment;

/// What the console was given of the issuer application data, put where the profile looks for it.
Bytes issuer_application_data(Value in, const EmvProfile& profile) {
    if (has(in, "tag_9f10")) return hex(in, "tag_9f10");
    const bool is_visa = profile.ac_tail == AcTail::visa_cvr;
    Bytes iad = is_visa ? Bytes{6, 1, profile.cryptogram_version} : Bytes{1, profile.cryptogram_version};
    const Bytes cvr = hex(in, "cvr");
    iad.insert(iad.end(), cvr.begin(), cvr.end());
    if (is_visa) return iad;
    iad.insert(iad.end(), 2, 0);
    const Bytes counters = hex_or_empty(in, "counters");
    iad.insert(iad.end(), counters.begin(), counters.end());
    return iad;
}

Bytes generate_ac(Value in, const EmvProfile& profile) {
    Transaction transaction = transaction_from(in);
    transaction.issuer_application_data = issuer_application_data(in, profile);
    const auto key = need(icc_master_key(profile.master_key, hex(in, "iss_mk_ac"), card_of(in)), "ICC master key");
    const auto cryptogram = need(arqc(profile, key, transaction.input()), "arqc");
    return {cryptogram.begin(), cryptogram.end()};
}

Bytes generate_arpc(Value in, const EmvProfile& profile) {
    const Bytes response_code = hex_or_empty(in, "arpc_rc");
    const Bytes card_status_update = hex_or_empty(in, "csu");
    const Bytes proprietary = hex_or_empty(in, "proprietary_auth_data");
    const auto key = need(icc_master_key(profile.master_key, hex(in, "iss_mk_ac"), card_of(in)), "ICC master key");
    const auto answer = need(arpc(profile, key, tag(in, "9F26"), tag(in, "9F36"), tag(in, "9F37"),
                                  {response_code, card_status_update, proprietary}),
                             "arpc");
    return {answer.arpc().begin(), answer.arpc().end()};
}

}  // namespace

void check_emv_cvn(const Case& c) {
    const Value in = c.in;
    const EmvProfile& profile = emv_profile(text(in, "profile"));
    const std::string_view operation = text(in, "operation");
    const std::string_view expected = text(c.out, "result");
    const Bytes ac = hex(in, "iss_mk_ac");
    const Bytes smi = hex(in, "iss_mk_smi");
    const Bytes smc = hex(in, "iss_mk_smc");
    const Bytes atc = tag(in, "9F36");
    // Visa's enciphering needs no cryptogram, so that some cases give none.
    const Bytes cryptogram = tag(in, "9F26");
    const ScriptContext context{atc, cryptogram};
    const Bytes data = hex_or_empty(in, "command_data");
    if (operation == "generate_ac") return expect_hex("result", expected, generate_ac(in, profile));
    if (operation == "generate_arpc") return expect_hex("result", expected, generate_arpc(in, profile));
    if (operation == "generate_command_mac") {
        const auto mac = need(script_mac(profile, smi, card_of(in), context, hex(in, "command_header"), data), "MAC");
        return expect_hex("result", expected, mac);
    }
    if (operation == "encrypt_command_data")
        return expect_hex("result", expected,
                          need(encipher_script_data(profile, smc, card_of(in), context, data), "enciphering"));
    if (operation != "generate_pin_change_command") throw Failure("no such operation: " + std::string(operation));
    const Bytes command = need(pin_change_command(profile, {ac, smi, smc}, card_of(in), context, text(in, "pin"),
                                                  text_or(in, "current_pin", "")),
                               "PIN change");
    expect_hex("result", expected, command);
}

}  // namespace takas::vectors
