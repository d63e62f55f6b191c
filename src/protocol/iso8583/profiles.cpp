// The standard's fields as issuers and acquirers use them (ISO 8583:1987 clause 4, ISO 8583-1:1993 clause 4), and the
// profiles made of them. A new network is a table of the rows in which it differs and a line in the list below.
#include "protocol/iso8583/profile.hpp"

#include <algorithm>

namespace takas::protocol::iso8583 {
namespace {

using enum Attribute;
using enum LengthForm;

// clang-format off
constexpr Field rows_1987[] = {
    {2, n, llvar, 19},  // PAN
    {3, n, fixed, 6},  // processing code
    {4, n, fixed, 12},  // amount, transaction
    {5, n, fixed, 12},  // amount, settlement
    {6, n, fixed, 12},  // amount, cardholder billing
    {7, n, fixed, 10},  // transmission date and time
    {9, n, fixed, 8},  // conversion rate, settlement
    {10, n, fixed, 8},  // conversion rate, cardholder billing
    {11, n, fixed, 6},  // STAN
    {12, n, fixed, 6},  // time, local
    {13, n, fixed, 4},  // date, local
    {14, n, fixed, 4},  // date, expiration
    {15, n, fixed, 4},  // date, settlement
    {18, n, fixed, 4},  // MCC
    {19, n, fixed, 3},  // acquirer country
    {22, n, fixed, 3},  // POS entry mode
    {23, n, fixed, 3},  // PAN sequence number
    {25, n, fixed, 2},  // POS condition code
    {26, n, fixed, 2},  // PIN capture code
    {28, xn, fixed, 9},  // amount, transaction fee
    {32, n, llvar, 11},  // acquiring institution
    {33, n, llvar, 11},  // forwarding institution
    {35, z, llvar, 37},  // track 2
    {37, an, fixed, 12},  // RRN
    {38, an, fixed, 6},  // authorization number
    {39, an, fixed, 2},  // response code
    {41, ans, fixed, 8},  // terminal
    {42, ans, fixed, 15},  // merchant
    {43, ans, fixed, 40},  // merchant name and location
    {44, ans, llvar, 25},  // additional response data
    {45, ans, llvar, 76},  // track 1
    {48, ans, lllvar, 999},  // additional data, private
    {49, an, fixed, 3},  // currency, transaction
    {50, an, fixed, 3},  // currency, settlement
    {51, an, fixed, 3},  // currency, cardholder billing
    {52, b, fixed, 8},  // PIN block
    {53, n, fixed, 16},  // security control
    {54, an, lllvar, 120},  // amounts, additional
    {55, b, lllvar, 255},  // chip data
    {60, ans, lllvar, 999},  // private
    {61, ans, lllvar, 999},  // private
    {62, ans, lllvar, 999},  // private
    {63, ans, lllvar, 999},  // private
    {64, b, fixed, 8},  // MAC
    {70, n, fixed, 3},  // network management code
    {90, n, fixed, 42},  // original data elements
    {95, an, fixed, 42},  // replacement amounts
    {100, n, llvar, 11},  // receiving institution
    {102, ans, llvar, 28},  // account 1
    {103, ans, llvar, 28},  // account 2
    {120, ans, lllvar, 999},  // private
    {128, b, fixed, 8},  // MAC
};

constexpr Field rows_1993[] = {
    {2, n, llvar, 19},  // PAN
    {3, n, fixed, 6},  // processing code
    {4, n, fixed, 12},  // amount, transaction
    {5, n, fixed, 12},  // amount, settlement
    {6, n, fixed, 12},  // amount, cardholder billing
    {7, n, fixed, 10},  // transmission date and time
    {9, n, fixed, 8},  // conversion rate, settlement
    {10, n, fixed, 8},  // conversion rate, cardholder billing
    {11, n, fixed, 6},  // STAN
    {12, n, fixed, 12},  // date and time, local
    {14, n, fixed, 4},  // date, expiration
    {15, n, fixed, 6},  // date, settlement
    {18, n, fixed, 4},  // merchant type
    {19, n, fixed, 3},  // acquirer country
    {22, an, fixed, 12},  // POS data code
    {23, n, fixed, 3},  // PAN sequence number
    {24, n, fixed, 3},  // function code
    {25, n, fixed, 4},  // message reason code
    {26, n, fixed, 4},  // MCC
    {30, n, fixed, 24},  // amounts, original
    {32, n, llvar, 11},  // acquiring institution
    {33, n, llvar, 11},  // forwarding institution
    {35, z, llvar, 37},  // track 2
    {37, an, fixed, 12},  // RRN
    {38, an, fixed, 6},  // authorization number
    {39, n, fixed, 3},  // action code
    {41, ans, fixed, 8},  // terminal
    {42, ans, fixed, 15},  // merchant
    {43, ans, llvar, 99},  // merchant name and location
    {44, ans, llvar, 99},  // additional response data
    {45, ans, llvar, 76},  // track 1
    {48, ans, lllvar, 999},  // additional data, private
    {49, an, fixed, 3},  // currency, transaction
    {50, an, fixed, 3},  // currency, settlement
    {51, an, fixed, 3},  // currency, cardholder billing
    {52, b, fixed, 8},  // PIN block
    {53, b, llvar, 48},  // security control
    {54, an, lllvar, 120},  // amounts, additional
    {55, b, lllvar, 255},  // chip data
    {56, n, llvar, 35},  // original data elements
    {60, ans, lllvar, 999},  // private
    {61, ans, lllvar, 999},  // private
    {62, ans, lllvar, 999},  // private
    {63, ans, lllvar, 999},  // private
    {64, b, fixed, 8},  // MAC
    {70, n, fixed, 3},  // network management code
    {72, ans, lllvar, 999},  // data record
    {95, ans, llvar, 99},  // card issuer reference data
    {100, n, llvar, 11},  // receiving institution
    {102, ans, llvar, 28},  // account 1
    {103, ans, llvar, 28},  // account 2
    {120, ans, lllvar, 999},  // private
    {128, b, fixed, 8},  // MAC
};

/// Processors that write a few codes packed among characters: country and currency right- and left-aligned in two octets.
constexpr Field mixed_rows[] = {
    {19, n, fixed, 4, true},
    {49, n, fixed, 4, true},
};
// clang-format on

constexpr FieldTable with(FieldTable table, std::span<const Field> rows) {
    for (const Field& row : rows) table[row.number] = row;
    return table;
}

constexpr FieldTable fields_1987 = table_of(rows_1987);
constexpr FieldTable fields_1993 = table_of(rows_1993);
constexpr FieldTable fields_1987_mixed = with(fields_1987, mixed_rows);

constexpr Profile list[] = {
    {.name = "iso87_ascii_binmap", .fields = &fields_1987},
    {.name = "iso87_ascii_hexmap", .bitmap = BitmapForm::hexadecimal, .fields = &fields_1987},
    {.name = "iso87_bcd", .digits = DigitForm::packed, .fields = &fields_1987},
    {.name = "iso87_ebcdic", .encoding = TextEncoding::cp500, .fields = &fields_1987},
    {.name = "iso87_ascii_mixed", .fields = &fields_1987_mixed},
    {.name = "iso93_ascii_binmap", .version = '1', .fields = &fields_1993},
    {.name = "iso93_bcd", .version = '1', .digits = DigitForm::packed, .fields = &fields_1993},
};

}  // namespace

std::span<const Profile> profiles() { return list; }

const Profile* find_profile(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &Profile::name);
    return found != std::end(list) ? found : nullptr;
}

}  // namespace takas::protocol::iso8583
