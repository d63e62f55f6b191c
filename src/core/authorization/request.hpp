// A card transaction as a door hands it in: typed, complete, without secrets (their verdicts are facts).
#pragma once

#include <optional>
#include <string>

#include "core/authorization/circumstances.hpp"
#include "core/authorization/facts.hpp"
#include "core/authorization/transaction.hpp"

namespace takas::core::authorization {

struct Request {
    TransactionCode code{};
    TransactionFlowCode flow_code{};
    TransactionNetwork network{};
    TransactionDomain domain{};
    std::int64_t transaction_amount_minor = 0;
    money::Currency transaction_currency;
    std::uint8_t transaction_digits = 2;
    /// Billing amount and rate the network worked out; they count only when this is the account's currency.
    money::Currency network_billing_currency;
    std::optional<std::int64_t> network_billing_minor;
    std::optional<std::int64_t> network_rate_e9;
    std::optional<card::Expiry> stated_expiry;
    std::string stan;  ///< six digits
    std::string rrn;   ///< twelve characters
    Instant local_transaction_time;
    AcceptorData acceptor;
    PosEntryMode pos_entry_mode{};
    CardholderPresence cardholder_presence{};
    std::optional<TerminalPinCapability> terminal_pin_capability;
    std::optional<CardholderActivatedTerminalLevel> cat_level;
    std::optional<SliChannel> sli_channel;
    std::optional<SliUcafStatusCode> sli_ucaf_status_code;
    bool is_recurring = false;
    bool is_3d_secure = false;
    bool is_pin_entered = false;
    std::int32_t installment_count = 0;
    bool is_offline = false;
    bool is_advice = false;
    bool is_partial_approval_allowed = false;
    TransactionId original_transaction_id;
    ArqcResultCode arqc_result{};
    CavvResultCode cavv_result{};
    CvcResultCode cvc_result{};
    bool is_repeatable = false;       ///< the sender gave STAN and local time: the same message may come again
    std::optional<Blob> message_key;  ///< set by the use case for a repeatable message, as is its hash
    std::int64_t message_hash = 0;
};

}  // namespace takas::core::authorization
