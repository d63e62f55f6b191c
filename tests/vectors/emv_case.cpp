#include "emv_case.hpp"

#include <algorithm>
#include <array>

namespace takas::vectors {
namespace {

using namespace payment;

struct ProfileName {
    std::string_view name;  ///< upper case, letters and digits only
    std::string_view profile;
};
constexpr std::array profile_names{
    ProfileName{"VISA10", "VISA_CVN10"},
    ProfileName{"VISA18", "VISA_CVN18"},
    ProfileName{"VISA22", "VISA_CVN22"},
    ProfileName{"MC16", "MASTERCARD_CVN16"},
    ProfileName{"MC17", "MASTERCARD_CVN17"},
    ProfileName{"MC20", "MASTERCARD_CVN20"},
    ProfileName{"MC21", "MASTERCARD_CVN21"},
    ProfileName{"MASTERCARD16", "MASTERCARD_CVN16"},
    ProfileName{"MASTERCARD17", "MASTERCARD_CVN17"},
    ProfileName{"MASTERCARD20", "MASTERCARD_CVN20"},
    ProfileName{"MASTERCARD21", "MASTERCARD_CVN21"},
    ProfileName{"INTERAC133", "INTERAC_CVN133"},
    ProfileName{"CCD", "CCD"},
};

std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c >= 'a' && c <= 'z') plain += static_cast<char>(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) plain += c;
    }
    if (const auto at = plain.find("CVN"); at != std::string::npos) plain.erase(at, 3);
    return plain;
}

}  // namespace

const EmvProfile& emv_profile(std::string_view name) {
    const auto row = std::ranges::find(profile_names, plain_name(name), &ProfileName::name);
    const EmvProfile* profile = row == profile_names.end() ? nullptr : find_emv_profile(row->profile);
    if (profile == nullptr) throw Failure("no such profile: " + std::string(name));
    return *profile;
}

CardIdentity card_of(Value in) { return {text(in, "pan"), text_or(in, "psn", "00")}; }

std::vector<EmvProfile> emv_profiles_of(const Case& c, std::string_view imk_name, std::string_view key_name) {
    EmvProfile own = emv_profile(text(c.in, "profile"));
    EmvProfile other = own;
    other.master_key = own.master_key == MasterKeyOption::a ? MasterKeyOption::b : MasterKeyOption::a;
    if (card_of(c.in).pan.size() <= 16) return {own};
    if (!has(c.out, key_name)) return {own, other};
    const std::string expected(text(c.out, key_name));
    for (const EmvProfile& profile : {own, other}) {
        const auto key = need(icc_master_key(profile.master_key, hex(c.in, imk_name), card_of(c.in)), key_name);
        if (upper_hex(key.reveal()) == expected) return {profile};
    }
    return {own};
}

Bytes tag(Value object, std::string_view name) {
    if (has(object, name)) return hex(object, name);
    std::string spelled = "tag_";
    for (const char c : name) spelled += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return hex_or_empty(object, spelled);
}

ArqcInput Transaction::input() const {
    return {amount_authorized,      amount_other,     terminal_country,     tvr, currency,
            transaction_date,       transaction_type, unpredictable_number, aip, atc,
            issuer_application_data};
}

Transaction transaction_from(Value tags) {
    return {tag(tags, "9F02"), tag(tags, "9F03"), tag(tags, "9F1A"), tag(tags, "95"),
            tag(tags, "5F2A"), tag(tags, "9A"),   tag(tags, "9C"),   tag(tags, "9F37"),
            tag(tags, "82"),   tag(tags, "9F36"), tag(tags, "9F10")};
}

}  // namespace takas::vectors
