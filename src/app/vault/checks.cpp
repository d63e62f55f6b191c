#include "app/vault/checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/digits.hpp"
#include "base/utf8.hpp"
#include "core/card/pan.hpp"
#include "core/note/note.hpp"

namespace takas::app::vault {
namespace {

constexpr std::size_t holder_max = 150;
constexpr std::size_t holder_digits_max = 7;  // a date of birth is one digit longer, a card number five

bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

struct BrandRange {
    std::string_view first, last;  ///< leading digits, of one length
    Brand brand;
};

// The first that fits counts: narrower ranges stand before wider ones.
// clang-format off: one range a line.
constexpr std::array ranges{
    BrandRange{"9792", "9792", Brand::troy},
    BrandRange{"65", "65", Brand::troy},
    BrandRange{"34", "34", Brand::amex},
    BrandRange{"37", "37", Brand::amex},
    BrandRange{"3528", "3589", Brand::jcb},
    BrandRange{"300", "305", Brand::diners},
    BrandRange{"3095", "3095", Brand::diners},
    BrandRange{"36", "36", Brand::diners},
    BrandRange{"38", "39", Brand::diners},
    BrandRange{"2221", "2720", Brand::mastercard},
    BrandRange{"51", "55", Brand::mastercard},
    BrandRange{"62", "62", Brand::unionpay},
    BrandRange{"81", "81", Brand::unionpay},
    BrandRange{"6011", "6011", Brand::discover},
    BrandRange{"644", "649", Brand::discover},
    BrandRange{"4", "4", Brand::visa},
};
// clang-format on

bool is_length_of(Brand brand, std::size_t digits) {
    switch (brand) {
        case Brand::amex:
            return digits == 15;
        case Brand::mastercard:
        case Brand::troy:
            return digits == 16;
        case Brand::visa:
            return digits == 13 || digits == 16 || digits == 19;
        case Brand::diners:
            return digits >= 14 && digits <= 19;
        default:
            return digits >= 12 && digits <= 19;
    }
}

int number_of(std::string_view text) {
    int number = 0;
    if (text.empty() || !are_digits(text)) return 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Brand brand_of(std::string_view digits) {
    for (const BrandRange& range : ranges) {
        const std::string_view start = digits.substr(0, range.first.size());
        if (start.size() == range.first.size() && start >= range.first && start <= range.last) return range.brand;
    }
    return Brand::unknown;
}

std::string_view name_of(Brand brand) {
    constexpr std::array<std::string_view, 9> names{
        "", "Visa", "Master Card", "American Express", "Troy", "Discover", "Diners Club", "JCB", "UnionPay"};
    return names[static_cast<std::size_t>(brand)];
}

Result<void> check_number(std::string_view digits) {
    constexpr std::size_t longest = 19, shortest = 12;
    if (digits.size() < shortest || digits.size() > longest || !are_digits(digits))
        return fail(ErrorCode::vault_number_invalid, "no 12 to 19 digits");
    if (!core::card::luhn_valid(digits)) return fail(ErrorCode::vault_number_invalid, "check digit");
    if (!is_length_of(brand_of(digits), digits.size())) return fail(ErrorCode::vault_number_invalid, "length");
    return {};
}

Result<void> check_truncated(std::string_view first, std::string_view last) {
    const bool is_form = (first.size() == 6 || first.size() == 8) && last.size() == 4;
    if (!is_form || !are_digits(first) || !are_digits(last))
        return fail(ErrorCode::vault_number_invalid, "no first eight and last four");
    const Brand brand = brand_of(first);
    if (first.size() == 8 && (brand == Brand::amex || brand == Brand::diners))
        return fail(ErrorCode::vault_truncation_refused, "14 or 15 digits as 8 and 4");
    return {};
}

Result<void> check_identity(std::string_view identity) {
    constexpr std::size_t tax_digits = 10, national_digits = 11;
    const bool is_length = identity.size() == tax_digits || identity.size() == national_digits;
    if (!is_length || !are_digits(identity)) return fail(ErrorCode::vault_identity_invalid);
    return {};
}

Result<void> check_expiry(int year, int month) {
    constexpr int first_year = 2000, last_year = 2099;
    if (month < 1 || month > 12) return fail(ErrorCode::vault_month_invalid);
    if (year < first_year || year > last_year) return fail(ErrorCode::vault_year_invalid);
    return {};
}

bool is_expired(int year, int month, Date today) {
    if (year == 0) return false;
    const CivilDate now = civil(today);
    return year < now.year || (year == now.year && month < static_cast<int>(now.month));
}

Result<void> check_holder(std::string_view holder) {
    std::size_t characters = 0, digits = 0;
    for (std::string_view rest = holder; !rest.empty(); ++characters) {
        const auto point = take_code_point(rest);
        if (!point || *point < 0x20 || *point == 0x7f) return fail(ErrorCode::vault_holder_invalid, "characters");
        if (digit_of(*point)) ++digits;
    }
    if (characters == 0 || characters > holder_max || digits > holder_digits_max)
        return fail(ErrorCode::vault_holder_invalid);
    return {};
}

Result<void> check_cvv(std::string_view cvv, Brand brand) {
    const std::size_t digits = brand == Brand::amex ? 4 : 3;
    if (!cvv.empty() && (cvv.size() != digits || !are_digits(cvv)))
        return fail(ErrorCode::vault_card_detail_invalid, "the verification code has another length");
    return {};
}

int year_of(std::string_view text) {
    constexpr int century = 2000;
    if (text.size() == 2 && are_digits(text)) return century + number_of(text);
    return text.size() == 4 ? number_of(text) : 0;
}

int month_of(std::string_view text) { return text.size() <= 2 ? number_of(text) : 0; }

bool holds_card_number(std::string_view text) {
    constexpr int shortest = 12;
    int foreign_digits = 0;  // nobody has a reason for so many
    for (std::string_view rest = text; !rest.empty();)
        if (const auto point = take_code_point(rest); point && *point > 0x7f && digit_of(*point)) ++foreign_digits;
    if (foreign_digits >= shortest) return true;
    return core::note::holds_card_number(text, [](std::string_view digits) {
        return brand_of(digits) != Brand::unknown && check_number(digits).has_value();
    });
}

std::string_view shown_first(const CardContent& content) {
    constexpr std::size_t usual = 6, last = 4, hidden_min = 4;
    const std::size_t digits = content.number.size();
    if (digits >= usual + last + hidden_min) return content.first(usual);
    return content.first(digits > last + hidden_min ? digits - last - hidden_min : 0);
}

std::string masked_number(const CardContent& content) {
    return std::string(shown_first(content)) + "******" + std::string(content.last_four());
}

std::string masked_identity(std::string_view identity) {
    constexpr std::size_t shown = 3;
    if (identity.size() <= 2 * shown) return std::string(identity.size(), '*');
    return std::string(identity.substr(0, shown)) + std::string(identity.size() - 2 * shown, '*') +
           std::string(identity.substr(identity.size() - shown));
}

std::string masked_name(std::string_view name) {
    std::string out;
    bool is_shown = true;
    while (!name.empty()) {
        const std::size_t before = name.size();
        const std::string_view start = name;
        if (!take_code_point(name)) return {};
        const std::string_view letter = start.substr(0, before - name.size());
        if (letter == " ") {
            out += ' ';
            is_shown = true;
            continue;
        }
        out += is_shown ? letter : "*";
        is_shown = !is_shown;
    }
    return out;
}

}  // namespace takas::app::vault
