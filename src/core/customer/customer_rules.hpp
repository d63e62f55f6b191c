// What a customer must be like beyond what each field says alone: which fields a type of customer needs, which kinds of
// entries it may have, once per kind, and dates that make sense. Knows no store: whether a number is free is not asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "core/customer/customer.hpp"

namespace takas::core::customer {

/// Collects refusals under the published paths. `repeated` holds the paths of entries whose kind was there before: a
/// refusal of its own (one_per_type) when nothing else is wrong.
struct Findings {
    FieldErrors errors;
    std::vector<std::string> repeated;
};

/// Names, business details and dates; no card number in a free text (note/free_texts.hpp), as in addresses. `path`
/// stands before every field name: "" or "customer.".
void check_person(const Customer& customer, Date today, std::string_view path, Findings& findings);
/// The entries of one list of the customer. `list_path` is how the caller wrote the list: "customerAddresses".
void check_identifications(const Customer& customer, Date today, std::string_view list_path, Findings& findings);
void check_addresses(const Customer& customer, std::string_view list_path, Findings& findings);
void check_communications(const Customer& customer, std::string_view list_path, Findings& findings);
/// All three, each under its published name behind `path`.
void check_collections(const Customer& customer, Date today, std::string_view path, Findings& findings);

/// Nothing when there are no findings; else validation with every field, or one_per_type.
Result<void> result_of(Findings findings);

/// E.164 with its country code: 7 to 15 digits, of which the first is not 0; "+" in front or not, spaces, dashes and
/// brackets allowed.
bool is_phone(std::string_view text);

/// Ways to reach somebody, wherever they stand; "" is not looked at. An e-mail address is no place for a card number.
void check_phone(std::string_view path, std::string_view phone, FieldErrors& errors);
void check_email(std::string_view path, std::string_view email, FieldErrors& errors);

/// The form in which identifications and communications are compared: ASCII letters lower, without spaces, dashes and
/// brackets.
std::string search_form(std::string_view value);

/// Sets what lists search and sort by; to be called whenever name or surname were set.
void set_keys(Customer& customer);

/// What the customer is found by.
std::vector<CustomerSearch> search_rows(const Customer& customer);

}  // namespace takas::core::customer
