// Booking: the only code that changes a card account's balances. Each call moves one number, counts the entry and gives
// the ledger entry that proves it.
#pragma once

#include "core/ledger/ledger.hpp"

namespace takas::core::ledger {

/// Why an entry is made.
struct Booking {
    TransactionId transaction_id;
    Instant booked_at;
    std::string description{};
};

/// Moves `posted` by `amount_minor` against a contra account. Never 0.
LedgerEntry post(CardAccount& account, ContraAccount contra, std::int64_t amount_minor, const Booking& booking);
/// Holds `amount_minor` (> 0) more.
LedgerEntry hold(CardAccount& account, std::int64_t amount_minor, const Booking& booking);
/// Releases `amount_minor` (> 0) of what is held.
LedgerEntry release(CardAccount& account, std::int64_t amount_minor, const Booking& booking);

}  // namespace takas::core::ledger
