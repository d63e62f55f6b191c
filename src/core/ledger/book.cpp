#include "core/ledger/book.hpp"

#include "base/invariant.hpp"

namespace takas::core::ledger {
namespace {

std::int64_t moved(std::int64_t balance, std::int64_t by) {
    const auto sum = money::checked_add(balance, by);
    invariant(sum.has_value(), "a balance fits into 63 bits");
    return *sum;
}

LedgerEntry entry(CardAccount& account, EntryKind kind, ContraAccount contra, std::int64_t amount_minor,
                  const Booking& booking) {
    LedgerEntry e;
    e.tenant_id = account.tenant_id;
    e.account_id = account.account_id;
    e.entry_no = ++account.entry_no;
    e.transaction_id = booking.transaction_id;
    e.kind = kind;
    e.contra = contra;
    e.amount_minor = amount_minor;
    e.posted_after_minor = account.posted_minor;
    e.held_after_minor = account.held_minor;
    e.description = booking.description;
    e.booked_at = booking.booked_at;
    return e;
}

}  // namespace

LedgerEntry post(CardAccount& account, ContraAccount contra, std::int64_t amount_minor, const Booking& booking) {
    invariant(amount_minor != 0 && contra != ContraAccount::none, "a posting moves money between two accounts");
    account.posted_minor = moved(account.posted_minor, amount_minor);
    return entry(account, EntryKind::posting, contra, amount_minor, booking);
}

LedgerEntry hold(CardAccount& account, std::int64_t amount_minor, const Booking& booking) {
    invariant(amount_minor > 0, "a hold is positive");
    account.held_minor = moved(account.held_minor, amount_minor);
    return entry(account, EntryKind::hold, ContraAccount::none, amount_minor, booking);
}

LedgerEntry release(CardAccount& account, std::int64_t amount_minor, const Booking& booking) {
    invariant(amount_minor > 0 && amount_minor <= account.held_minor, "only what is held can be released");
    account.held_minor = moved(account.held_minor, -amount_minor);
    return entry(account, EntryKind::hold_release, ContraAccount::none, -amount_minor, booking);
}

}  // namespace takas::core::ledger
