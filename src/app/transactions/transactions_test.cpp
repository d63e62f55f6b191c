#include "app/transactions/transactions.hpp"

#include "app/transactions/amounts.hpp"
#include "app/transactions/card_world_test.hpp"

namespace takas::app::transactions {
namespace {

using namespace core::authorization;

constexpr std::int64_t day_s = 86'400;

struct TransactionsTest : ::testing::Test, CardWorld {
    TransactionId bought, declined, in_yen;

    TransactionsTest() {
        using Rate = core::identity::ExchangeRate;
        ports::Unit unit;
        unit.insert(Rate{tenant, {392}, lira, {25, 2}, clock.time.plus_seconds(-1), "test", {}, {}, {}});
        catalog::Catalog::mark_changed(unit, ids);
        commit(std::move(unit));
        EXPECT_TRUE(catalog.refresh());
        fund(100'000, "L1");
        auto r = request(4'000);
        r.stan = "000101", r.rrn = "103110000101";
        bought = authorize(r).transaction.transaction_id;
        declined = purchase(200'000).transaction.transaction_id;
        r = request(2'000);
        r.transaction_currency = {392}, r.transaction_digits = 0, r.acceptor.mcc = 6011;
        in_yen = authorize(r).transaction.transaction_id;
    }

    Filter all() const {
        Filter f;
        f.from = clock.time.plus_seconds(-day_s);
        f.until = clock.time.plus_seconds(day_s);
        return f;
    }
    std::vector<TransactionId> listed(const Filter& f) {
        const auto page = list(context(), f, {.limit = 100});
        EXPECT_TRUE(page);
        std::vector<TransactionId> ids;
        if (!page) return ids;
        for (const auto& t : page->rows) ids.push_back(t.transaction_id);
        EXPECT_EQ(page->total_count, static_cast<std::int64_t>(ids.size()));
        return ids;
    }
    using Ids = std::vector<TransactionId>;
};

TEST_F(TransactionsTest, lists_newest_first_and_no_loads) { EXPECT_EQ(listed(all()), (Ids{in_yen, declined, bought})); }

TEST_F(TransactionsTest, every_filter_narrows) {
    const auto with = [&](auto set) {
        Filter f = all();
        set(f);
        return listed(f);
    };
    EXPECT_EQ(with([&](Filter& f) { f.transaction_id = bought; }), Ids{bought});
    EXPECT_EQ(with([](Filter& f) { f.result = TransactionResult::declined; }), Ids{declined});
    EXPECT_EQ(with([](Filter& f) { f.response_code = ResponseCode::insufficient_funds; }), Ids{declined});
    EXPECT_EQ(with([](Filter& f) { f.mcc = 6011; }), Ids{in_yen});
    EXPECT_EQ(with([](Filter& f) { f.stan = "000101"; }), Ids{bought});
    EXPECT_EQ(with([](Filter& f) { f.rrn = "103110000101"; }), Ids{bought});
    EXPECT_EQ(with([&](Filter& f) { f.auth_no = transaction(bought).auth_no; }), Ids{bought});
    EXPECT_EQ(with([](Filter& f) { f.token_id = token; }).size(), 3U);
    EXPECT_EQ(with([](Filter& f) { f.token_id = TokenId{1}; }).size(), 0U);
    EXPECT_EQ(with([](Filter& f) { f.customer_no = "M-1"; }).size(), 3U);
    EXPECT_EQ(with([](Filter& f) { f.customer_no = "M-2"; }).size(), 0U);
    EXPECT_EQ(with([](Filter& f) { f.code = TransactionCode::refund; }).size(), 0U);
    EXPECT_EQ(with([](Filter& f) { f.code = TransactionCode::load; }).size(), 0U);
    EXPECT_EQ(with([](Filter& f) { f.state = TransactionState::expired; }).size(), 0U);
    EXPECT_EQ(with([](Filter& f) { f.category = TransactionCategory::financial; }).size(), 3U);
    EXPECT_EQ(with([](Filter& f) { f.settle_match_status = SettleMatchStatus::matched; }).size(), 0U);
}

TEST_F(TransactionsTest, amounts_are_major_units_of_the_transaction_currency) {
    Filter f = all();
    f.amount_min = {40, 0}, f.amount_max = {4'000, 2};
    EXPECT_EQ(listed(f), Ids{bought});
    f.currency = core::money::Currency{392};
    EXPECT_EQ(listed(f), Ids{});
    f.amount_min = f.amount_max = Decimal{2'000, 0};
    EXPECT_EQ(listed(f), Ids{in_yen});
    f.amount_max = Decimal{55, 1};
    EXPECT_EQ(list(context(), f, {.limit = 10}).error().fields.front().path, "maxAmount");
}

TEST_F(TransactionsTest, the_time_range_is_half_open_and_at_most_31_days) {
    Filter f = all();
    f.until = clock.time;
    EXPECT_EQ(listed(f), Ids{});
    f.from = clock.time, f.until = clock.time.plus_us(1);
    EXPECT_EQ(listed(f).size(), 3U);
    f.until = f.from.plus_seconds(list_range_max_s);
    EXPECT_EQ(listed(f).size(), 3U);
    f.until = f.until.plus_us(1);
    EXPECT_EQ(list(context(), f, {.limit = 10}).error().code, ErrorCode::validation);
    f.until = f.from;
    EXPECT_EQ(list(context(), f, {.limit = 10}).error().code, ErrorCode::validation);
}

TEST_F(TransactionsTest, pages_in_the_order_asked_for) {
    const auto page = list(context(), all(), {.order = {{"transaction_amount_minor", true}}, .skip = 1, .limit = 1});
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total_count, 3);
    ASSERT_EQ(page->rows.size(), 1U);
    EXPECT_EQ(page->rows.front().transaction_id, bought);
}

TEST_F(TransactionsTest, nothing_is_visible_to_another_tenant) {
    auto other = context();
    other.tenant_id = TenantId{3};
    EXPECT_EQ(list(other, all(), {.limit = 10})->total_count, 0);
    EXPECT_EQ(get(other, bought).error().code, ErrorCode::transaction_not_found);
    EXPECT_TRUE(get(context(), bought));
    EXPECT_EQ(get(context(), fund(100, "L2")).error().code, ErrorCode::transaction_not_found);
    EXPECT_EQ(get_by_trace(other, "103110000101", "000101", "T1").error().code, ErrorCode::transaction_not_found);
}

TEST_F(TransactionsTest, trace_numbers_find_what_is_at_most_three_days_old) {
    EXPECT_EQ(get_by_trace(context(), "103110000101", "000101", "T1")->transaction_id, bought);
    EXPECT_FALSE(get_by_trace(context(), "103110000101", "000101", "T2"));
    clock.time = clock.time.plus_seconds(3 * day_s + 1);
    EXPECT_FALSE(get_by_trace(context(), "103110000101", "000101", "T1"));
}

TEST_F(TransactionsTest, the_story_has_events_and_bookings) {
    reverse(bought, ReversalType::partial_reversal, 1'000);
    const auto story = story_of(context(), transaction(bought));
    ASSERT_TRUE(story);
    EXPECT_EQ(story->events.size(), 1U);
    ASSERT_EQ(story->entries.size(), 2U);
    EXPECT_EQ(story->entries.back().amount_minor, -1'000);
}

TEST(Amounts, are_never_rounded) {
    FieldErrors errors;
    EXPECT_EQ(read_amount({1'499, 2}, 2, "amount", errors), 1'499);
    EXPECT_EQ(read_amount({14'990, 3}, 2, "amount", errors), 1'499);
    EXPECT_EQ(read_amount({5, 0}, 3, "amount", errors), 5'000);
    EXPECT_TRUE(errors.empty());
    EXPECT_FALSE(read_amount({14'991, 3}, 2, "amount", errors));
    EXPECT_FALSE(read_amount({-1, 2}, 2, "amount", errors));
    EXPECT_FALSE(read_amount({999'999'999'999, 0}, 2, "amount", errors));
    EXPECT_FALSE(read_currency({1}, "currency", errors));
    EXPECT_FALSE(read_currency({999}, "currency", errors));
    EXPECT_EQ(errors.list().size(), 5U);
    EXPECT_EQ(errors.list().front().path, "amount");
}

}  // namespace
}  // namespace takas::app::transactions
