#include "api/accounts/dto.hpp"

#include "app/transactions/amounts.hpp"
#include "base/optional_text.hpp"

namespace takas::api {

Decimal decimal_of(std::int64_t minor, core::money::Currency currency) {
    return {minor, app::transactions::minor_digits(currency).value_or(0)};
}

AccountDto to_dto(const app::accounts::AccountView& view) {
    const auto& a = view.account;
    const auto amount = [&](std::int64_t minor) { return decimal_of(minor, a.currency); };
    return {a.account_id,
            optional_text(a.customer_no),
            a.currency,
            amount(a.posted_minor),
            amount(a.held_minor),
            amount(a.available_minor()),
            amount(a.credit_limit_minor),
            view.token_ids};
}

AccountEntryDto to_dto(const core::ledger::LedgerEntry& e, core::money::Currency currency) {
    const auto amount = [&](std::int64_t minor) { return decimal_of(minor, currency); };
    return {e.entry_no,
            e.transaction_id ? std::optional(e.transaction_id) : std::nullopt,
            e.kind,
            e.contra,
            amount(e.amount_minor),
            amount(e.posted_after_minor),
            amount(e.held_after_minor),
            currency,
            optional_text(e.description),
            e.booked_at};
}

}  // namespace takas::api
