#include "protocol/ipm/message.hpp"

namespace takas::protocol::ipm {
namespace {

using enum iso8583::Attribute;
using enum iso8583::LengthForm;

// clang-format off
constexpr iso8583::Field rows[] = {
    {2, n, llvar, 19},       // PAN
    {3, n, fixed, 6},        // processing code
    {4, n, fixed, 12},       // amount, transaction
    {5, n, fixed, 12},       // amount, reconciliation
    {6, n, fixed, 12},       // amount, cardholder billing
    {9, n, fixed, 8},        // conversion rate, reconciliation
    {10, n, fixed, 8},       // conversion rate, cardholder billing
    {12, n, fixed, 12},      // date and time, local: YYMMDDhhmmss
    {14, n, fixed, 4},       // date, expiration
    {22, an, fixed, 12},     // point of service data code
    {23, n, fixed, 3},       // PAN sequence number
    {24, n, fixed, 3},       // function code
    {25, n, fixed, 4},       // message reason code
    {26, n, fixed, 4},       // MCC
    {30, n, fixed, 24},      // amounts, original
    {31, ans, llvar, 23},    // acquirer reference data
    {32, n, llvar, 11},      // acquiring institution
    {33, n, llvar, 11},      // forwarding institution
    {37, ans, fixed, 12},    // RRN
    {38, ans, fixed, 6},     // approval code
    {40, an, fixed, 3},      // service code
    {41, ans, fixed, 8},     // terminal
    {42, ans, fixed, 15},    // merchant
    {43, ans, llvar, 99},    // merchant name and location
    {48, ans, lllvar, 999},  // PDS
    {49, an, fixed, 3},      // currency, transaction
    {50, an, fixed, 3},      // currency, reconciliation
    {51, an, fixed, 3},      // currency, cardholder billing
    {54, ans, lllvar, 999},  // amounts, additional
    {55, b, lllvar, 255},    // chip data
    {62, ans, lllvar, 999},  // PDS
    {63, ans, lllvar, 16},   // transaction lifecycle
    {71, n, fixed, 8},       // message number
    {72, ans, lllvar, 999},  // data record
    {73, n, fixed, 6},       // date, action
    {93, n, llvar, 11},      // destination institution
    {94, n, llvar, 11},      // originator institution
    {95, ans, llvar, 10},    // card issuer reference data
    {100, n, llvar, 11},     // receiving institution
    {105, ans, lllvar, 999}, // transaction identification
    {111, ans, lllvar, 999}, // amount, currency conversion assessment
    {123, ans, lllvar, 999}, // PDS
    {124, ans, lllvar, 999}, // PDS
    {125, ans, lllvar, 999}, // PDS
    {127, ans, lllvar, 999}, // network data
};
// clang-format on

constexpr iso8583::FieldTable fields = iso8583::table_of(rows);

constexpr iso8583::Profile profile_in(std::string_view name, wire::TextEncoding encoding) {
    return {.name = name, .version = '1', .encoding = encoding, .always_two_bitmaps = true, .fields = &fields};
}

constexpr iso8583::Profile ascii = profile_in("ipm_ascii", wire::TextEncoding::ascii);
constexpr iso8583::Profile latin1 = profile_in("ipm_latin1", wire::TextEncoding::latin1);
constexpr iso8583::Profile cp500 = profile_in("ipm_cp500", wire::TextEncoding::cp500);

}  // namespace

const iso8583::Profile& profile(wire::TextEncoding encoding) {
    switch (encoding) {
        case wire::TextEncoding::ascii:
            return ascii;
        case wire::TextEncoding::latin1:
            return latin1;
        case wire::TextEncoding::cp500:
            return cp500;
    }
    return ascii;
}

}  // namespace takas::protocol::ipm
