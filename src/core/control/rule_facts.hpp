// A transaction as rules see it: fills the array of facts from a message on its way or from a stored row, with the
// circumstances. One function for both, so that a rule tried on the past sees what it would have seen then.
#pragma once

#include <optional>
#include <string_view>

#include "core/authorization/circumstances.hpp"
#include "core/authorization/request.hpp"
#include "core/authorization/transaction.hpp"
#include "core/card/card.hpp"
#include "core/control/rule/value.hpp"

namespace takas::core::control {

/// Texts are views: their owner must outlive the facts.
struct MessageView {
    authorization::TransactionCode code{};
    authorization::TransactionFlowCode flow_code{};
    authorization::TransactionNetwork network{};
    authorization::TransactionDomain domain{};
    std::int64_t transaction_amount_minor = 0;
    money::Currency transaction_currency;
    std::uint8_t transaction_digits = 2;
    std::int32_t mcc = 0;
    authorization::PosEntryMode pos_entry_mode{};
    authorization::TerminalType terminal_type{};
    std::string_view terminal_no, card_acceptor_no, card_acceptor_name, card_acceptor_city, card_acceptor_country;
    std::string_view acquirer_id;
    bool is_offline = false;
    authorization::CvcResultCode cvc_result{};
    authorization::ArqcResultCode arqc_result{};
    authorization::CavvResultCode cavv_result{};
    Instant local_transaction_time;
};
MessageView view_of(const authorization::Request& request);
/// `digits` are those of the transaction currency.
MessageView view_of(const authorization::CardTransaction& transaction, std::uint8_t digits);

struct Billing {
    std::optional<std::int64_t> minor;
    money::Currency currency;
    std::uint8_t digits = 2;
};

struct Moment {
    Instant decided_at;
    Date business_date;
};

/// Everything but the usage of the card (fill_usage). `card` may be nullptr.
void fill(const MessageView& message, const Billing& billing, const authorization::Circumstances& circumstances,
          const card::Card* card, const Moment& moment, rule::Facts& facts);

}  // namespace takas::core::control
