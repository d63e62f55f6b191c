// Card transactions as lists and as one with its whole story (contract 4.4 and 0.1). The row itself is described in
// app/transactions/transaction_view.hpp, because webhooks carry it too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "api/sandbox/fields.hpp"
#include "app/transactions/conversion_view.hpp"
#include "app/transactions/policy_explanation.hpp"
#include "app/transactions/transaction_view.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::api {

struct CardTransactionQuery : PageFields {
    std::optional<TokenId> token_id;
    std::string customer_no;
    std::optional<TransactionId> transaction_id;
    std::string start_date, end_date;
    std::optional<core::authorization::TransactionResult> transaction_result;
    std::optional<core::authorization::TransactionState> transaction_state;
    std::optional<core::authorization::TransactionCategory> transaction_category;
    std::optional<core::authorization::TransactionCode> transaction_code;
    std::optional<core::authorization::ResponseCode> response_code;
    std::optional<core::authorization::SettleMatchStatus> settle_match_status;
    std::optional<std::int32_t> mcc;
    std::optional<Decimal> min_amount, max_amount;
    std::optional<core::money::Currency> transaction_currency;
    std::string rrn, auth_no, stan;
};

/// The answer is the first thing that happens to a transaction; the rest are transitions.
enum class CardTransactionEventType : std::uint8_t {
    approved,
    declined,
    reversal,
    clearing_matched,
    void_transaction,
    expire,
    partial_reversal,
};

struct CardTransactionEvent {
    CardTransactionEventType event_type{};
    Decimal amount;
    std::optional<std::string> description;
    Instant date_time;
};

struct TransactionLedgerEntry {
    std::int64_t entry_no = 0;
    core::ledger::EntryKind kind{};
    core::ledger::ContraAccount contra_account{};
    Decimal amount;
    Decimal posted_balance;
    Decimal held_amount;
    Instant booked_at;
};

struct CardTransactionDetail : app::transactions::CardTransactionView {
    std::optional<app::transactions::ConversionSource> conversion_source;
    std::optional<Decimal> conversion_base_rate;
    std::optional<std::int32_t> conversion_markup_bps;
    std::vector<CardTransactionEvent> events;
    std::vector<TransactionLedgerEntry> ledger_entries;
    std::vector<SimulationCheck> checks;
    std::vector<app::transactions::ConsideredView> controls;
};

}  // namespace takas::api

namespace takas {

template <>
struct EnumNames<api::CardTransactionEventType> {
    using E = api::CardTransactionEventType;
    static constexpr std::string_view name = "CardTransactionEventType";
    static constexpr std::array values{named(E::approved, "Approved"),
                                       named(E::declined, "Declined"),
                                       named(E::reversal, "Reversal"),
                                       named(E::clearing_matched, "ClearingMatched"),
                                       named(E::void_transaction, "Void"),
                                       named(E::expire, "Expire"),
                                       named(E::partial_reversal, "PartialReversal")};
};

template <>
struct Describe<api::CardTransactionQuery> {
    using T = api::CardTransactionQuery;
    static constexpr std::string_view name = "CardTransactionQuery";
    static constexpr std::int64_t id_max = 9'007'199'254'740'991;
    static constexpr auto fields = std::array{
        field<&T::start_date>("From this moment on: ISO 8601, or a date, which means its first moment in UTC")
            .required()
            .length(10, 35)
            .example("2031-03-01"),
        field<&T::end_date>("Up to and with this moment, at most 31 days later; a date means all of that day in UTC")
            .required()
            .length(10, 35)
            .example("2031-03-31"),
        field<&T::token_id>("The card").range(1, id_max).example("61234567890"),
        field<&T::customer_no>("The card's customer").length(1, 64).example("M-1001"),
        field<&T::transaction_id>("One transaction").range(1, id_max).example("61234567890"),
        field<&T::transaction_result>("What was answered").example("Approved"),
        field<&T::transaction_state>("What became of it").example("Pending"),
        field<&T::transaction_category>("Whether money was asked for").example("Financial"),
        field<&T::transaction_code>("What was asked for").example("Purchase"),
        field<&T::response_code>("The answer that the terminal got").example("InsufficientFunds"),
        field<&T::settle_match_status>("Whether its clearing record has come").example("Unmatched"),
        field<&T::mcc>("Merchant category code").range(1, 9999).example("5812"),
        field<&T::min_amount>("Least transaction amount in major units. Without transactionCurrency amounts compare "
                              "in currencies of two decimals only")
            .range(0, app::transactions::amount_max_major)
            .example("10.00"),
        field<&T::max_amount>("Greatest transaction amount in major units")
            .range(0, app::transactions::amount_max_major)
            .example("100.00"),
        field<&T::transaction_currency>("Currency at the terminal, ISO 4217 number").range(1, 999).example("949"),
        field<&T::rrn>("Retrieval reference number").length(1, 12).example("103110000101"),
        field<&T::auth_no>("Authorization number").length(1, 6).example("482913"),
        field<&T::stan>("System trace audit number").length(1, 6).example("000101"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

template <>
struct Describe<api::CardTransactionEvent> {
    using T = api::CardTransactionEvent;
    static constexpr std::string_view name = "CardTransactionEventDto";
    static constexpr auto fields = std::array{
        field<&T::event_type>("What happened: first the answer, then its transitions").required().example("Approved"),
        field<&T::amount>("Amount of it in the account's currency").required().example("14.99"),
        field<&T::description>("A remark"),
        field<&T::date_time>("When").required(),
    };
};

template <>
struct Describe<api::TransactionLedgerEntry> {
    using T = api::TransactionLedgerEntry;
    static constexpr std::string_view name = "CardTransactionLedgerEntryDto";
    static constexpr auto fields = std::array{
        field<&T::entry_no>("Number of the entry in its account").required().example("7"),
        field<&T::kind>("A posting moves the balance, a hold and its release what is held").required().example("Hold"),
        field<&T::contra_account>("The other side of a posting").required().example("None"),
        field<&T::amount>("Signed amount in the account's currency").required().example("14.99"),
        field<&T::posted_balance>("Balance after it").required().example("100.00"),
        field<&T::held_amount>("Held after it").required().example("14.99"),
        field<&T::booked_at>("When").required(),
    };
};

template <>
struct Describe<api::CardTransactionDetail> {
    using T = api::CardTransactionDetail;
    static constexpr std::string_view name = "CardTransactionDetailDto";
    static constexpr auto fields =
        join_fields(Describe<app::transactions::CardTransactionView>::fields,
                    std::array{
                        field<&T::conversion_source>("Who converted the amount into the account's currency; null: it "
                                                     "was not converted"),
                        field<&T::conversion_base_rate>("Rate of the institution's table, before the mark-up; null: "
                                                        "the network converted it")
                            .example("40.9"),
                        field<&T::conversion_markup_bps>("Mark-up of the product on that rate, in basis points; it is "
                                                         "in conversionRate")
                            .example("250"),
                        field<&T::events>("What happened to it, oldest first").required(),
                        field<&T::ledger_entries>("Every booking made for it, in order").required(),
                        field<&T::checks>("Every rule of the decision, in the order asked").required(),
                        field<&T::controls>("Every control, limit and fee of the institution that was considered, in "
                                            "the order asked, with the version and the values that decided")
                            .required(),
                    });
};

}  // namespace takas
