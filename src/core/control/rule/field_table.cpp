// The rows of the catalogue. A row's name is its enumerator's, in camelCase.
#include <algorithm>
#include <limits>

#include "core/authorization/codes.hpp"
#include "core/authorization/terminal_codes.hpp"
#include "core/card/card.hpp"
#include "core/control/rule/field.hpp"
#include "core/control/rule/value.hpp"
#include "core/customer/customer.hpp"
#include "core/product/product.hpp"

namespace takas::core::control::rule {
namespace {

using namespace authorization;
using enum FieldType;

constexpr std::uint8_t bit(Scope scope) { return static_cast<std::uint8_t>(1U << static_cast<unsigned>(scope)); }
constexpr std::uint8_t of_transaction = bit(Scope::transaction) | bit(Scope::counters);
constexpr std::uint8_t of_card = of_transaction | bit(Scope::issuance) | bit(Scope::annual);
constexpr std::uint8_t of_counters = bit(Scope::counters);

constexpr bool always_there = false, may_be_missing = true;
constexpr std::int64_t number_max = std::numeric_limits<std::int64_t>::max();

template <Field F>
consteval std::string_view enumerator_name() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const auto end = text.find_last_of(']');
    const auto begin = text.rfind(':', end) + 1;
    return text.substr(begin, end - begin);
}

template <Field F>
constexpr FieldRow row(FieldType type, bool is_nullable, std::uint8_t scopes, std::string_view english,
                       std::string_view turkish, std::int64_t lowest = 0, std::int64_t highest = number_max) {
    return {F,       camel_case(enumerator_name<F>(), false),
            type,    is_nullable,
            {},      {},
            lowest,  highest,
            0,       0,
            {},      scopes,
            english, turkish};
}

template <Field F, class E>
constexpr FieldRow names(bool is_nullable, std::uint8_t scopes, std::string_view english, std::string_view turkish) {
    FieldRow made = row<F>(enumeration, is_nullable, scopes, english, turkish);
    made.enum_name = EnumNames<E>::name;
    made.values = EnumNames<E>::values;
    const auto [low, high] = std::ranges::minmax(made.values, {}, &EnumName::value);
    made.lowest = low.value, made.highest = high.value;
    return made;
}

/// Of an enumeration whose first name is Unknown: that is no value.
template <Field F, class E>
constexpr FieldRow known_names(std::uint8_t scopes, std::string_view english, std::string_view turkish) {
    static_assert(EnumNames<E>::values[0].name == "Unknown" && EnumNames<E>::values[0].value == 0);
    FieldRow made = names<F, E>(may_be_missing, scopes, english, turkish);
    made.values = made.values.subspan(1);
    made.lowest = 1;
    return made;
}

template <Field F>
constexpr FieldRow flag(std::uint8_t scopes, std::string_view english, std::string_view turkish) {
    return row<F>(boolean, always_there, scopes, english, turkish, 0, 1);
}

template <Field F>
constexpr FieldRow words(bool is_nullable, std::uint8_t scopes, std::uint8_t longest, std::string_view english,
                         std::string_view turkish, std::uint8_t shortest = 1, std::string_view charset = {}) {
    FieldRow made = row<F>(text, is_nullable, scopes, english, turkish);
    made.text_min = shortest, made.text_max = longest, made.charset = charset;
    return made;
}

using F = Field;
constexpr auto t = of_transaction, c = of_card, n = of_counters;
/// Of a currency without minor units: the widest there is.
constexpr std::int64_t amount_highest = money::amount_max_minor * 10'000;
static_assert(amount_scale == 4);
constexpr std::int64_t date_first = -719'162, date_last = 2'932'896;  // years 1 to 9999

// One row a line, however long: a table is read down its columns.
// clang-format off
constexpr std::array<FieldRow, field_count> rows{
    known_names<F::transaction_code, TransactionCode>(t, "Transaction code", "İşlem kodu"),
    names<F::transaction_category, TransactionCategory>(always_there, t, "Transaction category", "İşlem kategorisi"),
    names<F::transaction_domain, TransactionDomain>(always_there, t, "Transaction domain", "İşlem alanı"),
    names<F::transaction_network, TransactionNetwork>(always_there, t, "Network", "İşlem ağı"),
    names<F::transaction_flow_code, TransactionFlowCode>(always_there, t, "Transaction flow", "İşlem akışı"),
    row<F::transaction_amount>(amount, always_there, t, "Transaction amount", "İşlem tutarı", 0, amount_highest),
    row<F::transaction_currency>(id, always_there, t, "Transaction currency (ISO 4217 number)", "İşlem para birimi (ISO 4217 numarası)", 1, 999),
    row<F::billing_amount>(amount, may_be_missing, t, "Billing amount", "Hesaba yansıyan tutar", 0, amount_highest),
    row<F::billing_currency>(id, always_there, t, "Billing currency (ISO 4217 number)", "Hesap para birimi (ISO 4217 numarası)", 1, 999),
    row<F::mcc>(integer, may_be_missing, t, "Merchant category code", "Üye işyeri kategori kodu", 1, 9999),
    known_names<F::pos_entry_mode, PosEntryMode>(t, "POS entry mode", "POS giriş modu"),
    known_names<F::terminal_type, TerminalType>(t, "Terminal type", "Terminal tipi"),
    words<F::terminal_no>(may_be_missing, t, 8, "Terminal number", "Terminal numarası"),
    names<F::terminal_pin_capability, TerminalPinCapability>(may_be_missing, t, "Terminal's PIN capability", "Terminalin PIN yeteneği"),
    words<F::card_acceptor_no>(may_be_missing, t, 15, "Merchant number", "Üye işyeri numarası"),
    words<F::card_acceptor_name>(may_be_missing, t, 99, "Merchant name", "Üye işyeri adı"),
    words<F::card_acceptor_city>(may_be_missing, t, 99, "Merchant city", "Üye işyeri şehri"),
    words<F::card_acceptor_country>(may_be_missing, t, 3, "Merchant country (ISO 3166-1)", "Üye işyeri ülkesi (ISO 3166-1)", 2),
    words<F::acquirer_id>(may_be_missing, t, 11, "Acquirer id", "Üye işyeri bankası numarası", 1, digits_charset),
    flag<F::is_offline>(t, "Approved offline", "Çevrimdışı onaylı"),
    flag<F::is_onus>(t, "On-us", "Kendi terminalinde (on-us)"),
    names<F::cardholder_presence, CardholderPresence>(may_be_missing, t, "Cardholder's presence", "Kart hamilinin varlığı"),
    names<F::card_presence, CardPresence>(may_be_missing, t, "Card's presence", "Kartın varlığı"),
    names<F::cat_level, CardholderActivatedTerminalLevel>(may_be_missing, t, "Cardholder-activated terminal level", "Kart hamilinin kullandığı terminal düzeyi"),
    flag<F::pin_entered>(t, "PIN entered", "PIN girildi"),
    names<F::cvc_result_code, CvcResultCode>(may_be_missing, t, "CVV check", "CVV doğrulama sonucu"),
    names<F::arqc_result_code, ArqcResultCode>(may_be_missing, t, "Chip cryptogram check", "Çip kriptogramı (ARQC) sonucu"),
    names<F::cavv_result_code, CavvResultCode>(may_be_missing, t, "3-D Secure (CAVV) check", "3-D Secure (CAVV) sonucu"),
    names<F::sli_channel, SliChannel>(may_be_missing, t, "E-commerce security channel", "E-ticaret güvenlik kanalı"),
    names<F::sli_ucaf_status_code, SliUcafStatusCode>(may_be_missing, t, "UCAF status", "UCAF durumu"),
    flag<F::is_3d_secure>(t, "3-D Secure", "3-D Secure"),
    flag<F::is_contactless>(t, "Contactless", "Temassız"),
    flag<F::is_ecommerce>(t, "E-commerce", "E-ticaret"),
    flag<F::is_moto>(t, "Mail or telephone order", "Posta veya telefon siparişi"),
    flag<F::is_recurring>(t, "Recurring", "Düzenli ödeme"),
    row<F::installment_count>(integer, may_be_missing, t, "Instalments", "Taksit sayısı", 0, 99),
    row<F::local_transaction_date>(date, always_there, t, "Local transaction date", "Yerel işlem tarihi", date_first, date_last),
    row<F::local_transaction_time>(time_of_day, always_there, t, "Local transaction time", "Yerel işlem saati", 0, minutes_per_day - 1),
    names<F::day_of_week, DayOfWeek>(always_there, t, "Day of the week", "Haftanın günü"),
    row<F::hour>(integer, always_there, t, "Hour (0 to 23)", "Saat (0-23)", 0, 23),
    names<F::card_dci, product::CardDci>(always_there, c, "Debit, credit or prepaid", "Banka, kredi veya ön ödemeli"),
    names<F::card_brand, product::CardBrand>(always_there, c, "Card brand", "Kart markası"),
    names<F::product_type, product::ProductType>(always_there, c, "Physical type", "Fiziksel tip"),
    words<F::card_product_code>(always_there, c, 30, "Card product", "Kart ürünü"),
    row<F::card_product_group>(id, may_be_missing, c, "Product group", "Ürün grubu", 1),
    words<F::bin>(always_there, c, 8, "BIN", "BIN", 6, digits_charset),
    flag<F::is_child_card>(c, "Child card", "Ek kart"),
    flag<F::is_noname>(c, "Card without a name", "İsimsiz kart"),
    row<F::card_age_days>(integer, always_there, c, "Age of the card in days", "Kartın yaşı (gün)", 0, 99'999),
    names<F::card_status, card::CardStatus>(always_there, c, "Card status", "Kart durumu"),
    words<F::customer_no>(may_be_missing, c, 64, "Customer number", "Müşteri numarası"),
    names<F::customer_type, customer::CustomerType>(may_be_missing, c, "Customer type", "Müşteri tipi"),
    row<F::customer_segment>(id, may_be_missing, c, "Customer segment", "Müşteri segmenti", 1),
    row<F::customer_age>(integer, may_be_missing, c, "Customer's age in years", "Müşterinin yaşı", 0, 200),
    words<F::nationality>(may_be_missing, c, 60, "Nationality", "Uyruk"),
    names<F::digital_slip_type, card::DigitalSlipType>(always_there, c, "Digital slip", "Dijital slip"),
    row<F::today_count>(integer, always_there, n, "Approvals today", "Bugünkü onay sayısı"),
    row<F::today_amount>(amount, always_there, n, "Approved today", "Bugünkü onay tutarı"),
    row<F::month_count>(integer, always_there, n, "Approvals this month", "Bu ayki onay sayısı"),
    row<F::month_amount>(amount, always_there, n, "Approved this month", "Bu ayki onay tutarı"),
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].field) != i) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per Field, in enum order");
static_assert(rows[static_cast<std::size_t>(Field::is_3d_secure)].name.view() == "is3dSecure");

}  // namespace

const FieldRow& field_row(Field field) { return rows[static_cast<std::size_t>(field)]; }
std::span<const FieldRow> field_rows() { return rows; }

}  // namespace takas::core::control::rule
