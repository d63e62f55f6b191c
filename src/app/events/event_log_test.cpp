#include "app/events/event_log.hpp"

#include <gtest/gtest.h>

#include "app/archive/state.hpp"
#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::events {
namespace {

using core::event::DomainEvent;
using core::event::EventKind;

const Instant start = parse_instant("2031-03-01T10:00:00Z").value();

struct EventLogTest : testing::Test {
    store::memory::MemoryStore store;

    void happen(std::int64_t stream, Instant at = start, TenantId owner = {7}, EventKind kind = EventKind::pin_set,
                std::int64_t sequence_no = 0) {
        DomainEvent event;
        event.sequence_no = sequence_no;
        event.tenant_id = owner;
        event.kind = kind;
        event.stream_id = stream;
        event.occurred_at = at;
        ports::Unit unit;
        unit.insert(std::move(event));
        ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    }

    /// Every event that pages of `limit` give, by number.
    std::vector<std::int64_t> read_all(const LogFilter& filter, std::int64_t limit) {
        std::vector<std::int64_t> numbers;
        std::int64_t cursor = 0;
        for (bool more = true; more;) {
            const auto page = read_log(store, filter, cursor, limit).value();
            EXPECT_LE(page.events.size(), static_cast<std::size_t>(limit));
            for (const DomainEvent& event : page.events) numbers.push_back(event.sequence_no);
            EXPECT_TRUE(!page.has_more || page.cursor > cursor);
            cursor = page.cursor;
            more = page.has_more;
        }
        return numbers;
    }
};

TEST_F(EventLogTest, PagesHaveNoGapAndNothingTwice) {
    std::vector<std::int64_t> mine, of_card;
    for (std::int64_t i = 1; i <= 1'700; ++i) {
        const bool is_mine = i % 3 != 0;
        happen(i % 5, start, TenantId{is_mine ? 7 : 8});
        if (is_mine) mine.push_back(i);
        if (is_mine && i % 5 == 2) of_card.push_back(i);
    }
    for (const std::int64_t limit : {1, 7, 500, 1'000}) {
        EXPECT_EQ(read_all({{7}, {}, {}}, limit), mine) << limit;
        EXPECT_EQ(read_all({{7}, 2, {}}, limit), of_card) << limit;
    }
    EXPECT_TRUE(read_all({{9}, {}, {}}, 10).empty());
}

TEST_F(EventLogTest, TheCursorRisesOverWhatIsNotWanted) {
    for (int i = 0; i < 6'000; ++i) happen(1, start, TenantId{8});
    happen(1);
    const auto first = read_log(store, {{7}, {}, {}}, 0, 10).value();
    EXPECT_TRUE(first.events.empty());
    EXPECT_TRUE(first.has_more);
    EXPECT_EQ(first.cursor, 5'000);
    const auto second = read_log(store, {{7}, {}, {}}, first.cursor, 10).value();
    EXPECT_EQ(second.events.size(), 1U);
    EXPECT_FALSE(second.has_more);
}

TEST_F(EventLogTest, OnlyTheWantedKinds) {
    happen(1, start, {7}, EventKind::card_created);
    happen(1, start, {7}, EventKind::pin_set);
    happen(1, start, {7}, EventKind::pin_blocked);
    EXPECT_EQ(read_all({{7}, {}, {EventKind::pin_blocked, EventKind::card_created}}, 10),
              (std::vector<std::int64_t>{1, 3}));
}

TEST_F(EventLogTest, ACursorBehindTheRetentionIsRefused) {
    happen(1, start, {7}, EventKind::pin_set, 100);
    EXPECT_TRUE(check_cursor(store, 0));
    EXPECT_TRUE(check_cursor(store, 50)) << "nothing was ever removed";
    ASSERT_TRUE(archive::ensure_state(store));
    const auto state = archive::read_state(store).value();
    auto later = state;
    later.events_before = start;
    ASSERT_TRUE(archive::change_state(store, state, later));
    EXPECT_EQ(check_cursor(store, 50).error().code, ErrorCode::event_cursor_refused);
    EXPECT_TRUE(check_cursor(store, 100));
    EXPECT_TRUE(check_cursor(store, 0));
    EXPECT_TRUE(check_cursor(store, 4'000)) << "another server may see more of the log";
    EXPECT_EQ(check_cursor(store, 999'999'999).error().code, ErrorCode::event_cursor_refused) << "mistyped";
    EXPECT_EQ(check_cursor(store, 9'000'000'000'000).error().code, ErrorCode::event_cursor_refused);
}

TEST_F(EventLogTest, TheFirstOfATimeIsFoundByHalving) {
    EXPECT_EQ(last_before(store, start, 0), 0);
    for (std::int64_t i = 1; i <= 200; ++i)
        happen(1, start.plus_seconds(i * 100), {7}, EventKind::pin_set, i * 4'096 + i % 7);
    const std::int64_t newest = 200 * 4'096 + 200 % 7;
    const auto number_of = [](std::int64_t i) { return i * 4'096 + i % 7; };
    EXPECT_EQ(last_before(store, start, newest), 0);
    EXPECT_EQ(last_before(store, start.plus_seconds(5'000), newest), number_of(49));
    EXPECT_EQ(last_before(store, start.plus_seconds(20'061), newest), newest);
    EXPECT_EQ(last_before(store, start.plus_seconds(20'060), newest), number_of(199));
}

}  // namespace
}  // namespace takas::app::events
