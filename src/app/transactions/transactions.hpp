// Reading card transactions: one by id or by its trace numbers, its whole story, and filtered lists. Loads and unloads
// share the table but are no card transactions: nothing here shows them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "core/authorization/transaction.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::app::transactions {

using core::authorization::CardTransaction;

/// Error: transaction_not_found, also for another tenant's.
Result<CardTransaction> get(const Context& context, TransactionId transaction_id);

/// How far back a reversal may name its transaction by trace numbers: networks reverse within minutes, hosts that were
/// down within days.
inline constexpr std::int64_t trace_lookup_s = 3 * 24 * 3600;

/// The newest transaction with these numbers. Error: transaction_not_found.
Result<CardTransaction> get_by_trace(const Context& context, std::string_view rrn, std::string_view stan,
                                     std::string_view terminal_no);

/// What happened to a transaction after its answer, in order, and every booking made for it.
struct Story {
    std::vector<core::authorization::TransactionEvent> events;
    std::vector<core::ledger::LedgerEntry> entries;
};
/// More than any transaction has: a hold, its releases and a posting each.
inline constexpr std::int64_t story_max = 1000;
Result<Story> story_of(const Context& context, const CardTransaction& transaction);

/// How long a stretch of time one list may cover (contract 4.4).
inline constexpr std::int64_t list_range_max_s = 31 * 24 * 3600;

struct Filter {
    Instant from;   ///< the first moment that counts
    Instant until;  ///< the first moment that does not
    std::optional<TokenId> token_id;
    std::string customer_no;
    std::optional<TransactionId> transaction_id;
    std::optional<core::authorization::TransactionResult> result;
    std::optional<core::authorization::TransactionState> state;
    std::optional<core::authorization::TransactionCategory> category;
    std::optional<core::authorization::TransactionCode> code;
    std::optional<core::authorization::ResponseCode> response_code;
    std::optional<core::authorization::SettleMatchStatus> settle_match_status;
    std::optional<std::int32_t> mcc;
    /// Of the transaction amount in major units. They compare with currencies of two decimals only, unless a currency
    /// is asked for: one stored number means another amount in each of the others.
    std::optional<Decimal> amount_min, amount_max;
    std::optional<core::money::Currency> currency;
    std::string rrn, auth_no, stan;
};

/// Usual order: newest first. Errors: validation (range of time, amounts, currency), those of the store.
Result<ports::PageOf<CardTransaction>> list(const Context& context, const Filter& filter, const ports::PageWish& page);

}  // namespace takas::app::transactions
