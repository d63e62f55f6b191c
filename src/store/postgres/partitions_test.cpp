#include "store/postgres/partitions.hpp"

#include <thread>

#include "app/archive/archive_world_test.hpp"
#include "app/ports/tables.hpp"
#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using app::archive::begin_of;
using app::archive::Month;
using app::ports::Unit;
using core::authorization::CardTransaction;
using core::authorization::TransactionEvent;
using core::authorization::TransactionKey;
using core::event::DomainEvent;
using core::ledger::LedgerEntry;

struct PartitionsTest : testing::Test {
    TestDatabase database;
    PostgresOptions options = [] {
        PostgresOptions o;
        o.allow_weak_durability = true;
        return o;
    }();
    std::unique_ptr<PostgresStore> store = open_store(database, options);

    void SetUp() override { ASSERT_NE(store->time_slices(), nullptr); }

    Result<void> make(Month from, Month until) { return store->time_slices()->make(begin_of(from), begin_of(until)); }
    std::int64_t partitions() {
        return std::stoll(
            database.sql("SELECT count(*) FROM pg_inherits WHERE inhparent IN (SELECT oid FROM pg_class "
                         "WHERE relkind = 'p') AND inhrelid::regclass::text NOT LIKE '%default'"));
    }
    void copy_life(app::ports::Store& from) { app::archive::copy_life(from, *store); }
};

TEST_F(PartitionsTest, are_made_once_whoever_asks) {
    std::vector<std::thread> servers;
    for (int i = 0; i < 4; ++i) servers.emplace_back([&] { EXPECT_TRUE(make({2031, 11}, {2032, 3})); });
    for (auto& server : servers) server.join();
    EXPECT_EQ(partitions(), 5 * 4);
    EXPECT_TRUE(make({2031, 12}, {2032, 4}));
    EXPECT_EQ(partitions(), 5 * 5);
    EXPECT_EQ(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'card_transaction_2032_01'"), "1");
    EXPECT_TRUE(store->verify_schema(app::ports::all_tables())->empty());
}

TEST_F(PartitionsTest, a_month_whose_rows_came_first_keeps_them_outside) {
    app::archive::Year year(2);
    copy_life(year.store);
    EXPECT_TRUE(make({2031, 1}, {2031, 5}));
    EXPECT_EQ(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'ledger_entry_2031_01'"), "0");
    EXPECT_EQ(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'ledger_entry_2031_03'"), "1");
    EXPECT_TRUE(app::verify::verify(*store, {})->sound());
}

TEST_F(PartitionsTest, rows_go_where_their_time_says) {
    EXPECT_TRUE(make({2031, 1}, {2031, 7}));
    app::archive::Year year(6);
    copy_life(year.store);
    for (const std::string table : {"card_transaction", "transaction_event", "ledger_entry", "domain_event"})
        EXPECT_EQ(database.sql("SELECT count(*) FROM " + table + "_default"), "0") << table;
    EXPECT_NE(database.sql("SELECT count(*) FROM card_transaction_2031_02"), "0");
    // Loads have no hour.
    EXPECT_EQ(database.sql("SELECT count(*) FROM transaction_key_default"), "6");
}

void archive_in(PartitionsTest& test, bool has_partitions) {
    if (has_partitions) ASSERT_TRUE(test.make({2031, 1}, {2031, 7}));
    app::archive::Year year(6);
    test.copy_life(year.store);
    const auto entries = year.count(LedgerEntry{}), transactions = year.count(CardTransaction{});
    const auto done = app::archive::archive_before(*test.store, year.files, year.clock, begin_of({2031, 4}));
    ASSERT_TRUE(done) << done.error().internal_detail;
    EXPECT_EQ(done->months, 3) << done->obstacle;
    EXPECT_EQ(test.store->count_of<LedgerEntry>({}), entries / 2);
    EXPECT_EQ(test.store->count_of<CardTransaction>({}), transactions / 2);
    EXPECT_EQ(test.store->count_of<TransactionKey>({}).value_or(0), year.count(TransactionKey{}));
    const auto report = app::verify::verify(*test.store, {}, {}, &year.files);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->sound()) << to_text(*report);
    EXPECT_EQ(report->archives, 3);
    if (has_partitions) EXPECT_EQ(test.partitions(), 5 * 3);
}

TEST_F(PartitionsTest, an_archived_month_is_dropped) { archive_in(*this, true); }
TEST_F(PartitionsTest, an_archived_month_without_partitions_is_deleted) { archive_in(*this, false); }

TEST_F(PartitionsTest, entries_that_are_not_archived_are_never_dropped) {
    EXPECT_TRUE(make({2031, 1}, {2031, 7}));
    app::archive::Year year(6);
    copy_life(year.store);
    const auto refused = store->time_slices()->drop_transactions(begin_of({2031, 4}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::internal);
    EXPECT_EQ(store->count_of<LedgerEntry>({}), year.count(LedgerEntry{}));
    EXPECT_EQ(store->count_of<CardTransaction>({}), year.count(CardTransaction{}));
}

TEST_F(PartitionsTest, commits_go_on_while_a_partition_is_dropped_under_a_reader) {
    EXPECT_TRUE(make({2031, 1}, {2031, 7}));
    app::archive::Year year(6);
    copy_life(year.store);
    // A report that reads for three seconds: the drop has to wait, others must not wait with it.
    std::thread reader([&] { database.sql("BEGIN; SELECT count(*) FROM domain_event; SELECT pg_sleep(3); COMMIT;"); });
    std::atomic<bool> over = false;
    std::int64_t slowest_ms = 0;
    std::thread writer([&] {
        while (!over) {
            DomainEvent event;
            event.tenant_id = TenantId{2}, event.occurred_at = begin_of({2031, 6});
            Unit unit;
            unit.insert(event);
            const auto began = Clock::now();
            EXPECT_EQ(store->commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
            const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count();
            slowest_ms = std::max<std::int64_t>(slowest_ms, took);
        }
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_TRUE(store->time_slices()->drop_events(begin_of({2031, 4})));
    over = true;
    writer.join();
    reader.join();
    EXPECT_EQ(database.sql("SELECT count(*) FROM pg_class WHERE relname = 'domain_event_2031_03'"), "0");
    EXPECT_LT(slowest_ms, 2'000) << "not the whole three seconds";
}

}  // namespace
}  // namespace takas::store::postgres
