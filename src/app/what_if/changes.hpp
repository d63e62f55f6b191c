// If a transaction would be declined: the smallest single change of it that would pass. Each is found by asking the
// engine again, never by reasoning about rules: candidates come from what is set up (amounts and times that rules name,
// windows that begin anew), and what is answered was decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/what_if/trial.hpp"
#include "base/describe.hpp"

namespace takas::app::what_if {

enum class ChangeKind : std::uint8_t { amount, channel, three_d_secure, domain, time };

struct Change {
    ChangeKind kind{};
    std::optional<std::int64_t> amount_minor{};  ///< of the transaction currency: the largest that passes
    std::optional<core::authorization::PosEntryMode> pos_entry_mode{};
    std::optional<core::authorization::TerminalType> terminal_type{};
    std::optional<core::authorization::TransactionDomain> domain{};
    std::optional<Instant> at{};  ///< the earliest that passes
};

/// How far ahead the time is looked for.
inline constexpr int days_ahead_max = 60;

/// `declined` is the decision on `request` at `at`. Errors: those of Trial::decide.
Result<std::vector<Change>> changes_that_pass(const Trial& trial, const Request& request, Instant at,
                                              const Decided& declined);

/// For people.
struct Sentence {
    std::string english, turkish;
};
Sentence sentence_of(const Change& change, const Request& request);
/// Why nothing about the message helps.
Sentence why_nothing_helps(const Decision& declined);

}  // namespace takas::app::what_if

namespace takas {

template <>
struct EnumNames<app::what_if::ChangeKind> {
    using E = app::what_if::ChangeKind;
    static constexpr std::string_view name = "WhatIfChangeKind";
    static constexpr std::array values{named(E::amount, "Amount"), named(E::channel, "Channel"),
                                       named(E::three_d_secure, "ThreeDSecure"), named(E::domain, "Domain"),
                                       named(E::time, "Time")};
};

}  // namespace takas
