#include "crypto/payment/emv_profile.hpp"

#include <algorithm>
#include <array>

namespace takas::crypto::payment {
namespace {

using enum AcSessionKey;
using enum AcTail;
using ContactlessCode::cvc3, ContactlessCode::dcvv;
using enum ScriptSessionKey;
using enum ScriptMacOver;
using enum ScriptCipher;
using Option = MasterKeyOption;
using Block = PinChangeBlock;

constexpr Padding zeros = Padding::zeros;
constexpr Padding eighty = Padding::one_and_zeros;

// clang-format off
constexpr std::array profiles{
    EmvProfile{"VISA_CVN10", 10, Option::a, none, visa_cvr, zeros, ArpcMethod::one, none,
               visa_atc, header_atc_arqc, visa_ecb, Block::visa, Block::visa, IadForm::visa, dcvv},
    EmvProfile{"VISA_CVN18", 18, Option::b, common_atc, whole_iad, eighty, ArpcMethod::two, common_atc,
               visa_atc, header_atc_arqc, visa_ecb, Block::visa, Block::visa, IadForm::visa, dcvv},
    EmvProfile{"VISA_CVN22", 22, Option::b, common_atc, whole_iad, eighty, ArpcMethod::two, common_atc,
               common_arqc, header_atc_arqc, visa_ecb, Block::iso2, Block::visa, IadForm::visa, dcvv},
    EmvProfile{"MASTERCARD_CVN16", 16, Option::a, mastercard_skd, mastercard_cvr, eighty, ArpcMethod::one, none,
               common_arqc, header_atc_arqc, mastercard_cbc, Block::iso2, Block::none, IadForm::mastercard, cvc3},
    EmvProfile{"MASTERCARD_CVN17", 17, Option::a, mastercard_skd, mastercard_cvr_and_counters, eighty, ArpcMethod::one, none,
               common_arqc, header_atc_arqc, mastercard_cbc, Block::iso2, Block::none, IadForm::mastercard, cvc3},
    EmvProfile{"MASTERCARD_CVN20", 20, Option::a, common_atc, mastercard_cvr, eighty, ArpcMethod::one, common_atc,
               common_arqc, header_atc_arqc, mastercard_cbc, Block::iso2, Block::none, IadForm::mastercard, cvc3},
    EmvProfile{"MASTERCARD_CVN21", 21, Option::a, common_atc, mastercard_cvr_and_counters, eighty, ArpcMethod::one, common_atc,
               common_arqc, header_atc_arqc, mastercard_cbc, Block::iso2, Block::none, IadForm::mastercard, cvc3},
    EmvProfile{"INTERAC_CVN133", 133, Option::a, mastercard_skd, whole_iad, eighty, ArpcMethod::one, mastercard_skd,
               common_arqc, header, mastercard_cbc, Block::iso2, Block::none, IadForm::interac, ContactlessCode::none},
    EmvProfile{"CCD", 5, Option::b, common_atc, whole_iad, eighty, ArpcMethod::two, common_atc,
               common_arqc, header_atc_arqc, emv_cbc, Block::iso2, Block::none, IadForm::ccd, ContactlessCode::none},
};
// clang-format on

}  // namespace

std::span<const EmvProfile> emv_profiles() { return profiles; }

const EmvProfile* find_emv_profile(std::string_view name) {
    const auto found = std::ranges::find(profiles, name, &EmvProfile::name);
    return found == profiles.end() ? nullptr : &*found;
}

}  // namespace takas::crypto::payment
