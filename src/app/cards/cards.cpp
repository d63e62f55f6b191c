#include "app/cards/cards.hpp"

#include "app/authorize/authorizer.hpp"
#include "app/catalog/catalog.hpp"
#include "app/events/payloads.hpp"
#include "app/lane/lanes.hpp"
#include "core/card/status_table.hpp"

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
    if (q.is_noname) all.push_back(where<&Card::is_noname>(*q.is_noname));
    if (q.created_from) all.push_back(where<&Card::creation_time>(Compare::greater_or_equal, *q.created_from));
    if (q.created_to) all.push_back(where<&Card::creation_time>(Compare::less, *q.created_to));
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

/// A chip that may no longer pay is blocked with its next online answer, one that may again is unblocked.
Result<void> tell_chip(lane::Work& work, const Card& card, Instant now) {
    using core::card::CardStatus, core::card::ScriptKind;
    const bool has_chip =
        card.product_type == core::product::ProductType::emv || card.product_type == core::product::ProductType::hce;
    if (!has_chip) return {};
    auto security = work.security(card.token_id);
    if (!security) return std::unexpected(std::move(security.error()));
    const bool may_pay = card.status == CardStatus::active || card.status == CardStatus::pending_activation;
    // A card that was never used online has nothing to be unblocked.
    if (may_pay && security->script_no == 0) return {};
    core::card::queue_script(*security, may_pay ? ScriptKind::application_unblock : ScriptKind::application_block, now);
    work.update(std::move(*security));
    return {};
}

}  // namespace

Result<Card> get_card(const Context& context, TokenId token_id) {
    auto card =
        context.store().find<Card>({where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(token_id)});
    if (!card) return std::unexpected(std::move(card.error()));
    if (!*card) return fail(ErrorCode::card_not_found);
    return std::move(**card);
}

Result<CardPage> list_cards(const Context& context, const CardQuery& q) {
    auto conditions = conditions_of(context, q);
    if (!conditions) return std::unexpected(std::move(conditions.error()));
    if (!*conditions) return CardPage{};
    ports::Query query{std::move(**conditions), q.order, q.skip, q.limit};
    if (query.order.empty()) query.order.push_back({member_name<&Card::token_id>, /*descending=*/true});
    const auto total = context.store().count_of<Card>(query.conditions);
    if (!total) return std::unexpected(total.error());
    auto cards = context.store().list<Card>(query);
    if (!cards) return std::unexpected(std::move(cards.error()));
    return CardPage{*total, std::move(*cards)};
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

Result<ChangedStatus> change_status(Context& context, const WantedStatus& wanted) {
    const auto known = get_card(context, wanted.token_id);
    if (!known) return std::unexpected(known.error());
    Result<ChangedStatus> answer = fail(ErrorCode::unavailable);
    const auto outcome = context.services.lanes.run(known->account_id, context.tenant_id, [&](lane::Work& work) {
        auto card = work.card(wanted.token_id);
        if (!card) {
            answer = std::unexpected(std::move(card.error()));
        } else if (!*card || (*card)->tenant_id != context.tenant_id) {
            answer = fail(ErrorCode::card_not_found);
        } else if (auto changed = core::card::change_status(
                       **card, {wanted.status, wanted.reason, wanted.description, context.user_id, context.now})) {
            if (auto told = tell_chip(work, *changed, context.now); !told) {
                answer = std::unexpected(std::move(told.error()));
                return;
            }
            answer = ChangedStatus{**card, *changed};
            work.insert(events::card_status_changed(**card, *changed));
            work.update(std::move(*changed));
        } else {
            answer = std::unexpected(std::move(changed.error()));
        }
    });
    if (outcome != ports::CommitOutcome::committed) return std::unexpected(authorize::commit_error(outcome));
    return answer;
}

}  // namespace takas::app::cards
