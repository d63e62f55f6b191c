#include "app/transactions/transactions.hpp"

#include "app/ids/time_bounds.hpp"
#include "app/ports/tables.hpp"
#include "app/transactions/amounts.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::app::transactions {
namespace {

using core::authorization::TransactionCode;
using core::authorization::TransactionResult;
using core::card::Card;
using core::customer::Customer;
using core::ledger::CardAccount;
using core::ledger::LedgerEntry;
using ports::Compare;
using ports::Condition;
using ports::where;
using Event = core::authorization::TransactionEvent;
using T = CardTransaction;

constexpr std::uint8_t usual_digits = 2;

bool is_funding(const T& t) {
    return t.result == TransactionResult::approved &&
           (t.code == TransactionCode::load || t.code == TransactionCode::unload);
}

template <auto Member, class V>
void add_equal(std::vector<Condition>& conditions, const std::optional<V>& value) {
    if (value) conditions.push_back(where<Member>(*value));
}
template <auto Member>
void add_equal(std::vector<Condition>& conditions, const std::string& value) {
    if (!value.empty()) conditions.push_back(where<Member>(value));
}

Result<void> check_times(const Filter& f) {
    FieldErrors errors;
    if (f.until <= f.from)
        errors.add("endDate", "It must not be before startDate.", "startDate tarihinden önce olamaz.");
    else if (f.until.value - f.from.value > list_range_max_s * 1'000'000)
        errors.add("endDate", "At most 31 days can be listed at once.", "Bir seferde en fazla 31 gün listelenebilir.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

Result<void> add_amounts(const Filter& f, std::vector<Condition>& conditions) {
    FieldErrors errors;
    std::uint8_t digits = usual_digits;
    if (f.currency) {
        digits = read_currency(*f.currency, "transactionCurrency", errors).value_or(usual_digits);
        conditions.push_back(where<&T::transaction_currency>(*f.currency));
    }
    const auto bound = [&](const std::optional<Decimal>& amount, std::string_view path, Compare compare) {
        if (!amount) return;
        if (const auto minor = read_amount(*amount, digits, path, errors))
            conditions.push_back(where<&T::transaction_amount_minor>(compare, *minor));
    };
    bound(f.amount_min, "minAmount", Compare::greater_or_equal);
    bound(f.amount_max, "maxAmount", Compare::less_or_equal);
    if (!errors.empty()) return std::move(errors).as_error();
    if (f.currency || (!f.amount_min && !f.amount_max)) return {};
    for (const auto& c : protocol::reference::currencies())
        if (c.minor_units.value_or(usual_digits) != usual_digits)
            conditions.push_back(where<&T::transaction_currency>(Compare::not_equal, core::money::Currency{c.numeric}));
    return {};
}

/// One account to look in makes a list cheap: its index is ordered by transaction.
Result<std::optional<AccountId>> only_account(const Context& context, const Filter& f) {
    if (f.token_id) {
        auto card = context.store().find<Card>(
            {where<&Card::tenant_id>(context.tenant_id), where<&Card::token_id>(*f.token_id)});
        if (!card) return std::unexpected(std::move(card.error()));
        if (*card) return (*card)->account_id;
    }
    if (f.customer_no.empty()) return std::nullopt;
    auto customer = context.store().find<Customer>(
        {where<&Customer::tenant_id>(context.tenant_id), where<&Customer::customer_no>(f.customer_no)});
    if (!customer) return std::unexpected(std::move(customer.error()));
    if (!*customer) return std::nullopt;
    auto accounts = context.store().list<CardAccount>(
        {{where<&CardAccount::tenant_id>(context.tenant_id), where<&CardAccount::customer_id>((*customer)->id)},
         {},
         0,
         2});
    if (!accounts) return std::unexpected(std::move(accounts.error()));
    if (accounts->size() != 1) return std::nullopt;
    return accounts->front().account_id;
}

Result<std::vector<Condition>> conditions_of(const Context& context, const Filter& f) {
    if (auto times = check_times(f); !times) return std::unexpected(std::move(times.error()));
    std::vector<Condition> c{where<&T::tenant_id>(context.tenant_id),
                             where<&T::code>(Compare::not_equal, TransactionCode::load),
                             where<&T::code>(Compare::not_equal, TransactionCode::unload)};
    ids::bound_by_time<&T::transaction_id, &T::transaction_time>(c, f.from, f.until);
    auto account = only_account(context, f);
    if (!account) return std::unexpected(std::move(account.error()));
    add_equal<&T::account_id>(c, *account);
    add_equal<&T::token_id>(c, f.token_id);
    add_equal<&T::customer_no>(c, f.customer_no);
    add_equal<&T::transaction_id>(c, f.transaction_id);
    add_equal<&T::result>(c, f.result);
    add_equal<&T::state>(c, f.state);
    add_equal<&T::category>(c, f.category);
    add_equal<&T::code>(c, f.code);
    add_equal<&T::response_code>(c, f.response_code);
    add_equal<&T::settle_match_status>(c, f.settle_match_status);
    add_equal<&T::mcc>(c, f.mcc);
    add_equal<&T::rrn>(c, f.rrn);
    add_equal<&T::auth_no>(c, f.auth_no);
    add_equal<&T::stan>(c, f.stan);
    if (auto amounts = add_amounts(f, c); !amounts) return std::unexpected(std::move(amounts.error()));
    return c;
}

}  // namespace

Result<T> get(const Context& context, TransactionId transaction_id) {
    auto found = context.store().find<T>({where<&T::transaction_id>(transaction_id)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || (*found)->tenant_id != context.tenant_id || is_funding(**found))
        return fail(ErrorCode::transaction_not_found);
    return std::move(**found);
}

Result<T> get_by_trace(const Context& context, std::string_view rrn, std::string_view stan,
                       std::string_view terminal_no) {
    const auto oldest = ids::first_id_at(context.now.plus_seconds(-trace_lookup_s));
    auto found = context.store().list<T>(
        {{where<&T::tenant_id>(context.tenant_id), where<&T::transaction_id>(Compare::greater_or_equal, oldest),
          where<&T::rrn>(rrn), where<&T::stan>(stan), where<&T::terminal_no>(terminal_no)},
         {{member_name<&T::transaction_id>, true}},
         0,
         1});
    if (!found) return std::unexpected(std::move(found.error()));
    if (found->empty()) return fail(ErrorCode::transaction_not_found);
    return std::move(found->front());
}

Result<Story> story_of(const Context& context, const T& t) {
    Story story;
    auto events = context.store().list<Event>(
        {{where<&Event::account_id>(t.account_id), where<&Event::transaction_id>(t.transaction_id)}, {}, 0, story_max});
    if (!events) return std::unexpected(std::move(events.error()));
    story.events = std::move(*events);
    // A declined transaction has no bookings: no need to look through the account's.
    if (t.result == core::authorization::TransactionResult::declined) return story;
    auto entries = context.store().list<LedgerEntry>(
        {{where<&LedgerEntry::account_id>(t.account_id), where<&LedgerEntry::transaction_id>(t.transaction_id)},
         {},
         0,
         story_max});
    if (!entries) return std::unexpected(std::move(entries.error()));
    story.entries = std::move(*entries);
    return story;
}

Result<ports::PageOf<T>> list(const Context& context, const Filter& filter, const ports::PageWish& page) {
    auto conditions = conditions_of(context, filter);
    if (!conditions) return std::unexpected(std::move(conditions.error()));
    return ports::page_of<T>(context.store(), std::move(*conditions), page, {member_name<&T::transaction_id>, true});
}

}  // namespace takas::app::transactions
