// What a command sees while it decides: the newest state of one card account (which may be ahead of the store) and the
// batch its changes go into. Everything written here becomes durable together, or not at all.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"
#include "app/ports/tables.hpp"
#include "core/audit/audit.hpp"
#include "core/authorization/transaction.hpp"
#include "core/card/card.hpp"
#include "core/card/card_security.hpp"
#include "core/control/counters.hpp"
#include "core/ledger/ledger.hpp"

namespace takas::app::lane {

/// A card account with its cards, as its lane holds it.
struct Aggregate {
    core::ledger::CardAccount account;
    std::vector<core::card::Card> cards;
    struct Secured {
        core::card::CardSecurity security;
        bool is_stored = false;
    };
    std::vector<Secured> secured;  ///< of the cards that presented a secret since the aggregate was read
    struct Chained {
        core::audit::AuditHead head;
        bool is_stored = false;
    };
    struct Counted {
        TokenId token_id;
        core::control::Counters counters;
        bool is_changed = false;  ///< by the batch that is being filled
    };
    std::vector<Counted> counted;     ///< of the cards whose limits were asked for since
    std::vector<Chained> chained;     ///< ends of the audit chains of cards that were changed since
    std::int64_t stored_version = 0;  ///< what the store will hold once everything submitted is committed
    bool exists = false;              ///< false: there is no such account (it can still take declines)
    int users = 0;                    ///< batches that have changed it and are not committed yet
};

/// Transactions changed by batches that are not committed yet: newer than the store.
struct Overlay {
    struct Row {
        core::authorization::CardTransaction transaction;
        int users = 0;
        std::vector<std::string> claims{};  ///< in `keys`, of what was done to it
    };
    std::unordered_map<TransactionId, Row> transactions;
    std::unordered_map<std::string, TransactionId> keys;  ///< message key (with account) -> transaction
};

class Work {
  public:
    Work(ports::Store& store, Aggregate& aggregate, Overlay& overlay, ports::Unit& unit, bool key_conflict)
        : store_(store), aggregate_(aggregate), overlay_(overlay), unit_(unit), key_conflict_(key_conflict) {}

    Aggregate& aggregate() { return aggregate_; }
    core::ledger::CardAccount& account() { return aggregate_.account; }

    /// A card of this account; nullptr when it has no such card. A card issued after the aggregate was read is found
    /// too.
    Result<core::card::Card*> card(TokenId token_id);
    /// What the secrets of this card are checked against; read when first asked for. A card that has none stored gets a
    /// fresh one, which is stored with its first change.
    Result<core::card::CardSecurity> security(TokenId token_id);
    /// What this card has used of its limits; read when first asked for. Whoever changes it says so.
    Result<core::control::Counters*> usage(TokenId token_id);
    void usage_changed(TokenId token_id);
    /// Where the card's audit chain ends; read when first asked for. The records that move it on are inserted, then it
    /// is given to update(). For app/audit.
    Result<core::audit::AuditHead> audit_head(TokenId token_id);
    /// A transaction of this account: the newest version. An error, and `is_stale`, when it holds more than the account
    /// in memory: then another server has changed both, and the command decides again on the account as it is stored.
    Result<std::optional<core::authorization::CardTransaction>> transaction(TransactionId id);
    /// The transaction that owns a message key on this account. Looks into the store only when a commit has already
    /// shown that the key is taken, or when `look_in_store` says so: the unique key catches the rest.
    Result<std::optional<core::authorization::CardTransaction>> transaction_by_key(const Blob& key, bool look_in_store);

    void insert(core::authorization::CardTransaction transaction);
    void update(core::authorization::CardTransaction transaction);
    /// A message that changed this transaction, which is updated already, has this key: a second one finds it.
    void claim(Blob key, TransactionId transaction_id);
    void update(core::card::Card card);
    /// As it was given by security() and changed since. Its account's row is written, too: that guards it.
    void update(core::card::CardSecurity security);
    /// Its account's row is written, too: that guards it.
    void update(core::audit::AuditHead head);
    template <class Record>
    void insert(Record record) {
        changed_ = true;
        unit_.insert(std::move(record));
    }
    /// Writes that were prepared outside the lane, committed with everything else of this command. A command that runs
    /// a second time must have them prepared again: what they stand on may have moved.
    void append(ports::Unit prepared) {
        changed_ = changed_ || !prepared.empty();
        unit_.append(std::move(prepared));
    }
    /// A row of a table that lanes do not hold, as this command read it: its version guards it.
    template <class Record>
    void update(Record record, std::int64_t expected_version) {
        changed_ = true;
        unit_.update(std::move(record), expected_version);
    }
    /// The account's balances or cards changed: its row is written with the batch.
    void touch() { changed_ = account_changed_ = true; }

    bool changed() const { return changed_; }
    bool is_stale() const { return is_stale_; }
    bool account_changed() const { return account_changed_; }
    const std::vector<TransactionId>& overlaid() const { return overlaid_; }

  private:
    Aggregate::Secured* secured(TokenId token_id);
    Aggregate::Chained* chained(std::string_view subject_key);
    void overlay(const core::authorization::CardTransaction& transaction);

    ports::Store& store_;
    Aggregate& aggregate_;
    Overlay& overlay_;
    ports::Unit& unit_;
    bool key_conflict_;
    bool changed_ = false;
    bool account_changed_ = false;
    bool is_stale_ = false;
    std::vector<TransactionId> overlaid_;
};

/// The overlay's name of a message key: two accounts may use the same one.
std::string overlay_key(AccountId account, const Blob& key);

}  // namespace takas::app::lane
