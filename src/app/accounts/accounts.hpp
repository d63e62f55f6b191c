// Card accounts as they are: balances, the cards on one, the statement. Money moves in app/authorize and app/funding.
#pragma once

#include <vector>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::accounts {

struct AccountView {
    core::ledger::CardAccount account;
    std::vector<TokenId> token_ids;  ///< at most 1000, oldest first
};

/// Error: account_not_found, also for another institution's account.
Result<AccountView> get_account(const Context& context, AccountId account_id);
/// Errors: card_not_found.
Result<AccountView> get_account_of_card(const Context& context, TokenId token_id);

struct EntryPage {
    core::ledger::CardAccount account;
    ports::PageOf<core::ledger::LedgerEntry> page;
};
/// The statement; usual order: newest first. Error: account_not_found.
Result<EntryPage> list_entries(const Context& context, AccountId account_id, const ports::PageWish& page);

}  // namespace takas::app::accounts
