#include "app/cards/cards.hpp"

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/ids/time_bounds.hpp"

namespace takas::app::cards {
namespace {

namespace authorization = core::authorization;
using authorization::CardTransaction;
using ports::Compare;
using ports::Condition;
using ports::where;

/// The newest transactions that statistics look at: some milliseconds of reading. Exact sums without reading come with
/// velocity counters.
constexpr std::int64_t statistics_transactions_max = 2'000;

Date institution_date(const Context& context, Instant at) {
    return context.services.catalog.local_date(context.tenant_id, at);
}

/// Nothing when no customer has the number: no card can match.
Result<std::optional<std::vector<Condition>>> conditions_of(const Context& context, const CardQuery& q) {
    std::vector<Condition> all{where<&Card::tenant_id>(context.tenant_id)};
    if (q.customer_no) {
        using core::customer::Customer;
        const auto customer = context.store().find<Customer>(
            {where<&Customer::tenant_id>(context.tenant_id), where<&Customer::customer_no>(*q.customer_no)});
        if (!customer) return std::unexpected(customer.error());
        if (!*customer) return std::nullopt;
        all.push_back(where<&Card::customer_id>((*customer)->id));
    }
    if (q.token_id) all.push_back(where<&Card::token_id>(*q.token_id));
    if (q.card_product_code) all.push_back(where<&Card::card_product_code>(*q.card_product_code));
    if (q.masked_card_no) all.push_back(where<&Card::masked_card_no>(*q.masked_card_no));
    if (q.status) all.push_back(where<&Card::status>(*q.status));
    if (q.barcode) all.push_back(where<&Card::barcode>(*q.barcode));
    if (q.is_noname) all.push_back(where<&Card::is_noname>(*q.is_noname));
    ids::bound_by_time<&Card::token_id, &Card::creation_time>(all, q.created_from, q.created_to);
    return all;
}

bool is_spending(const CardTransaction& t) {
    using enum authorization::TransactionCode;
    const bool is_credit = t.code == refund || t.code == deposit || t.code == original_credit ||
                           t.code == payment_transaction || t.code == load;
    return t.result == authorization::TransactionResult::approved &&
           t.category == authorization::TransactionCategory::financial && !is_credit;
}

/// Counts one transaction, newest first, in every period it lies in.
void add(CardStatistics& sums, const CardTransaction& t, Date day, Date today) {
    if (!sums.last_transaction_time) sums.last_transaction_time = t.transaction_time;
    if (!is_spending(t)) return;
    const CivilDate then = civil(day), now = civil(today);
    const auto count = [&](std::optional<Spending>& period) { ++period->count, period->minor += t.remaining_minor; };
    count(sums.total);
    if (then.year == now.year && then.month == now.month) count(sums.monthly);
    if (day == today) count(sums.daily);
}

/// The reading stopped at a transaction of `oldest`: what began before it is not known whole.
void forget_unfinished(CardStatistics& sums, Date oldest, Date today) {
    const CivilDate then = civil(oldest), now = civil(today);
    sums.total.reset();
    if (then.year == now.year && then.month == now.month) sums.monthly.reset();
    if (oldest == today) sums.daily.reset();
}

}  // namespace

Result<std::int64_t> version_of(const Context& context, TokenId token_id) {
    using core::audit::AuditHead;
    const auto head = context.store().find<AuditHead>({where<&AuditHead::tenant_id>(context.tenant_id),
                                                       where<&AuditHead::subject>(core::audit::Subject::card),
                                                       where<&AuditHead::subject_key>(std::to_string(token_id.value))});
    if (!head) return std::unexpected(head.error());
    return *head ? (*head)->version : 0;
}

Result<Card> get_card(const Context& context, TokenId token_id) {
    auto card =
        context.store().find<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(token_id)});
    if (!card) return std::unexpected(std::move(card.error()));
    if (!*card) return fail(ErrorCode::card_not_found);
    return std::move(**card);
}

Result<ports::PageOf<Card>> list_cards(const Context& context, const CardQuery& q) {
    auto conditions = conditions_of(context, q);
    if (!conditions) return std::unexpected(std::move(conditions.error()));
    if (!*conditions) return ports::PageOf<Card>{};
    // Cards that are equal in a sort column follow by their token, as in the indexes.
    ports::PageWish page = q.page;
    constexpr std::string_view token = member_name<&Card::token_id>;
    if (!page.order.empty() && std::ranges::find(page.order, token, &ports::Order::column) == page.order.end())
        page.order.push_back({token, page.order.back().descending});
    return ports::page_of<Card>(context.store(), std::move(**conditions), page,
                                {member_name<&Card::token_id>, /*descending=*/true});
}

Result<CardStatistics> statistics_of(const Context& context, const Card& card) {
    CardStatistics sums{Spending{}, Spending{}, Spending{}, {}, {}};
    using core::ledger::CardAccount;
    const auto account = context.store().find<CardAccount>({where<&CardAccount::account_id>(card.account_id)});
    if (!account) return std::unexpected(account.error());
    if (*account) sums.currency = (*account)->currency;
    CardTransaction transaction;
    const Date today = institution_date(context, context.now);
    const ports::Query query{
        {where<&CardTransaction::account_id>(card.account_id), where<&CardTransaction::token_id>(card.token_id)},
        {{member_name<&CardTransaction::transaction_id>, /*descending=*/true}},
        0,
        statistics_transactions_max};
    std::int64_t seen = 0;
    Date oldest = today;
    auto done = context.store().scan(ports::table_of<CardTransaction>(), query,
                                     {[&]() -> void* { return &(transaction = {}); },
                                      [&] {
                                          ++seen;
                                          oldest = institution_date(context, transaction.transaction_time);
                                          add(sums, transaction, oldest, today);
                                          return true;
                                      }});
    if (!done) return std::unexpected(std::move(done.error()));
    if (seen == statistics_transactions_max) forget_unfinished(sums, oldest, today);
    return sums;
}

}  // namespace takas::app::cards
