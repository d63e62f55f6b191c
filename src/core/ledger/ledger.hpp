// The books. Every movement of money or of a hold on a card account is one ledger entry: an amount between the account
// and a contra account of the chart. One row is both legs, so a one-sided booking cannot be written; what remains to be
// proved (and `takas verify` proves it) is that balances are the sums of their entries.
//
// Signs are the card account's: a load is positive, a purchase negative. A hold entry moves `held`, not `posted`.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/money/money.hpp"

namespace takas::core::ledger {

/// The other side of an entry.
enum class ContraAccount : std::uint8_t {
    none = 0,                ///< hold entries: nothing changes owner
    funding = 1,             ///< loads and unloads: money that came from or went to the institution's own books
    network_settlement = 2,  ///< what the platform owes the networks for posted transactions
    fee_income = 3,
    tax_payable = 4,
};

enum class EntryKind : std::uint8_t {
    posting = 0,       ///< moves posted by amount_minor
    hold = 1,          ///< moves held by amount_minor (positive: more is held)
    hold_release = 2,  ///< moves held by amount_minor (negative)
};

struct LedgerEntry {
    TenantId tenant_id;
    AccountId account_id;
    std::int64_t entry_no = 0;  ///< 1, 2, 3 ... per account, without a gap
    TransactionId transaction_id;
    EntryKind kind{};
    ContraAccount contra{};
    std::int64_t amount_minor = 0;
    std::int64_t posted_after_minor = 0;
    std::int64_t held_after_minor = 0;
    std::string description;
    Instant booked_at;
};

struct CardAccount {
    TenantId tenant_id;
    AccountId account_id;
    CustomerId customer_id;
    std::string customer_no;
    std::string card_product_code;
    money::Currency currency;
    std::int64_t posted_minor = 0;
    std::int64_t held_minor = 0;
    std::int64_t credit_limit_minor = 0;
    std::int64_t entry_no = 0;  ///< number of the last ledger entry
    std::int64_t version = 1;   ///< moves with every change of the account or of a card on it
    bool is_exclusive = false;  ///< belongs to one card (product says accountPerCard)
    Instant creation_time;
    /// Where the chips of its cards are (core/card/chip_counters.hpp): here, because this row is written with every
    /// authorization anyway.
    std::string chip_counters;

    /// What may still be spent.
    std::int64_t available_minor() const { return posted_minor - held_minor + credit_limit_minor; }
};

/// Where an account stood when its oldest entries were archived: what the remaining entries continue from.
struct LedgerCarry {
    TenantId tenant_id;
    AccountId account_id;
    std::int64_t entry_no = 0;  ///< the last archived entry
    std::int64_t posted_minor = 0;
    std::int64_t held_minor = 0;
    Instant carried_at;
};

}  // namespace takas::core::ledger

namespace takas {

template <>
struct EnumNames<core::ledger::ContraAccount> {
    using E = core::ledger::ContraAccount;
    static constexpr std::string_view name = "ContraAccount";
    static constexpr std::array values{named(E::none, "None"), named(E::funding, "Funding"),
                                       named(E::network_settlement, "NetworkSettlement"),
                                       named(E::fee_income, "FeeIncome"), named(E::tax_payable, "TaxPayable")};
};
template <>
struct EnumNames<core::ledger::EntryKind> {
    using E = core::ledger::EntryKind;
    static constexpr std::string_view name = "EntryKind";
    static constexpr std::array values{named(E::posting, "Posting"), named(E::hold, "Hold"),
                                       named(E::hold_release, "HoldRelease")};
};
template <>
struct Describe<core::ledger::LedgerEntry> {
    using T = core::ledger::LedgerEntry;
    static constexpr std::string_view name = "LedgerEntry";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::entry_no, &T::transaction_id, &T::kind, &T::contra, &T::amount_minor,
                &T::posted_after_minor, &T::held_after_minor, &T::description, &T::booked_at>;
};
template <>
struct Describe<core::ledger::CardAccount> {
    using T = core::ledger::CardAccount;
    static constexpr std::string_view name = "CardAccount";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::customer_id, &T::customer_no, &T::card_product_code, &T::currency,
                &T::posted_minor, &T::held_minor, &T::credit_limit_minor, &T::entry_no, &T::version, &T::is_exclusive,
                &T::creation_time, &T::chip_counters>;
};

template <>
struct Describe<core::ledger::LedgerCarry> {
    using T = core::ledger::LedgerCarry;
    static constexpr std::string_view name = "LedgerCarry";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::account_id, &T::entry_no, &T::posted_minor, &T::held_minor, &T::carried_at>;
};

}  // namespace takas
