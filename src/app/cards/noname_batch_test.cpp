#include "app/cards/noname_batch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::cards {
namespace {

using core::card::CardBatchState;
using core::event::DomainEvent;

/// Stands still, and has the store refuse everything from the n-th look at it on: a server that died there.
struct CuttingClock final : ports::Clock {
    store::memory::MemoryStore& store;
    Instant time = *parse_instant("2031-03-01T10:00:00Z");
    mutable std::atomic<int> looks_left = -1;

    explicit CuttingClock(store::memory::MemoryStore& of) : store(of) {}
    Instant now() const override {
        if (looks_left >= 0 && --looks_left < 0) store.set_writable(false);
        return time;
    }
};

struct Noname {
    Noname() {
        const auto range = world.add_range(world.add_bin().id);
        auto gift = CardWorld::wanted_product("G", range.id);
        gift.is_noname_allowed = true;
        world.add_product(gift);
    }
    static NonameWish wish(std::int64_t count, bool all_or_nothing) {
        return {.card_product_code = "G", .count = count, .all_or_nothing = all_or_nothing};
    }
    Result<BatchView> create(const NonameWish& wanted, std::string_view key = {}) {
        Context context{.services = services,
                        .tenant_id = CardWorld::tenant,
                        .user_id = "00000000-0000-4000-8000-000000000001",
                        .now = clock.now(),
                        .correlation_id = "test",
                        .unit = {}};
        return create_noname(context, wanted, key);
    }
    void live_again() {
        clock.looks_left = -1;
        world.store.set_writable(true);
        clock.time = clock.time.plus_seconds(60);
    }
    /// Every card once, each with its number, account and event, and an item that says so.
    void expect_whole(std::int64_t count) {
        const auto size = static_cast<std::size_t>(count);
        const auto batch = world.all<CardBatch>().front();
        EXPECT_EQ(batch.state, CardBatchState::completed);
        EXPECT_EQ(batch.made_count, count);
        EXPECT_TRUE(batch.finished_at);
        std::set<TokenId> cards, items;
        for (const Card& card : world.all<Card>()) {
            cards.insert(card.token_id);
            EXPECT_TRUE(card.is_noname && card.customer_no.empty() && !card.customer_id);
        }
        for (const CardBatchItem& item : world.all<CardBatchItem>()) items.insert(item.token_id);
        EXPECT_EQ(cards.size(), size);
        EXPECT_EQ(cards, items);
        EXPECT_EQ(world.all<core::card::CardNumber>().size(), size);
        EXPECT_EQ(world.all<core::ledger::CardAccount>().size(), size);
        EXPECT_EQ(world.all<DomainEvent>().size(), size);
    }

    CardWorld world;
    CuttingClock clock{world.store};
    Services services{world.store,      clock,       world.random,   world.ids,      world.catalog,  world.vault,
                      world.secret_box, world.lanes, world.uncalled, world.uncalled, world.uncalled, world.uncalled};
};

class NonameBatchTest : public ::testing::Test, public Noname {};

TEST_F(NonameBatchTest, ACutOffBatchGoesOnBehindItsLastCard) {
    int cut_at_least_once = 0;
    for (int looks = 1; looks < 12; ++looks) {
        Noname other;
        other.clock.looks_left = looks;
        const auto cut = other.create(wish(170, false), "key");
        if (cut) continue;
        if (other.world.all<CardBatch>().empty()) continue;  // not even begun
        ++cut_at_least_once;
        const auto batch = other.world.all<CardBatch>().front();
        EXPECT_EQ(batch.state, CardBatchState::running);
        EXPECT_EQ(other.world.all<Card>().size(), static_cast<std::size_t>(batch.made_count));
        other.clock.looks_left = -1;
        other.world.store.set_writable(true);
        EXPECT_EQ(*finish_batches(other.services), 0) << "it is still held";
        EXPECT_EQ(code_of(other.create(wish(170, false), "key")), ErrorCode::request_in_progress);
        other.live_again();
        EXPECT_EQ(*finish_batches(other.services), 1);
        other.expect_whole(170);
        EXPECT_EQ(*finish_batches(other.services), 0);
        other.expect_whole(170);
    }
    EXPECT_GE(cut_at_least_once, 3);
}

TEST_F(NonameBatchTest, AllOrNothingLeavesNothingUntilItIsFinished) {
    clock.looks_left = 4;
    ASSERT_FALSE(create(wish(170, true), "key"));
    EXPECT_TRUE(world.all<Card>().empty());
    EXPECT_EQ(world.all<CardBatch>().front().state, CardBatchState::running);
    live_again();
    const auto twin = create(wish(170, true), "key");  // the caller comes before the job
    ASSERT_TRUE(twin) << twin.error().internal_detail;
    EXPECT_EQ(twin->items.size(), 170U);
    expect_whole(170);
    EXPECT_EQ(create(wish(170, true), "key")->batch.id, twin->batch.id);
    EXPECT_EQ(code_of(create(wish(171, true), "key")), ErrorCode::idempotency_conflict);
    expect_whole(170);
}

TEST_F(NonameBatchTest, SeveralServersFinishABatchOnce) {
    NonameWish wanted = wish(120, false);
    wanted.in_background = true;
    const auto begun = create(wanted);
    ASSERT_TRUE(begun);
    EXPECT_EQ(begun->batch.state, CardBatchState::running);
    std::atomic<std::int64_t> finished = 0;
    {
        std::vector<std::jthread> servers;
        for (int i = 0; i < 4; ++i) servers.emplace_back([&] { finished += finish_batches(services).value_or(0); });
    }
    EXPECT_EQ(finished, 1);
    expect_whole(120);
}

TEST_F(NonameBatchTest, TwinsAtOnceMakeOneBatch) {
    std::atomic<int> made = 0;
    std::set<EntityId> ids;
    std::mutex mutex;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 8; ++i)
            callers.emplace_back([&] {
                const auto view = create(wish(20, true), "key");
                if (!view) {
                    EXPECT_EQ(view.error().code, ErrorCode::request_in_progress);
                    return;
                }
                ++made;
                const std::lock_guard lock(mutex);
                ids.insert(view->batch.id);
            });
    }
    EXPECT_GE(made, 1);
    EXPECT_EQ(ids.size(), 1U);
    expect_whole(20);
}

TEST_F(NonameBatchTest, AKeyIsForgottenAfterADay) {
    const auto first = create(wish(2, true), "key");
    ASSERT_TRUE(first);
    clock.time = clock.time.plus_seconds(24 * 3600 + 1);
    const auto second = create(wish(3, true), "key");
    ASSERT_TRUE(second);
    EXPECT_NE(second->batch.id, first->batch.id);
    EXPECT_EQ(world.all<Card>().size(), 5U);
}

TEST_F(NonameBatchTest, ATooSmallRangeFailsWholeOrInPart) {
    const auto range = world.add_range(world.add_bin("97921235").id, "0000000", "0000059");
    auto small = CardWorld::wanted_product("S", range.id);
    small.is_noname_allowed = true;
    world.add_product(small);
    NonameWish wanted = wish(70, true);
    wanted.card_product_code = "S";
    const auto nothing = create(wanted, "key");
    EXPECT_EQ(code_of(nothing), ErrorCode::bin_range_exhausted);
    EXPECT_TRUE(world.all<Card>().empty());
    EXPECT_EQ(code_of(create(wanted, "key")), ErrorCode::bin_range_exhausted);  // as the first time
    EXPECT_EQ(world.all<CardBatch>().size(), 1U);
    wanted.all_or_nothing = false;
    const auto part = create(wanted);
    ASSERT_TRUE(part);
    EXPECT_EQ(part->batch.made_count, 60);
    EXPECT_EQ(part->batch.failed_count, 10);
    EXPECT_EQ(part->items.size(), 70U);
    EXPECT_EQ(part->items.back().error_code, "CARD:00006");
    EXPECT_EQ(world.all<Card>().size(), 60U);
}

TEST_F(NonameBatchTest, OtherInstitutionsSeeNothingOfIt) {
    const auto view = create(wish(1, true));
    ASSERT_TRUE(view);
    EXPECT_EQ(code_of(get_batch(world.context(CardWorld::other_tenant), view->batch.id)),
              ErrorCode::card_batch_not_found);
    EXPECT_EQ(list_batches(world.context(CardWorld::other_tenant), {}, {})->total_count, 0);
    EXPECT_EQ(list_batches(world.context(), CardBatchState::completed, {})->total_count, 1);
}

}  // namespace
}  // namespace takas::app::cards
