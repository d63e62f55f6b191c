#include "app/transactions/amounts.hpp"

#include <string>

#include "protocol/reference/tables.hpp"

namespace takas::app::transactions {

std::optional<std::uint8_t> minor_digits(core::money::Currency currency) {
    const auto* known = protocol::reference::currency_by_numeric(currency.value);
    return known ? known->minor_units : std::nullopt;
}

std::optional<std::uint8_t> read_currency(core::money::Currency currency, std::string_view path, FieldErrors& errors) {
    const auto digits = minor_digits(currency);
    if (!digits)
        errors.add(std::string(path), "There is no such currency (ISO 4217 number).",
                   "Böyle bir para birimi yok (ISO 4217 numarası).");
    return digits;
}

std::optional<std::int64_t> read_amount(Decimal amount, std::uint8_t digits, std::string_view path,
                                        FieldErrors& errors) {
    const auto minor = rescale(amount, digits);
    if (!minor && amount.scale > digits) {
        const std::string n = std::to_string(digits);
        errors.add(std::string(path), "The currency has " + n + " decimal places; the amount has more.",
                   "Para biriminin " + n + " ondalık basamağı var; tutarda daha fazlası var.");
        return std::nullopt;
    }
    if (minor && *minor >= 0 && *minor <= core::money::amount_max_minor) return minor;
    errors.add(std::string(path), "The amount must be from 0 to 999999999999 minor units.",
               "Tutar 0 ile 999999999999 alt birim arasında olmalıdır.");
    return std::nullopt;
}

}  // namespace takas::app::transactions
