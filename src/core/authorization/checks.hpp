// The outcome of every rule of one decision, in order: the exact answer to "why was this declined?".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::authorization {

/// The rules in the order in which they are asked (contract section 11). Enum order = table order = answer order.
enum class Rule : std::uint8_t {
    format,
    duplicate,
    card_found,
    card_status,
    card_expiry,
    transaction_code,
    original,
    cvv,
    cvv2,
    pin,
    arqc,
    cavv,
    policy,
    authorization_controls,
    currency_conversion,
    transaction_fee,
    velocity,
    balance,
    count_,
};
inline constexpr std::size_t rule_count = static_cast<std::size_t>(Rule::count_);

enum class Outcome : std::uint8_t {
    skipped,  ///< does not apply, or nothing is set up to check
    passed,
    failed,
    not_reached,  ///< an earlier rule had refused
};

/// One rule's outcome and the two numbers that explain it (their meaning is the rule's, see explain()).
struct Check {
    Outcome outcome = Outcome::not_reached;
    std::int64_t seen = 0;
    std::int64_t wanted = 0;
    friend bool operator==(const Check&, const Check&) = default;
};

using Checks = std::array<Check, rule_count>;

/// Compact text for storing: "p", "s", "f51,75" ... one item per rule, separated by ';'.
std::string encode_checks(const Checks& checks);
void encode_checks(const Checks& checks, std::string& out);
std::optional<Checks> decode_checks(std::string_view text);

std::string_view rule_name(Rule rule);
/// The detail for a reader, e.g. "available 60.00, needed 75.00". `digits` are the account's minor unit digits.
std::string explain(Rule rule, const Check& check, std::uint8_t digits);

}  // namespace takas::core::authorization

namespace takas {
template <>
struct EnumNames<core::authorization::Outcome> {
    using E = core::authorization::Outcome;
    static constexpr std::string_view name = "CheckOutcome";
    static constexpr std::array values{named(E::skipped, "Skipped"), named(E::passed, "Passed"),
                                       named(E::failed, "Failed"), named(E::not_reached, "NotReached")};
};
}  // namespace takas
