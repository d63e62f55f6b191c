// Sources: currencies and countries from Debian's iso-codes (LGPL-2.1-or-later, data unchanged), merchant categories
// from the npm package merchant-category-codes (MIT, (c) 2021 Sominemo, Oleksii Teslenko). iso-codes does not have the
// minor units: they are the table below, from ISO 4217 list one.
#include "protocol/reference/tables.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "base/trimmed.hpp"
#include "protocol/json/value.hpp"
#include "protocol/reference/embedded.hpp"

namespace takas::protocol::reference {
namespace {

constexpr std::size_t numeric_codes = 1000;  // ISO 4217 and ISO 3166 numbers have three digits
constexpr std::size_t mcc_codes = 10'000;

/// What list one says other than 2.
constexpr std::string_view without_minor_units[] = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                                    "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"};
constexpr std::string_view three_digits[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
constexpr std::string_view four_digits[] = {"CLF", "UYW"};
constexpr std::string_view not_applicable[] = {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR",
                                               "XPD", "XPT", "XSU", "XTS", "XUA", "XXX"};

/// Amendments 175 to 179 of ISO 4217 (2024, 2025), for an installed list that is older. XCG has taken over the number
/// of ANG, whose amounts it continues one to one: the number means XCG, the old letters are still understood.
struct Addition {
    std::int16_t numeric;
    std::string_view alpha, name;
};
constexpr Addition additions[] = {
    {396, "XAD", "Arab Accounting Dinar"}, {532, "XCG", "Caribbean Guilder"}, {924, "ZWG", "Zimbabwe Gold"}};

/// English names that are no longer in the standard and that senders still use.
struct FormerName {
    std::string_view name, alpha2;
};
constexpr FormerName former_names[] = {{"Turkey", "TR"}};

bool contains(std::span<const std::string_view> list, std::string_view alpha) {
    return std::ranges::find(list, alpha) != list.end();
}

std::optional<std::uint8_t> minor_units_of(std::string_view alpha) {
    if (contains(not_applicable, alpha)) return std::nullopt;
    if (contains(without_minor_units, alpha)) return 0;
    if (contains(three_digits, alpha)) return 3;
    if (contains(four_digits, alpha)) return 4;
    return 2;
}

[[noreturn]] void give_up(std::string_view list) {
    std::fprintf(stderr, "takas was built with an unusable list of %.*s\n", static_cast<int>(list.size()), list.data());
    std::abort();
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) { return std::ranges::equal(a, b, {}, lower, lower); }

/// The text of a member; "" when it is absent.
std::string_view text_of(json::Value row, std::string_view key) {
    const auto member = row.find(key);
    return member ? trimmed(member->text()) : std::string_view{};
}

/// A code of exactly `digits` digits.
std::optional<std::int16_t> number_of(json::Value row, std::string_view key, std::size_t digits) {
    const std::string_view text = text_of(row, key);
    std::int16_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() != digits || number < 0 || trouble != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

json::Document document_of(std::string_view file, std::string_view list) {
    auto document = json::parse(file);
    if (!document) give_up(list);
    return std::move(*document);
}

/// All lists and their indexes. The rows' texts point into the documents.
class Tables {
  public:
    Tables() {
        read_currencies();
        read_countries();
        read_categories();
    }
    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;

    std::vector<Currency> currencies;
    std::vector<Country> countries;
    std::vector<MerchantCategory> categories;
    std::array<const Currency*, numeric_codes> currency_of_number{};
    std::array<const Country*, numeric_codes> country_of_number{};
    std::array<const MerchantCategory*, mcc_codes> category_of_number{};

  private:
    void read_currencies() {
        const auto rows = currency_document_.root().find("4217");
        if (!rows || rows->size() == 0) give_up("currencies");
        for (const json::Value row : *rows) {
            const auto numeric = number_of(row, "numeric", 3);
            const std::string_view alpha = text_of(row, "alpha_3"), name = text_of(row, "name");
            if (!numeric || alpha.size() != 3 || name.empty()) give_up("currencies");
            currencies.push_back({*numeric, alpha, name, minor_units_of(alpha)});
        }
        for (const Addition& addition : additions)
            if (std::ranges::find(currencies, addition.alpha, &Currency::alpha) == currencies.end())
                currencies.push_back({addition.numeric, addition.alpha, addition.name, minor_units_of(addition.alpha)});
        std::ranges::sort(currencies, {}, &Currency::alpha);
        for (const Currency& c : currencies) currency_of_number[static_cast<std::size_t>(c.numeric)] = &c;
    }

    void read_countries() {
        const auto rows = country_document_.root().find("3166-1");
        if (!rows || rows->size() == 0) give_up("countries");
        for (const json::Value row : *rows) {
            const auto numeric = number_of(row, "numeric", 3);
            const Country country{text_of(row, "alpha_2"), text_of(row, "alpha_3"),     numeric.value_or(0),
                                  text_of(row, "name"),    text_of(row, "common_name"), text_of(row, "official_name")};
            if (!numeric || country.alpha2.size() != 2 || country.alpha3.size() != 3 || country.name.empty())
                give_up("countries");
            countries.push_back(country);
        }
        std::ranges::sort(countries, {}, &Country::alpha2);
        for (const Country& c : countries) country_of_number[static_cast<std::size_t>(c.numeric)] = &c;
    }

    void read_categories() {
        const json::Value rows = category_document_.root();
        if (rows.size() == 0) give_up("merchant categories");
        for (const json::Value row : rows) {
            const auto mcc = number_of(row, "mcc", 4);
            const std::string_view name = text_of(row, "fullDescription");
            if (!mcc || name.empty()) give_up("merchant categories");
            categories.push_back({*mcc, name});
        }
        std::ranges::sort(categories, {}, &MerchantCategory::mcc);
        for (const MerchantCategory& c : categories) category_of_number[static_cast<std::size_t>(c.mcc)] = &c;
    }

    json::Document currency_document_ = document_of(embedded::currencies(), "currencies");
    json::Document country_document_ = document_of(embedded::countries(), "countries");
    json::Document category_document_ = document_of(embedded::categories(), "merchant categories");
};

const Tables& tables() {
    static const Tables loaded;
    return loaded;
}

/// The row at a number's place in an index, or nullptr.
template <class Row, std::size_t Size>
const Row* at(const std::array<const Row*, Size>& index, int number) {
    return number >= 0 && static_cast<std::size_t>(number) < Size ? index[static_cast<std::size_t>(number)] : nullptr;
}

/// The row whose `member` is `code`, in rows sorted by it, or nullptr.
template <class Row>
const Row* find_sorted(const std::vector<Row>& rows, std::string_view Row::* member, std::string_view code) {
    const auto row = std::ranges::lower_bound(rows, code, {}, member);
    return row != rows.end() && (*row).*member == code ? &*row : nullptr;
}

}  // namespace

void load() { tables(); }

const Currency* currency_by_numeric(int numeric) { return at(tables().currency_of_number, numeric); }
const Currency* currency_by_alpha(std::string_view alpha) {
    return find_sorted(tables().currencies, &Currency::alpha, alpha);
}

const Country* country_by_alpha2(std::string_view alpha2) {
    return find_sorted(tables().countries, &Country::alpha2, alpha2);
}

const Country* country_by_alpha3(std::string_view alpha3) {
    const auto& rows = tables().countries;
    const auto row = std::ranges::find(rows, alpha3, &Country::alpha3);
    return row != rows.end() ? &*row : nullptr;
}

const Country* country_by_numeric(int numeric) { return at(tables().country_of_number, numeric); }

const Country* country_by_name(std::string_view name) {
    if (name.empty()) return nullptr;
    for (const Country& c : tables().countries)
        if (same_name(c.name, name) || same_name(c.common_name, name) || same_name(c.official_name, name)) return &c;
    for (const FormerName& former : former_names)
        if (same_name(former.name, name)) return country_by_alpha2(former.alpha2);
    return nullptr;
}

std::string_view mcc_name(int mcc) {
    const MerchantCategory* const row = at(tables().category_of_number, mcc);
    return row != nullptr ? row->name : std::string_view{};
}

std::span<const Currency> currencies() { return tables().currencies; }
std::span<const Country> countries() { return tables().countries; }
std::span<const MerchantCategory> merchant_categories() { return tables().categories; }

}  // namespace takas::protocol::reference
