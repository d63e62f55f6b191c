// From a decision to everything that must be written for it: the transaction row, the account's new balances, the
// ledger entries, the event. Pure: data in, data out; the lane commits it.
#pragma once

#include <optional>
#include <vector>

#include "core/authorization/decide.hpp"
#include "core/authorization/request.hpp"
#include "core/event/event.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::core::authorization {

/// Numbers a transaction gets from outside: the core makes none up.
struct Issued {
    TransactionId transaction_id;
    std::string auth_no;  ///< six digits; used when approved
};

struct Changes {
    CardTransaction transaction;
    std::vector<ledger::LedgerEntry> entries;
    event::DomainEvent event;
    /// The original transaction when this one changes it (completion, increment, linked refund).
    std::optional<CardTransaction> original;
};

/// Applies the decision to `account` (its balances and entry number move) and gives what to write.
/// `card` is nullptr for an unknown card, `original` when none is involved.
Changes changes(const Request& request, const Facts& facts, const Decision& decision, const Issued& issued,
                const card::Card* card, ledger::CardAccount& account, const CardTransaction* original);

enum class ReversalType : std::uint8_t { void_transaction, reversal, partial_reversal };

struct ReversalRequest {
    ReversalType type{};
    std::optional<std::int64_t> amount_minor;  ///< billing currency; partial only
    Instant now;
    std::optional<Blob> message_key{};  ///< what makes it the same reversal when it comes again
};

struct ReversalOutcome {
    DeclineReason reason = DeclineReason::none;
    std::int64_t reversed_minor = 0;
};

/// May this transaction be reversed so? Approved, not yet completed, expired, voided or reversed, amount at most what
/// is left after refunds.
ReversalOutcome decide_reversal(const CardTransaction& transaction, const ReversalRequest& request);

struct ReversalChanges {
    CardTransaction transaction;
    std::vector<ledger::LedgerEntry> entries;
    TransactionEvent event;
    std::optional<CardTransaction> original;  ///< of a reversed linked refund: its refunded sum shrinks again
};

ReversalChanges reverse(const CardTransaction& transaction, const ReversalRequest& request,
                        const ReversalOutcome& outcome, ledger::CardAccount& account, const CardTransaction* original);

/// No clearing came within the hold period: the hold ends. What was refunded of it meanwhile is booked back: the
/// purchase never took the money that the refund gave.
ReversalChanges expire_hold(const CardTransaction& transaction, Instant now, ledger::CardAccount& account);

/// What the published axes say together.
TransactionStatus status_of(const CardTransaction& transaction);

}  // namespace takas::core::authorization

namespace takas {
template <>
struct EnumNames<core::authorization::ReversalType> {
    using E = core::authorization::ReversalType;
    static constexpr std::string_view name = "ReversalType";
    static constexpr std::array values{named(E::void_transaction, "Void"), named(E::reversal, "Reversal"),
                                       named(E::partial_reversal, "PartialReversal")};
};
}  // namespace takas
