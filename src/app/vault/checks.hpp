// What a card from outside must be, and how it looks to those who may not see it whole. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/vault/content.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "core/vault/bin.hpp"

namespace takas::app::vault {

/// Brands by their published ranges (ISO/IEC 7812 issuers).
enum class Brand : std::uint8_t { unknown, visa, mastercard, amex, troy, discover, diners, jcb, unionpay };
Brand brand_of(std::string_view digits);
std::string_view name_of(Brand brand);

/// Digits only, Luhn, length of the brand. Errors: vault_number_invalid.
Result<void> check_number(std::string_view digits);
/// First eight (or six) and last four, as insurers keep them. Errors: vault_number_invalid, vault_truncation_refused
/// for brands with fewer than 16 digits: eight and four of these would leave two or three unknown.
Result<void> check_truncated(std::string_view first, std::string_view last);
/// 10 digits (tax number) or 11 (national or foreigner number). Error: vault_identity_invalid.
Result<void> check_identity(std::string_view identity);
/// Errors: vault_month_invalid, vault_year_invalid.
Result<void> check_expiry(int year, int month);
/// By the last moment of the month, in the calendar of `today`.
bool is_expired(int year, int month, Date today);
/// 1 to 150 characters, no digits' string that could be a card number, no control characters. vault_holder_invalid.
Result<void> check_holder(std::string_view holder);
/// Three digits, four for Amex; "" when it is none. Error: vault_card_detail_invalid.
Result<void> check_cvv(std::string_view cvv, Brand brand);
/// "30" or "2030", "1" or "01". 0: not a number.
int year_of(std::string_view text);
int month_of(std::string_view text);

/// Is it written like a card number, or does it hold one? As many digits of another script as a card has are taken
/// for one. For texts that are kept in the clear.
bool holds_card_number(std::string_view text);
/// The first six digits, fewer of a number with fewer than 14: four are hidden at least.
std::string_view shown_first(const CardContent& content);
/// The first digits that may be shown, six stars, four last (the published form, whatever the length).
std::string masked_number(const CardContent& content);
/// Three first, stars, three last.
std::string masked_identity(std::string_view identity);
/// Every other letter of each word a star: "A*ş* Y*l*a*".
std::string masked_name(std::string_view name);

}  // namespace takas::app::vault
