// A card transaction as the institution sees it: CardTransactionResponseDto of the HTTP API in camelCase, and the data
// of SuccessfulTransaction and UnsuccessfulTransaction webhooks in PascalCase. Described once, here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/authorization/transaction.hpp"

namespace takas::app::transactions {

enum class AdditionalAmountType : std::uint8_t {
    transaction_fee,
    commission,
    tax,
    surcharge,
    cashback_amount,
    access_fee,
    currency_conversion_fee,
    tip,
};

enum class AdditionalAmountSource : std::uint8_t { platform, tenant, acquirer, network };

struct TaxView {
    std::string name;
    Decimal amount;
    core::money::Currency currency;
};

struct AdditionalAmountView {
    AdditionalAmountType additional_amount_type{};
    core::money::Currency currency;
    Decimal amount;
    bool tax_included = false;
    std::vector<TaxView> taxes;
    AdditionalAmountSource source{};
    std::optional<std::int64_t> reference_id;
};

struct CardTransactionView {
    TransactionId id;
    core::authorization::TransactionResult transaction_result{};
    core::authorization::TransactionState transaction_state{};
    core::authorization::TransactionCategory transaction_category{};
    core::authorization::TransactionCode transaction_code{};
    core::authorization::ResponseCode response_code{};
    std::optional<TokenId> token_id;
    std::optional<std::string> masked_card_no;
    Decimal transaction_amount;
    core::money::Currency transaction_currency;
    Decimal billing_amount;
    core::money::Currency billing_currency;
    std::optional<std::string> stan;
    std::int32_t mcc = 0;
    std::optional<std::string> mcc_name;
    std::int16_t pan_sequence_no = 0;
    std::optional<std::string> rrn;
    std::optional<std::string> auth_no;
    std::optional<std::string> error_code;
    std::optional<std::string> error_description;
    std::optional<std::string> terminal_no;
    std::optional<std::string> card_acceptor_no;
    Instant local_transaction_time;
    core::authorization::TransactionNetwork transaction_network{};
    std::optional<Date> settlement_date;
    core::authorization::SettleMatchStatus settle_match_status{};
    Instant transaction_time;
    std::optional<std::string> card_acceptor_name;
    std::optional<std::string> card_acceptor_city;
    std::optional<std::string> card_acceptor_country;
    core::authorization::PosEntryMode pos_entry_mode{};
    bool is_offline = false;
    std::vector<AdditionalAmountView> additional_amounts;
    core::authorization::CvcResultCode cvc_result_code{};
    std::optional<TransactionId> original_transaction_id;
    std::optional<Decimal> settlement_amount;
    std::optional<core::money::Currency> settlement_currency;
    Decimal conversion_rate;
    core::authorization::TransactionDomain transaction_domain{};
    core::authorization::TransactionFlowCode transaction_flow_code{};
    core::authorization::TerminalType terminal_type{};
    Decimal remaining_amount;
    core::authorization::ArqcResultCode arqc_result_code{};
    core::authorization::CavvResultCode cavv_result_code{};
};

/// An amount in major units: 1499 kuruş are 14.99. A currency that is not in ISO 4217 counts two digits.
Decimal major_units(std::int64_t minor, core::money::Currency currency);

/// A rate of nine decimals without those that say nothing: 41.9225.
Decimal rate_view(std::int64_t rate_e9);

/// The fee that was charged for it, with its taxes; empty when it was given back.
std::vector<AdditionalAmountView> additional_amounts_of(const core::authorization::CardTransaction& transaction);

/// `language` is that of the error description.
CardTransactionView view_of(const core::authorization::CardTransaction& transaction, Language language);

}  // namespace takas::app::transactions

namespace takas {

template <>
struct EnumNames<app::transactions::AdditionalAmountType> {
    using E = app::transactions::AdditionalAmountType;
    static constexpr std::string_view name = "AdditionalAmountType";
    static constexpr std::array values{named(E::transaction_fee, "TransactionFee"),
                                       named(E::commission, "Commission"),
                                       named(E::tax, "Tax"),
                                       named(E::surcharge, "Surcharge"),
                                       named(E::cashback_amount, "CashbackAmount"),
                                       named(E::access_fee, "AccessFee"),
                                       named(E::currency_conversion_fee, "CurrencyConversionFee"),
                                       named(E::tip, "Tip")};
};
template <>
struct EnumNames<app::transactions::AdditionalAmountSource> {
    using E = app::transactions::AdditionalAmountSource;
    static constexpr std::string_view name = "AdditionalAmountCalculationSource";
    static constexpr std::array values{named(E::platform, "PayantisPlatform"), named(E::tenant, "Tenant"),
                                       named(E::acquirer, "Acquirer"), named(E::network, "Network")};
};

template <>
struct Describe<app::transactions::TaxView> {
    using T = app::transactions::TaxView;
    static constexpr std::string_view name = "TaxDto";
    static constexpr auto fields = std::array{
        field<&T::name>("Name of the tax").example("BSMV"),
        field<&T::amount>("Amount in major units").example("0.75"),
        field<&T::currency>("ISO 4217 number").example("949"),
    };
};
template <>
struct Describe<app::transactions::AdditionalAmountView> {
    using T = app::transactions::AdditionalAmountView;
    static constexpr std::string_view name = "AdditionalAmountDto";
    static constexpr auto fields = std::array{
        field<&T::additional_amount_type>("What the amount is for"),
        field<&T::currency>("ISO 4217 number").example("949"),
        field<&T::amount>("Amount in major units").example("5.00"),
        field<&T::tax_included>("Whether the amount contains the taxes"),
        field<&T::taxes>("Taxes on the amount"),
        field<&T::source>("Who computed it"),
        field<&T::reference_id>("Id of the fee it follows from"),
    };
};
template <>
struct Describe<app::transactions::CardTransactionView> {
    using T = app::transactions::CardTransactionView;
    static constexpr std::string_view name = "CardTransactionResponseDto";
    static constexpr auto fields = std::array{
        field<&T::id>("Transaction id").example("61234567890"),
        field<&T::transaction_result>("What was answered; Voided once an approval was cancelled as a whole"),
        field<&T::transaction_state>("What became of it since"),
        field<&T::transaction_category>("Whether money was asked for"),
        field<&T::transaction_code>("What was asked for"),
        field<&T::response_code>("The answer that the terminal got"),
        field<&T::token_id>("The card; null when the card number was unknown").example("95"),
        field<&T::masked_card_no>("First and last digits of the card number").example("97920001****0018"),
        field<&T::transaction_amount>("Amount at the terminal, in major units").example("14.99"),
        field<&T::transaction_currency>("Currency at the terminal, ISO 4217 number").example("949"),
        field<&T::billing_amount>("Amount in the account's currency, in major units; what was approved")
            .example("14.99"),
        field<&T::billing_currency>("The account's currency, ISO 4217 number").example("949"),
        field<&T::stan>("System trace audit number (DE 11)").example("000101"),
        field<&T::mcc>("Merchant category code (ISO 18245)").example("5812"),
        field<&T::mcc_name>("Name of the merchant category").example("Eating Places and Restaurants"),
        field<&T::pan_sequence_no>("Sequence number of the card (DE 23)").example("1"),
        field<&T::rrn>("Retrieval reference number (DE 37)").example("103100000101"),
        field<&T::auth_no>("Authorization number (DE 38), of an approval").example("482913"),
        field<&T::error_code>("Why it was declined").example("AUTH:00021"),
        field<&T::error_description>("The same as a sentence"),
        field<&T::terminal_no>("Terminal (DE 41)").example("T0000001"),
        field<&T::card_acceptor_no>("Merchant (DE 42)").example("M00000000000001"),
        field<&T::local_transaction_time>("Time at the terminal"),
        field<&T::transaction_network>("The network it came from"),
        field<&T::settlement_date>("When it was settled; null before"),
        field<&T::settle_match_status>("Whether its clearing record has come"),
        field<&T::transaction_time>("When it was decided"),
        field<&T::card_acceptor_name>("Name of the merchant (DE 43)").example("LOKANTA"),
        field<&T::card_acceptor_city>("City of the merchant").example("ANKARA"),
        field<&T::card_acceptor_country>("Country of the merchant").example("TR"),
        field<&T::pos_entry_mode>("How the card was read (DE 22)"),
        field<&T::is_offline>("Decided at the terminal"),
        field<&T::additional_amounts>("Fees and other parts"),
        field<&T::cvc_result_code>("Outcome of the CVV or CVV2 check"),
        field<&T::original_transaction_id>("The transaction that this one refers to"),
        field<&T::settlement_amount>("Settled amount, in major units; null before"),
        field<&T::settlement_currency>("Settlement currency, ISO 4217 number; null before"),
        field<&T::conversion_rate>("One major unit of the transaction currency in the billing currency").example("1"),
        field<&T::transaction_domain>("Where the merchant is, seen from the issuer"),
        field<&T::transaction_flow_code>("The kind of message"),
        field<&T::terminal_type>("The kind of terminal"),
        field<&T::remaining_amount>("Part of the billing amount that was not reversed").example("14.99"),
        field<&T::arqc_result_code>("Outcome of the chip cryptogram's check"),
        field<&T::cavv_result_code>("Outcome of the 3-D Secure cryptogram's check"),
    };
};

}  // namespace takas
