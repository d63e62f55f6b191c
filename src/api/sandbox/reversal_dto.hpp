// Void and Refund of Transaction Testing (contract section 5).
#pragma once

#include <optional>

#include "api/sandbox/fields.hpp"
#include "core/authorization/changes.hpp"

namespace takas::api {

struct SimulationReversalRequest {
    std::optional<TransactionId> transaction_id;
    std::string rrn, stan, terminal_no;
    core::authorization::ReversalType reversal_type{};
    std::optional<Decimal> amount;
    bool is_advice = false;
};

struct SimulationReversalResponse {
    TransactionId transaction_id;
    bool is_success = false;
    core::authorization::ResponseCode response_code{};
    std::optional<std::string> error_code, error_description;
    core::authorization::TransactionStatus transaction_status{};
    std::int64_t duration_ms = 0;
    TransactionId original_transaction_id;
    Decimal reversed_amount;
    Decimal remaining_amount;
    core::money::Currency billing_currency;
    Decimal available_balance;
};

struct SimulationRefundRequest {
    std::optional<TransactionId> transaction_id;
    std::optional<TokenId> token_id;
    Decimal amount;
    core::money::Currency currency;
    core::authorization::TransactionNetwork transaction_network{};
    core::authorization::TransactionDomain transaction_domain{};
    core::authorization::PosEntryMode pos_entry_mode{};
    core::authorization::TerminalType terminal_type{};
    std::int32_t mcc = 0;
    std::string terminal_no, card_acceptor_no, card_acceptor_name, card_acceptor_city, card_acceptor_country;
    std::string acquirer_id;
    std::string stan, rrn;
    std::optional<Instant> local_transaction_time;
    bool is_advice = false;
};

struct SimulationRefundResponse {
    TransactionId transaction_id;
    bool is_success = false;
    core::authorization::ResponseCode response_code{};
    std::optional<std::string> error_code, error_description;
    core::authorization::TransactionStatus transaction_status{};
    std::int64_t duration_ms = 0;
    std::optional<TransactionId> original_transaction_id;
    std::optional<std::string> auth_no;
    std::string rrn, stan;
    Decimal billing_amount;
    core::money::Currency billing_currency;
    std::optional<Decimal> remaining_amount;
    std::optional<Decimal> available_balance;
    bool is_replay = false;
    std::vector<SimulationCheck> checks;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::SimulationReversalRequest> {
    using T = api::SimulationReversalRequest;
    static constexpr std::string_view name = "DetailedSimulationReversalRequestDto";
    static constexpr auto fields = std::array{
        field<&T::transaction_id>("The transaction; or rrn, stan and terminalNo, looked up in the last three days")
            .range(1, 9'007'199'254'740'991)
            .example("61234567890"),
        field<&T::rrn>("Its retrieval reference number")
            .length(12, 12)
            .only(api::alphanumeric_charset)
            .example("103110000101"),
        field<&T::stan>("Its system trace audit number").length(6, 6).only(digits_charset).example("000101"),
        field<&T::terminal_no>("Its terminal").length(1, 8).example("T0000001"),
        field<&T::reversal_type>("Void (the default): cancelled by the merchant or the institution. Reversal: by the "
                                 "network. PartialReversal: `amount` of it")
            .example("Void"),
        field<&T::amount>("Only of a PartialReversal: in major units of the account's currency")
            .range(0, app::transactions::amount_max_major)
            .example("5.00"),
        field<&T::is_advice>("It happened already; accepted: a reversal is never refused for want of money")
            .example("false"),
    };
};

template <>
struct Describe<api::SimulationReversalResponse> {
    using T = api::SimulationReversalResponse;
    static constexpr std::string_view name = "DetailedSimulationReversalResponseDto";
    static constexpr auto fields = join_fields(
        api::outcome_fields<T>,
        std::array{
            field<&T::original_transaction_id>("The transaction that was reversed").required().example("61234567890"),
            field<&T::reversed_amount>("What this reversal took back").required().example("5.00"),
            field<&T::remaining_amount>("What is left of the transaction").required().example("9.99"),
            field<&T::billing_currency>("The account's currency, ISO 4217 number").required().example("949"),
            field<&T::available_balance>("What can be spent now").required().example("90.01"),
        });
};

template <>
struct Describe<api::SimulationRefundRequest> {
    using T = api::SimulationRefundRequest;
    static constexpr std::string_view name = "DetailedSimulationRefundRequestDto";
    static constexpr auto fields = join_fields(
        std::array{
            field<&T::transaction_id>("The purchase that is given back (linked refund)")
                .range(1, 9'007'199'254'740'991)
                .example("61234567890"),
            field<&T::token_id>("The card, of a refund without transactionId")
                .range(1, 9'007'199'254'740'991)
                .example("61234567890"),
            field<&T::amount>("Amount in major units of `currency`; linked: at most what is left of the purchase")
                .required()
                .range(0, app::transactions::amount_max_major)
                .example("14.99"),
            field<&T::currency>("ISO 4217 number").required().range(1, 999).example("949"),
            field<&T::transaction_network>("The network it comes from").example("Domestic"),
            field<&T::transaction_domain>("Where the merchant is, seen from the issuer").example("Domestic"),
            field<&T::pos_entry_mode>("How the card was read (DE 22)").example("Chip"),
            field<&T::terminal_type>("The kind of terminal").example("Pos"),
            field<&T::mcc>("Merchant category code; the purchase's when absent").range(1, 9999).example("5812"),
        },
        api::acceptor_fields<T>, api::trace_fields<T>,
        std::array{field<&T::is_advice>("It happened already").example("false")});
};

template <>
struct Describe<api::SimulationRefundResponse> {
    using T = api::SimulationRefundResponse;
    static constexpr std::string_view name = "DetailedSimulationRefundResponseDto";
    static constexpr auto fields = join_fields(
        api::outcome_fields<T>,
        std::array{
            field<&T::original_transaction_id>("The purchase; null for an unlinked refund").example("61234567890"),
            field<&T::auth_no>("Authorization number, of an approval").example("482913"),
            field<&T::rrn>("Retrieval reference number").required().example("103110000101"),
            field<&T::stan>("System trace audit number").required().example("000101"),
            field<&T::billing_amount>("Amount in the account's currency").required().example("14.99"),
            field<&T::billing_currency>("The account's currency, ISO 4217 number").required().example("949"),
            field<&T::remaining_amount>("What is left of the purchase to be refunded; null for an unlinked refund")
                .example("0.00"),
            field<&T::available_balance>("What can be spent now; null when the card is unknown").example("100.00"),
            field<&T::is_replay>("The same message came before: this is its stored answer").required().example("false"),
            field<&T::checks>("Every rule in the order asked, with its outcome").required(),
        });
};

}  // namespace takas
