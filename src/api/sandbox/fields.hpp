// Rows that the requests of Transaction Testing share, and the answer fields that all of them have. A DTO lists the
// members itself and joins the rows below into its description.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "app/transactions/amounts.hpp"
#include "base/describe.hpp"
#include "core/authorization/checks.hpp"
#include "core/authorization/codes.hpp"

namespace takas::api {

inline constexpr std::string_view alphanumeric_charset =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view letters_charset = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The acceptor's side of a message; lengths as in ISO 8583.
template <class T>
inline constexpr auto acceptor_fields = std::array{
    field<&T::terminal_no>("Terminal (DE 41)").length(1, 8).example("T0000001"),
    field<&T::card_acceptor_no>("Merchant (DE 42)").length(1, 15).example("M00000000000001"),
    field<&T::card_acceptor_name>("Name of the merchant (DE 43)").length(1, 25).example("LOKANTA"),
    field<&T::card_acceptor_city>("City of the merchant (DE 43)").length(1, 13).example("ANKARA"),
    field<&T::card_acceptor_country>("Country of the merchant, ISO 3166-1 letters (DE 43)")
        .length(2, 3)
        .only(letters_charset)
        .example("TR"),
    field<&T::acquirer_id>("Acquirer (DE 32)").length(1, 11).only(digits_charset).example("454360"),
};

template <class T>
inline constexpr auto trace_fields = std::array{
    field<&T::stan>("System trace audit number (DE 11); made up when absent")
        .length(6, 6)
        .only(digits_charset)
        .example("000101"),
    field<&T::rrn>("Retrieval reference number (DE 37); made up when absent")
        .length(12, 12)
        .only(alphanumeric_charset)
        .example("103110000101"),
    field<&T::local_transaction_time>(
        "Time at the terminal. Sent together with stan it makes the message recognisable: "
        "the same message again gets the first answer again, another one under the same "
        "key is declined with AUTH:00018")
        .example("2031-03-01T13:00:00+03:00"),
};

/// BaseSimulationResponseDto.
template <class T>
inline constexpr auto outcome_fields = std::array{
    field<&T::transaction_id>("The transaction").required().example("61234567890"),
    field<&T::is_success>("Approved").required().example("true"),
    field<&T::response_code>("The answer that the terminal gets").required().example("Approved"),
    field<&T::error_code>("Why it was declined").example("AUTH:00021"),
    field<&T::error_description>("The same as a sentence, in the language of the request"),
    field<&T::transaction_status>("What the transaction is now").required().example("Approved"),
    field<&T::duration_ms>("Time from the request to the durable decision").required().example("4"),
};

struct SimulationCheck {
    std::string name;
    bool passed = false;
    core::authorization::Outcome outcome{};
    std::string detail;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::SimulationCheck> {
    using T = api::SimulationCheck;
    static constexpr std::string_view name = "TransactionCheckDto";
    static constexpr auto fields = std::array{
        field<&T::name>("The rule, in the order in which rules are asked").required().example("Balance"),
        field<&T::passed>("False for the rule that refused, and for those after it").required().example("true"),
        field<&T::outcome>(
            "Skipped: does not apply, or there was nothing to check it with. NotReached: an earlier rule "
            "had refused")
            .required()
            .example("Passed"),
        field<&T::detail>("The numbers behind the outcome").example("available 60.00, needed 75.00"),
    };
};

}  // namespace takas
