// The checks of forms that are not cryptography (FORMS.md says what each has in and out).
#pragma once

#include "form.hpp"

namespace takas::vectors {

void check_arn(const Case& c);
void check_conversion_rate(const Case& c);
void check_currency(const Case& c);
void check_jwt(const Case& c);
void check_luhn(const Case& c);
void check_pan_masking(const Case& c);
void check_standard_webhooks(const Case& c);

void check_tlv(const Case& c);
void check_tlv_negative(const Case& c);

/// A message or a file, as the case has it.
void check_ipm(const Case& c);
void check_ipm_negative(const Case& c);

void check_iso8583(const Case& c, std::string_view profile);
/// The case names its profile itself.
void check_iso8583_of_case(const Case& c);
void check_iso8583_negative(const Case& c);
void check_framing(const Case& c);

// ---- shared by them

void expect_refused(std::string_view what, bool refused);
/// The files are UTF-8, messages ISO 8859-1 at most.
std::string utf8_of_latin1(std::string_view text);
std::string latin1_of_utf8(std::string_view text);

}  // namespace takas::vectors
