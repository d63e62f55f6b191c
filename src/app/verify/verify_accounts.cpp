// Accounts against their entries: numbering, running balances, sums, and both sides of every currency.
#include <map>
#include <unordered_map>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {
namespace {

using core::authorization::CardTransaction;
using core::card::Card;
using core::ledger::CardAccount;
using core::ledger::ContraAccount;
using core::ledger::EntryKind;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;

struct AccountSums {
    TenantId tenant_id;
    CustomerId customer_id;
    core::money::Currency currency;
    std::int64_t stored_posted = 0, stored_held = 0, stored_entry_no = 0;
    std::int64_t carried_no = 0;                    ///< the last archived entry
    std::int64_t entry_no = 0;                      ///< of the entry before
    std::int64_t posted_after = 0, held_after = 0;  ///< as the entry before says
    std::int64_t posted = 0, held = 0;              ///< sums of what was carried and the entries
    std::int64_t transactions_held = 0;
};

/// What a card says of other cards, which are of the same account.
struct CardRefs {
    AccountId account_id;
    TokenId parent, replaces, replaced_by;
};

class AccountsPass {
  public:
    AccountsPass(ports::Store& store, Report& report) : store_(store), report_(report), findings_(report) {}

    void add(const CardAccount& a) {
        ++report_.accounts;
        AccountSums sums;
        sums.tenant_id = a.tenant_id;
        sums.customer_id = a.customer_id;
        sums.currency = a.currency;
        sums.stored_posted = a.posted_minor;
        sums.stored_held = a.held_minor;
        sums.stored_entry_no = a.entry_no;
        accounts_.emplace(a.account_id, sums);
        add_to(totals_[{a.currency, ContraAccount::none}], a.posted_minor);
    }

    Result<void> close(Range range) {
        auto done = for_each<LedgerCarry>(store_, within<&LedgerCarry::account_id>(range),
                                          [this](const LedgerCarry& c) { add_carry(c); });
        if (done)
            done = for_each<LedgerEntry>(store_, within<&LedgerEntry::account_id>(range),
                                         [this](const LedgerEntry& e) { check_entry(e); });
        if (done)
            done = for_each<CardTransaction>(store_, within<&CardTransaction::account_id>(range),
                                             [this](const CardTransaction& t) { add_transaction(t); });
        if (done)
            done = for_each<Card>(store_, within<&Card::account_id>(range), [this](const Card& c) { check_card(c); });
        for (const auto& [id, sums] : accounts_) check_sums(id, sums);
        for (const auto& [id, refs] : cards_) check_family(id, refs);
        accounts_.clear();
        cards_.clear();
        return done;
    }

    void check_totals() {
        for (const auto& [key, sum] : contra_)
            totals_[key] = sum == std::numeric_limits<std::int64_t>::min() ? sum : -sum;
        std::map<core::money::Currency, std::int64_t> by_currency;
        for (const auto& [currency, sum] : carried_) {
            const std::int64_t total = sum == std::numeric_limits<std::int64_t>::min() ? sum : -sum;
            report_.totals.push_back({currency, ContraAccount::none, total, true});
            add_to(by_currency[currency], total);
        }
        for (const auto& [key, total] : totals_) {
            report_.totals.push_back({key.first, key.second, total});
            add_to(by_currency[key.first], total);
        }
        for (const auto& [currency, sum] : by_currency)
            findings_.equal("ledger.balance", std::int64_t{0}, sum,
                            [&] { return fmt::format("currency {}", currency.value); });
    }

  private:
    AccountSums* known(AccountId id) {
        const auto it = accounts_.find(id);
        return it == accounts_.end() ? nullptr : &it->second;
    }

    void add_carry(const LedgerCarry& c) {
        ++report_.carries;
        const auto where = [&] { return fmt::format("account {} carry", c.account_id.value); };
        AccountSums* a = known(c.account_id);
        if (!a) return findings_.add("carry.account", where(), "an account", "none");
        findings_.equal("carry.tenant", a->tenant_id.value, c.tenant_id.value, where);
        a->carried_no = a->entry_no = c.entry_no;
        a->posted_after = a->posted = c.posted_minor;
        a->held_after = a->held = c.held_minor;
        add_to(carried_[a->currency], c.posted_minor);
    }

    /// An archived entry that is still there: only the last one is known from the carry.
    void check_archived(const AccountSums& a, const LedgerEntry& e) {
        ++report_.archived_kept;
        if (e.entry_no != a.carried_no) return;
        const auto where = [&] { return fmt::format("account {} entry {}", e.account_id.value, e.entry_no); };
        findings_.equal("carry.posted", e.posted_after_minor, a.posted_after, where);
        findings_.equal("carry.held", e.held_after_minor, a.held_after, where);
    }

    void check_entry(const LedgerEntry& e) {
        const auto where = [&] { return fmt::format("account {} entry {}", e.account_id.value, e.entry_no); };
        AccountSums* a = known(e.account_id);
        if (a && e.entry_no <= a->carried_no) return check_archived(*a, e);
        ++report_.entries;
        if (!a) return findings_.add("entry.account", where(), "an account", "none");
        findings_.equal("entry.tenant", a->tenant_id.value, e.tenant_id.value, where);
        findings_.equal("entry.number", a->entry_no + 1, e.entry_no, where);
        const bool is_posting = e.kind == EntryKind::posting;
        const bool sign_fits = is_posting || (e.kind == EntryKind::hold ? e.amount_minor > 0 : e.amount_minor < 0);
        if (!sign_fits || e.amount_minor == 0 || is_posting == (e.contra == ContraAccount::none))
            findings_.add("entry.kind", where(), "an amount and contra account that fit the kind", e.amount_minor);
        // Each against the one before it: one wrong row is one difference, not one per row that follows.
        add_to(is_posting ? a->posted_after : a->held_after, e.amount_minor);
        findings_.equal("entry.posted_after", a->posted_after, e.posted_after_minor, where);
        findings_.equal("entry.held_after", a->held_after, e.held_after_minor, where);
        a->posted_after = e.posted_after_minor;
        a->held_after = e.held_after_minor;
        a->entry_no = e.entry_no;
        add_to(is_posting ? a->posted : a->held, e.amount_minor);
        if (is_posting) add_to(contra_[{a->currency, e.contra}], e.amount_minor);
    }

    void add_transaction(const CardTransaction& t) {
        if (AccountSums* a = known(t.account_id))
            add_to(a->transactions_held, t.held_minor);
        else if (t.account_id)  // a decline of an unknown card belongs to no account
            findings_.add("transaction.account", fmt::format("transaction {}", t.transaction_id.value), "an account",
                          "none");
    }

    void check_card(const Card& c) {
        const auto where = [&] { return fmt::format("card {}", c.token_id.value); };
        const AccountSums* a = known(c.account_id);
        if (!a) return findings_.add("card.account", where(), "an account", "none");
        findings_.equal("card.tenant", a->tenant_id.value, c.tenant_id.value, where);
        // A child card has a holder of its own; a closed one stays its last owner's when the account goes to another;
        // one that was lost before it had an owner never gets one, even when the card in its place does.
        const bool is_owners = !c.parent_token_id && c.status != core::card::CardStatus::closed;
        if (is_owners && (c.customer_id || !c.is_noname))
            findings_.equal("card.owner", a->customer_id.value, c.customer_id.value, where);
        cards_.emplace(c.token_id,
                       CardRefs{c.account_id, c.parent_token_id, c.replaces_token_id, c.replaced_by_token_id});
    }

    void check_family(TokenId id, const CardRefs& card) {
        const auto other = [&](TokenId named) -> const CardRefs* {
            const auto it = cards_.find(named);
            return it != cards_.end() && named != id && it->second.account_id == card.account_id ? &it->second
                                                                                                 : nullptr;
        };
        const auto refuse = [&](std::string_view what, std::string_view expected, TokenId named) {
            findings_.add(what, fmt::format("card {}", id.value), expected, fmt::format("card {}", named.value));
        };
        if (const auto* parent = other(card.parent); card.parent && (!parent || parent->parent))
            refuse("card.parent", "a main card of its account", card.parent);
        if (card.replaces && !other(card.replaces)) refuse("card.replaces", "a card of its account", card.replaces);
        if (const auto* next = other(card.replaced_by); card.replaced_by && (!next || next->replaces != id))
            refuse("card.replaced_by", "the card in its place", card.replaced_by);
    }

    void check_sums(AccountId id, const AccountSums& a) {
        const auto where = [&] { return fmt::format("account {}", id.value); };
        findings_.equal("account.posted", a.posted, a.stored_posted, where);
        findings_.equal("account.held", a.held, a.stored_held, where);
        findings_.equal("account.held_by_transactions", a.transactions_held, a.stored_held, where);
        findings_.equal("account.entry_no", a.entry_no, a.stored_entry_no, where);
    }

    ports::Store& store_;
    Report& report_;
    Findings findings_;
    std::unordered_map<TokenId, CardRefs> cards_;          ///< of this window
    std::unordered_map<AccountId, AccountSums> accounts_;  ///< of this window
    using Totals = std::map<std::pair<core::money::Currency, ContraAccount>, std::int64_t>;
    Totals totals_;                                          ///< what each account of the chart holds
    Totals contra_;                                          ///< what the card accounts got from each
    std::map<core::money::Currency, std::int64_t> carried_;  ///< what they got from archived entries
};

}  // namespace

Result<void> verify_accounts(Books& books) {
    AccountsPass pass(books.store, books.report);
    auto done = in_windows<CardAccount, &CardAccount::account_id>(
        books.store, books.options.accounts_per_window, [&](const CardAccount& a) { pass.add(a); },
        [&](Range range) {
            auto closed = pass.close(range);
            if (books.progress) books.progress("accounts", books.report.accounts);
            return closed;
        });
    pass.check_totals();
    return done;
}

}  // namespace takas::app::verify
