// Public reference lists: currencies (ISO 4217), countries (ISO 3166-1) and merchant categories (ISO 18245). Read once,
// at the first question or by load(); never changed afterwards, so all threads may ask. Texts live as long as the
// program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace takas::protocol::reference {

struct Currency {
    std::int16_t numeric = 0;  ///< 949
    std::string_view alpha;    ///< "TRY"
    std::string_view name;     ///< English, as in the standard
    /// Digits after the decimal point; nothing for metals, test codes and units of account: no amount is kept in them.
    std::optional<std::uint8_t> minor_units;
};

struct Country {
    std::string_view alpha2;   ///< "TR"
    std::string_view alpha3;   ///< "TUR"
    std::int16_t numeric = 0;  ///< 792
    std::string_view name;     ///< English short name
    std::string_view common_name;
    std::string_view official_name;
};

struct MerchantCategory {
    std::int16_t mcc = 0;
    std::string_view name;  ///< English
};

/// Reads the embedded lists now rather than at the first question. Ends the process when they are not what the program
/// was built against: a build mistake that no caller could repair.
void load();

/// nullptr when there is no such currency. 0 is none.
const Currency* currency_by_numeric(int numeric);
const Currency* currency_by_alpha(std::string_view alpha);

const Country* country_by_alpha2(std::string_view alpha2);
const Country* country_by_alpha3(std::string_view alpha3);
const Country* country_by_numeric(int numeric);
/// Short, common, official or well-known former English name; ASCII letters in either case.
const Country* country_by_name(std::string_view name);

/// "" when the code is not in the list.
std::string_view mcc_name(int mcc);

std::span<const Currency> currencies();                   ///< by alphabetic code
std::span<const Country> countries();                     ///< by two-letter code
std::span<const MerchantCategory> merchant_categories();  ///< by number

}  // namespace takas::protocol::reference
