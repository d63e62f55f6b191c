// The archive on SQLite: rows are erased in small units, between which others are committed.
#include "app/archive/archive_world_test.hpp"
#include "app/archive/event_retention.hpp"
#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

using app::archive::begin_of;
using core::authorization::CardTransaction;
using core::authorization::TransactionEvent;
using core::authorization::TransactionKey;
using core::event::DomainEvent;
using core::ledger::LedgerEntry;

struct SqliteArchive : testing::Test {
    TestFolder folder;
    std::unique_ptr<SqliteStore> store = open_store(folder, {});
    app::archive::Year year{6};

    SqliteArchive() { app::archive::copy_life(year.store, *store); }
    app::archive::Archived archive(Instant before) {
        const auto done = app::archive::archive_before(*store, year.files, year.clock, before);
        EXPECT_TRUE(done) << (done ? "" : done.error().internal_detail);
        return done.value_or(app::archive::Archived{});
    }
    void expect_sound() {
        const auto report = app::verify::verify(*store, {}, {}, &year.files);
        ASSERT_TRUE(report);
        EXPECT_TRUE(report->sound()) << to_text(*report);
    }
};

TEST_F(SqliteArchive, whole_months_leave_and_the_books_stay_sound) {
    EXPECT_EQ(archive(begin_of({2031, 4})).months, 3);
    EXPECT_EQ(store->count_of<CardTransaction>({}), year.count(CardTransaction{}) / 2);
    EXPECT_EQ(store->count_of<TransactionEvent>({}), year.count(TransactionEvent{}) / 2);
    EXPECT_EQ(store->count_of<LedgerEntry>({}), year.count(LedgerEntry{}) / 2);
    EXPECT_EQ(store->count_of<DomainEvent>({}), year.count(DomainEvent{}) / 2);
    EXPECT_EQ(store->count_of<TransactionKey>({}), year.count(TransactionKey{})) << "loads are known for ever";
    expect_sound();
    EXPECT_EQ(archive(begin_of({2031, 7})).months, 3);
    EXPECT_EQ(store->count_of<LedgerEntry>({}), 0);
    expect_sound();
}

TEST_F(SqliteArchive, is_the_same_as_that_of_any_other_store) {
    archive(begin_of({2031, 4}));
    app::archive::MemoryArchive other;
    ASSERT_TRUE(app::archive::archive_before(year.store, other, year.clock, begin_of({2031, 4})));
    EXPECT_EQ(other.published, year.files.published);
}

TEST_F(SqliteArchive, events_leave_alone) {
    ASSERT_TRUE(app::archive::forget_events_before(*store, begin_of({2031, 4})));
    EXPECT_EQ(store->count_of<DomainEvent>({}), year.count(DomainEvent{}) / 2);
    expect_sound();
}

}  // namespace
}  // namespace takas::store::sqlite
