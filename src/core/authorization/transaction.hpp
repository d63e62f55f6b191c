// A card transaction as it is stored: what was asked, what was decided and why, what is still open. One row carries the
// whole life of an authorization; reversals and clearings change its state and leave a transaction_event each.
#pragma once

#include <optional>
#include <string>

#include "base/strong_id.hpp"
#include "core/authorization/codes.hpp"
#include "core/money/money.hpp"

namespace takas::core::authorization {

/// The acceptor's side of a message, copied through unchanged. Charset printable; lengths as in ISO 8583.
struct AcceptorData {
    std::string terminal_no;         ///< DE 41, up to 8
    std::string card_acceptor_no;    ///< DE 42, up to 15
    std::string card_acceptor_name;  ///< DE 43
    std::string card_acceptor_city;
    std::string card_acceptor_country;  ///< ISO 3166-1 alpha-2 or alpha-3
    std::string acquirer_id;            ///< DE 32, up to 11 digits
    std::int32_t mcc = 0;
    TerminalType terminal_type{};
};

struct CardTransaction {
    TenantId tenant_id;
    AccountId account_id;  ///< 0 when the card is unknown
    TransactionId transaction_id;
    std::optional<Blob> message_key;  ///< what makes a message the same message; claimed by a TransactionKey
    std::int64_t message_hash = 0;    ///< of the content: a repeat has the same, an anomaly another
    TokenId token_id;
    std::string masked_card_no;
    std::string customer_no;
    std::string card_product_code;
    TransactionResult result{};
    TransactionState state{};
    TransactionCategory category{};
    TransactionCode code{};
    TransactionFlowCode flow_code{};
    TransactionNetwork network{};
    TransactionDomain domain{};
    ResponseCode response_code{};
    DeclineReason decline_reason{};
    std::int64_t transaction_amount_minor = 0;
    money::Currency transaction_currency;
    std::int64_t billing_amount_minor = 0;  ///< what was approved, in the account's currency
    money::Currency billing_currency;
    std::int64_t conversion_rate_e9 = 1'000'000'000;
    std::int64_t remaining_minor = 0;  ///< billing amount not yet reversed
    std::int64_t held_minor = 0;       ///< part of remaining that is held on the account
    std::int64_t posted_minor = 0;     ///< signed sum of the postings this transaction made
    std::int64_t refunded_minor = 0;   ///< sum of linked refunds
    std::string stan;
    std::string rrn;
    std::string auth_no;
    std::int32_t mcc = 0;
    std::int16_t pan_sequence_no = 0;
    std::string terminal_no;
    TerminalType terminal_type{};
    std::string card_acceptor_no;
    std::string card_acceptor_name;
    std::string card_acceptor_city;
    std::string card_acceptor_country;
    std::string acquirer_id;
    PosEntryMode pos_entry_mode{};
    Instant local_transaction_time;
    Instant transaction_time;
    std::optional<Date> settlement_date;
    SettleMatchStatus settle_match_status{};
    bool is_offline = false;
    CvcResultCode cvc_result_code{};
    ArqcResultCode arqc_result_code{};
    CavvResultCode cavv_result_code{};
    TransactionId original_transaction_id;
    std::string checks;          ///< outcome of every rule, in order (checks.hpp)
    Blob facts;                  ///< what the decision was made from (facts.hpp); replaying it gives the same decision
    std::int64_t fee_minor = 0;  ///< charged for it with its taxes, and not given back; billing currency
    std::optional<Blob> policy_record;  ///< controls and fees considered, with counters and circumstances
};

/// Something that happened to a transaction after its answer.
struct TransactionEvent {
    TenantId tenant_id;
    AccountId account_id;
    TransactionId transaction_id;
    std::int64_t event_no = 0;  ///< the account's version at the change: rises with every event
    TransitionEventType event_type{};
    std::int64_t amount_minor = 0;  ///< billing currency
    std::string description;
    Instant occurred_at;
};

/// The claim of a message key: one per account and key. Apart from the transaction, whose table is partitioned by its
/// own time, because a repeat may come in the next month. Keys begin with the hour of the message, so that new ones lie
/// together.
struct TransactionKey {
    TenantId tenant_id;
    AccountId account_id;
    Blob message_key;
    TransactionId transaction_id;
};

}  // namespace takas::core::authorization

namespace takas {

template <>
struct EnumNames<core::authorization::DeclineReason> {
    using E = core::authorization::DeclineReason;
    static constexpr std::string_view name = "DeclineReason";
    static constexpr std::array values{named(E::none, "None")};  // shown as AUTH codes (public_code), never by name
};

template <>
struct Describe<core::authorization::CardTransaction> {
    using T = core::authorization::CardTransaction;
    static constexpr std::string_view name = "CardTransaction";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::transaction_id, &T::message_key, &T::message_hash, &T::token_id,
                &T::masked_card_no, &T::customer_no, &T::card_product_code, &T::result, &T::state, &T::category,
                &T::code, &T::flow_code, &T::network, &T::domain, &T::response_code, &T::decline_reason,
                &T::transaction_amount_minor, &T::transaction_currency, &T::billing_amount_minor, &T::billing_currency,
                &T::conversion_rate_e9, &T::remaining_minor, &T::held_minor, &T::posted_minor, &T::refunded_minor,
                &T::stan, &T::rrn, &T::auth_no, &T::mcc, &T::pan_sequence_no, &T::terminal_no, &T::terminal_type,
                &T::card_acceptor_no, &T::card_acceptor_name, &T::card_acceptor_city, &T::card_acceptor_country,
                &T::acquirer_id, &T::pos_entry_mode, &T::local_transaction_time, &T::transaction_time,
                &T::settlement_date, &T::settle_match_status, &T::is_offline, &T::cvc_result_code, &T::arqc_result_code,
                &T::cavv_result_code, &T::original_transaction_id, &T::checks, &T::facts, &T::fee_minor,
                &T::policy_record>;
};

template <>
struct Describe<core::authorization::TransactionEvent> {
    using T = core::authorization::TransactionEvent;
    static constexpr std::string_view name = "TransactionEvent";
    static constexpr auto& fields = columns<&T::tenant_id, &T::account_id, &T::transaction_id, &T::event_no,
                                            &T::event_type, &T::amount_minor, &T::description, &T::occurred_at>;
};

template <>
struct Describe<core::authorization::TransactionKey> {
    using T = core::authorization::TransactionKey;
    static constexpr std::string_view name = "TransactionKey";
    static constexpr auto& fields = columns<&T::tenant_id, &T::account_id, &T::message_key, &T::transaction_id>;
};

}  // namespace takas
