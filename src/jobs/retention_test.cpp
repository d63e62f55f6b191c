#include "jobs/retention.hpp"

#include "app/archive/archive_world_test.hpp"
#include "app/ports/time_slices.hpp"
#include "core/event/event.hpp"

namespace takas::jobs {
namespace {

using app::archive::begin_of;
using core::authorization::CardTransaction;
using core::event::DomainEvent;

struct RetentionTest : ::testing::Test, app::archive::Year {
    void run(RetentionOptions options) { Retention(store, &files, clock, options).run(); }
};

TEST_F(RetentionTest, keeps_everything_unless_told) {
    const auto transactions = count(CardTransaction{}), events = count(DomainEvent{});
    run({});
    EXPECT_EQ(count(CardTransaction{}), transactions);
    EXPECT_EQ(count(DomainEvent{}), events);
    EXPECT_TRUE(files.published.empty());
}

TEST_F(RetentionTest, archives_what_is_older_than_its_months) {
    const auto transactions = count(CardTransaction{});
    clock.time = begin_of({2031, 12}).plus_seconds(20 * day_s);
    run({.transaction_months = 8});  // April stays
    EXPECT_EQ(files.published.size(), 3U);
    EXPECT_EQ(count(CardTransaction{}), transactions / 2);
    run({.transaction_months = 8});
    expect_sound();
}

TEST_F(RetentionTest, forgets_events_after_their_days) {
    const auto events = count(DomainEvent{}), transactions = count(CardTransaction{});
    clock.time = begin_of({2031, 4}).plus_seconds(30 * day_s);
    run({.event_days = 30});
    EXPECT_EQ(count(DomainEvent{}), events / 2);
    EXPECT_EQ(count(CardTransaction{}), transactions);
    EXPECT_TRUE(app::verify::verify(store, {})->sound());
}

TEST_F(RetentionTest, runs_once_a_day) {
    Retention retention(store, &files, clock, {.transaction_months = 8});
    clock.time = begin_of({2031, 12}).plus_seconds(-3600);
    retention.run_if_due();
    EXPECT_EQ(files.published.size(), 2U);
    clock.time = clock.time.plus_seconds(7200);  // another month may go, but today's run was
    retention.run_if_due();
    EXPECT_EQ(files.published.size(), 2U);
    clock.time = clock.time.plus_seconds(day_s);
    retention.run_if_due();
    EXPECT_EQ(files.published.size(), 3U);
}

TEST_F(RetentionTest, stops_when_the_server_ends) {
    Retention retention(store, &files, clock, {.transaction_months = 1});
    retention.end();
    retention.run();
    EXPECT_TRUE(files.published.empty());
    expect_sound();
}

/// Remembers what it was asked for.
struct Slices final : app::ports::TimeSlices {
    Instant from, until;
    Result<void> make(Instant f, Instant u) override {
        from = f, until = u;
        return {};
    }
    Result<void> drop_transactions(Instant) override { return {}; }
    Result<void> drop_events(Instant) override { return {}; }
};

struct SlicedStore final : app::ports::Store {
    Slices slices;
    void commit(app::ports::Unit, Done) override {}
    Result<void> scan(const app::ports::Table&, const app::ports::Query&, const Sink&) override { return {}; }
    Result<std::int64_t> count(const app::ports::Table&, std::span<const app::ports::Condition>,
                               std::int64_t) override {
        return 0;
    }
    bool writable() const override { return true; }
    app::ports::TimeSlices* time_slices() override { return &slices; }
};

TEST_F(RetentionTest, makes_room_for_three_months_more) {
    SlicedStore sliced;
    clock.time = begin_of({2031, 11}).plus_seconds(1);
    EXPECT_TRUE(Retention(sliced, nullptr, clock, {}).make_room());
    EXPECT_EQ(sliced.slices.from, begin_of({2031, 11}));
    EXPECT_EQ(sliced.slices.until, begin_of({2032, 3}));
}

}  // namespace
}  // namespace takas::jobs
