// The forms that are not cryptography, and the name each has in the files.
#include "forms_protocol.hpp"

namespace takas::vectors {
namespace {

constexpr Form list[] = {
    {"arn", check_arn},
    {"conversion_rate", check_conversion_rate},
    {"currency", check_currency},
    {"currency_minor_units", check_currency},
    {"ipm", check_ipm},
    {"ipm_file", check_ipm},
    {"ipm_message", check_ipm},
    {"ipm_negative", check_ipm_negative},
    {"iso8583", check_iso8583_of_case},
    {"iso8583_framing", check_framing},
    {"iso8583_iso87_ascii_binmap", [](const Case& c) { check_iso8583(c, "iso87_ascii_binmap"); }},
    {"iso8583_iso87_ascii_hexmap", [](const Case& c) { check_iso8583(c, "iso87_ascii_hexmap"); }},
    {"iso8583_iso87_bcd", [](const Case& c) { check_iso8583(c, "iso87_bcd"); }},
    {"iso8583_iso87_ebcdic", [](const Case& c) { check_iso8583(c, "iso87_ebcdic"); }},
    {"iso8583_iso93_ascii_binmap", [](const Case& c) { check_iso8583(c, "iso93_ascii_binmap"); }},
    {"iso8583_iso93_bcd", [](const Case& c) { check_iso8583(c, "iso93_bcd"); }},
    {"iso8583_negative", check_iso8583_negative},
    {"jwt", check_jwt},
    {"jwt_accept_reject", check_jwt},
    {"luhn", check_luhn},
    {"pan_masking", check_pan_masking},
    {"standard_webhooks", check_standard_webhooks},
    {"standard_webhooks_sign", check_standard_webhooks},
    {"tlv", check_tlv},
    {"tlv_negative", check_tlv_negative},
};

}  // namespace

std::span<const Form> protocol_forms() { return list; }

void expect_refused(std::string_view what, bool refused) {
    if (!refused) throw Failure(std::string(what) + " was taken and should have been refused");
}

std::string utf8_of_latin1(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | octet >> 6);
            out += static_cast<char>(0x80 | (octet & 0x3F));
        }
    }
    return out;
}

std::string latin1_of_utf8(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if (octet < 0x80) {
            out += text[i];
            continue;
        }
        if ((octet & 0xFC) != 0xC0 || i + 1 == text.size()) throw Failure("a character that ISO 8859-1 does not have");
        out += static_cast<char>((octet & 3) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3F));
    }
    return out;
}

}  // namespace takas::vectors
