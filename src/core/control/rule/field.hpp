// What a rule can ask about: one row per field with its name, type, values, bounds, labels and the uses that know it.
// The parser, the type check, the field list of the API and the reference text follow from these rows. Says nothing of
// where a field's value comes from: value.hpp has the array that a door fills.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::control::rule {

/// The catalogue of the contract (3.2), in its order.
enum class Field : std::uint8_t {
    transaction_code,
    transaction_category,
    transaction_domain,
    transaction_network,
    transaction_flow_code,
    transaction_amount,
    transaction_currency,
    billing_amount,
    billing_currency,
    mcc,
    pos_entry_mode,
    terminal_type,
    terminal_no,
    terminal_pin_capability,
    card_acceptor_no,
    card_acceptor_name,
    card_acceptor_city,
    card_acceptor_country,
    acquirer_id,
    is_offline,
    is_onus,
    cardholder_presence,
    card_presence,
    cat_level,
    pin_entered,
    cvc_result_code,
    arqc_result_code,
    cavv_result_code,
    sli_channel,
    sli_ucaf_status_code,
    is_3d_secure,
    is_contactless,
    is_ecommerce,
    is_moto,
    is_recurring,
    installment_count,
    local_transaction_date,
    local_transaction_time,
    day_of_week,
    hour,
    card_dci,
    card_brand,
    product_type,
    card_product_code,
    card_product_group,
    bin,
    is_child_card,
    is_noname,
    card_age_days,
    card_status,
    customer_no,
    customer_type,
    customer_segment,
    customer_age,
    nationality,
    digital_slip_type,
    today_count,
    today_amount,
    month_count,
    month_amount,
    count_,
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::count_);

enum class FieldType : std::uint8_t {
    amount,       ///< decimal in major units, exact: kept in 1/10^4 (value.hpp)
    integer,      ///< a number that can be more or less
    id,           ///< a number that is only equal or not: currency, group, segment
    text,         ///< UTF-8, compared octet by octet
    enumeration,  ///< by published name, in either case
    boolean,
    date,         ///< yyyy-MM-dd
    time_of_day,  ///< HH:mm, whole minutes
};

enum class Operator : std::uint8_t {
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    between,
    in,
    not_in,
    contains,
    starts_with,
    ends_with,
    is_null,
    is_not_null,
};

/// Where a rule is used; a use knows some of the fields.
enum class Scope : std::uint8_t {
    transaction,  ///< transaction fees, velocity controls, links
    issuance,     ///< card issuance fees: card, customer and product only
    annual,       ///< annual fees: as issuance
    counters,     ///< authorization controls: a transaction with the card's counters
};

/// Monday is 1, as in ISO 8601.
enum class DayOfWeek : std::uint8_t { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

/// Mastercard DE 61, subfield 5.
enum class CardPresence : std::uint8_t { present = 0, not_present = 1 };

struct FieldRow {
    Field field;
    FixedName name;  ///< "transactionAmount"
    FieldType type;
    bool is_nullable;
    std::string_view enum_name;         ///< schema name of an enumeration's values
    std::span<const EnumName> values;   ///< of an enumeration
    std::int64_t lowest, highest;       ///< what a value can be, as value.hpp keeps it
    std::uint8_t text_min, text_max;    ///< octets of a text that an operand compares with as a whole
    std::string_view charset;           ///< of a text; "": any
    std::uint8_t scopes;                ///< bit per Scope
    std::string_view english, turkish;  ///< label

    constexpr bool is_in(Scope scope) const { return (scopes >> static_cast<unsigned>(scope) & 1U) != 0; }
};

const FieldRow& field_row(Field field);
/// Every row, in enum order.
std::span<const FieldRow> field_rows();
/// By published name, in either case; nothing when there is none.
std::optional<Field> find_field(std::string_view name);
/// The known name that was probably meant; "" when nothing is near.
std::string_view nearest_field_name(std::string_view name, Scope scope);

/// The operators that a field can be asked with, in enum order.
std::span<const Operator> operators_of(FieldType type);
bool has_operator(FieldType type, Operator op);
/// As canonical text writes it: "==", "not in".
std::string_view spelling_of(Operator op);
/// As the query builder writes it: "=" for equal, else the same.
std::string_view query_builder_spelling_of(Operator op);
/// The query builder's operator, in either case, with or without spaces and underscores: "not in", "notIn", "not_in".
std::optional<Operator> operator_from_query_builder(std::string_view text);

}  // namespace takas::core::control::rule

namespace takas {

template <>
struct EnumNames<core::control::rule::DayOfWeek> {
    using E = core::control::rule::DayOfWeek;
    static constexpr std::string_view name = "DayOfWeek";
    static constexpr std::array values{named(E::monday, "Monday"),       named(E::tuesday, "Tuesday"),
                                       named(E::wednesday, "Wednesday"), named(E::thursday, "Thursday"),
                                       named(E::friday, "Friday"),       named(E::saturday, "Saturday"),
                                       named(E::sunday, "Sunday")};
};
template <>
struct EnumNames<core::control::rule::CardPresence> {
    using E = core::control::rule::CardPresence;
    static constexpr std::string_view name = "CardPresence";
    static constexpr std::array values{named(E::present, "Present"), named(E::not_present, "NotPresent")};
};
template <>
struct EnumNames<core::control::rule::Scope> {
    using E = core::control::rule::Scope;
    static constexpr std::string_view name = "RuleScope";
    static constexpr std::array values{named(E::transaction, "Transaction"), named(E::issuance, "CardIssuance"),
                                       named(E::annual, "CardAnnual"), named(E::counters, "AuthorizationControl")};
};

}  // namespace takas
