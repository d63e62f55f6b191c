#include "app/accounts/accounts.hpp"

#include "app/cards/cards.hpp"

namespace takas::app::accounts {
namespace {

using core::card::Card;
using core::ledger::CardAccount;
using core::ledger::LedgerEntry;
using ports::where;

constexpr std::int64_t cards_max = 1000;  ///< of one answer

Result<CardAccount> find_account(const Context& context, AccountId account_id) {
    auto account = context.store().find<CardAccount>(
        {where<&CardAccount::tenant_id>(context.tenant_id), where<&CardAccount::account_id>(account_id)});
    if (!account) return std::unexpected(std::move(account.error()));
    if (!*account) return fail(ErrorCode::account_not_found);
    return std::move(**account);
}

}  // namespace

Result<AccountView> get_account(const Context& context, AccountId account_id) {
    auto account = find_account(context, account_id);
    if (!account) return std::unexpected(std::move(account.error()));
    const auto cards = context.store().list<Card>({{where<&Card::account_id>(account_id)}, {}, 0, cards_max});
    if (!cards) return std::unexpected(cards.error());
    AccountView view{std::move(*account), {}};
    for (const Card& card : *cards) view.token_ids.push_back(card.token_id);
    return view;
}

Result<AccountView> get_account_of_card(const Context& context, TokenId token_id) {
    const auto card = cards::get_card(context, token_id);
    if (!card) return std::unexpected(card.error());
    return get_account(context, card->account_id);
}

Result<EntryPage> list_entries(const Context& context, AccountId account_id, const ports::PageWish& wish) {
    auto account = find_account(context, account_id);
    if (!account) return std::unexpected(std::move(account.error()));
    auto page = ports::page_of<LedgerEntry>(context.store(), {where<&LedgerEntry::account_id>(account_id)}, wish,
                                            {member_name<&LedgerEntry::entry_no>, /*descending=*/true});
    if (!page) return std::unexpected(std::move(page.error()));
    return EntryPage{std::move(*account), std::move(*page)};
}

}  // namespace takas::app::accounts
