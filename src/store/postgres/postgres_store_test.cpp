#include "store/postgres/postgres_store.hpp"

#include "store/postgres/test_database.hpp"
#include "store/suite/store_suite.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;

/// The suite's store with its database.
class StoreInDatabase final : public Store {
  public:
    explicit StoreInDatabase(const PostgresOptions& options) : store_(open_store(database_, options)) {}
    void commit(Unit unit, Done done) override { store_->commit(std::move(unit), std::move(done)); }
    Result<void> scan(const app::ports::Table& table, const Query& query, const Sink& sink) override {
        return store_->scan(table, query, sink);
    }
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const Condition> conditions,
                               std::int64_t at_most) override {
        return store_->count(table, conditions, at_most);
    }
    bool writable() const override { return store_->writable(); }

  private:
    TestDatabase database_;
    std::unique_ptr<PostgresStore> store_;
};

std::unique_ptr<Store> grouped() { return std::make_unique<StoreInDatabase>(suite_options()); }

std::unique_ptr<Store> one_by_one() {
    auto options = suite_options();
    options.max_units_per_commit = 1;
    return std::make_unique<StoreInDatabase>(options);
}

std::unique_ptr<Store> one_connection() {
    auto options = suite_options();
    options.writer_connections = 1;
    return std::make_unique<StoreInDatabase>(options);
}

std::unique_ptr<Store> many_connections() {
    auto options = suite_options();
    options.writer_connections = 8;
    options.explicit_transactions = true;
    return std::make_unique<StoreInDatabase>(options);
}

}  // namespace
}  // namespace takas::store::postgres

namespace takas::store::suite {

INSTANTIATE_TEST_SUITE_P(postgres, StoreSuite,
                         testing::Values(MakeStore(postgres::grouped), MakeStore(postgres::one_by_one),
                                         MakeStore(postgres::one_connection), MakeStore(postgres::many_connections)));

}  // namespace takas::store::suite

namespace takas::store::postgres {
namespace {

TEST(postgres_store, keeps_its_data_over_a_restart) {
    const TestDatabase database;
    {
        const auto store = open_store(database);
        ASSERT_EQ(store->commit_and_wait(inserting<Sample>({full_sample()})).outcome, CommitOutcome::committed);
    }
    EXPECT_EQ(database.sql("SELECT count(*) FROM commit_mark"), "0") << "closed cleanly";
    const auto store = open_store(database);
    EXPECT_EQ(store->list<Sample>({})->at(0), full_sample());
}

TEST(postgres_store, settles_queued_units_before_it_closes) {
    const TestDatabase database;
    std::atomic<int> committed = 0;
    auto store = open_store(database);
    for (std::int64_t id = 1; id <= 500; ++id) {
        Unit unit = inserting<Sample>({sample(id)});
        unit.set_route(static_cast<std::size_t>(id));
        store->commit(std::move(unit), [&](CommitResult r) { committed += r.outcome == CommitOutcome::committed; });
    }
    store.reset();
    EXPECT_EQ(committed, 500);
}

TEST(postgres_store, answers_unavailable_at_once_when_the_queue_is_full) {
    const TestDatabase database;
    auto options = suite_options();
    options.max_queued_units = 2;
    std::promise<void> entered, release;
    std::vector<CommitOutcome> outcomes;
    auto store = open_store(database, options);
    store->commit(Unit{}, [&](CommitResult) { entered.set_value(), release.get_future().wait(); });
    entered.get_future().wait();  // the writer is held; now fill the queue
    for (std::int64_t id = 1; id <= 3; ++id)
        store->commit(inserting<Sample>({sample(id)}), [&](CommitResult r) { outcomes.push_back(r.outcome); });
    EXPECT_EQ(outcomes, std::vector{CommitOutcome::unavailable});
    release.set_value();
    store.reset();  // settles the rest
    EXPECT_EQ(outcomes, (std::vector{CommitOutcome::unavailable, CommitOutcome::committed, CommitOutcome::committed}));
}

TEST(postgres_store, a_unit_for_a_missing_table_fails_alone_until_the_table_is_there) {
    const TestDatabase database;
    auto options = suite_options();
    options.migrations = std::span(suite_migrations).first(1);
    const auto store = open_store(database, options);
    const auto units = [](std::int64_t first) {
        std::vector<Unit> all;
        for (std::int64_t id = first; id < first + 3; ++id) all.push_back(inserting<Sample>({sample(id)}));
        all[1].insert(Happening{0, "no such table"});
        return all;
    };
    const auto results = commit_together(*store, units(1));
    EXPECT_EQ(results[0].outcome, CommitOutcome::committed);
    EXPECT_EQ(results[1].outcome, CommitOutcome::unavailable);
    EXPECT_EQ(results[2].outcome, CommitOutcome::committed);
    EXPECT_TRUE(store->writable());
    EXPECT_EQ(store->count_of<Sample>({}), 2);
    database.sql("CREATE TABLE happening (sequence_no BIGINT PRIMARY KEY, body TEXT NOT NULL)");
    EXPECT_EQ(commit_together(*store, units(11))[1].outcome, CommitOutcome::committed);
}

TEST(postgres_store, goes_on_when_a_table_was_made_anew) {
    const TestDatabase database;
    const auto store = open_store(database);
    ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "old"}})).outcome, CommitOutcome::committed);
    ASSERT_EQ(store->list<Happening>({})->size(), 1U);
    database.sql(
        "DROP TABLE happening; CREATE TABLE happening (body TEXT NOT NULL, gone BIGINT, sequence_no BIGINT PRIMARY "
        "KEY);"
        "ALTER TABLE happening DROP COLUMN gone; ALTER TABLE happening ADD COLUMN extra TEXT");
    EXPECT_EQ(store->commit_and_wait(inserting<Happening>({{0, "new"}})).outcome, CommitOutcome::committed);
    const auto rows = store->list<Happening>({});
    ASSERT_TRUE(rows && rows->size() == 1U);
    EXPECT_EQ(rows->front().body, "new");
}

TEST(postgres_store, two_servers_on_one_database_guard_each_other) {
    const TestDatabase database;
    const auto one = open_store(database), two = open_store(database);
    ASSERT_EQ(one->commit_and_wait(inserting<Sample>({sample(1)})).outcome, CommitOutcome::committed);
    std::atomic<int> committed = 0, moved = 0;
    const auto count_up = [&](Store& store) {
        for (int i = 0; i < 50; ++i) {
            Sample s = *store.find<Sample>({where<&Sample::sample_id>(EntityId{1})}).value();
            const std::int64_t seen = s.version++;
            ++s.order;
            Unit unit;
            unit.update(std::move(s), seen);
            const auto outcome = store.commit_and_wait(std::move(unit)).outcome;
            ++(outcome == CommitOutcome::committed ? committed : moved);
        }
    };
    std::thread other([&] { count_up(*two); });
    count_up(*one);
    other.join();
    EXPECT_EQ(one->list<Sample>({})->front().order, committed);
    EXPECT_EQ(committed + moved, 100);
}

TEST(postgres_store, texts_that_cannot_be_stored_are_refused_and_match_nothing) {
    using namespace std::string_literals;
    const TestDatabase database;
    const auto store = open_store(database);
    Sample s = sample(1);
    s.text = "a\0b"s;
    EXPECT_EQ(store->commit_and_wait(inserting<Sample>({s})).outcome, CommitOutcome::unavailable);
    EXPECT_TRUE(store->writable());
    ASSERT_EQ(store->commit_and_wait(inserting<Sample>({sample(2)})).outcome, CommitOutcome::committed);
    EXPECT_EQ(store->list<Sample>({{where<&Sample::text>(s.text)}, {}, 0, 10})->size(), 0U);
    EXPECT_EQ(store->count_of<Sample>(std::vector{where<&Sample::text>(s.text)}), 0);
}

TEST(postgres_store, reads_large_answers_row_by_row_and_stops_when_told) {
    const TestDatabase database;
    const auto store = open_store(database);
    database.sql("INSERT INTO happening SELECT n, 'x' FROM generate_series(1, 20000) n");
    std::int64_t seen = 0;
    Happening row;
    Query query;
    query.limit = 1'000'000;
    const auto scan = [&](std::int64_t stop_after) {
        seen = 0;
        return store->scan(table_of<Happening>(), query,
                           {[&]() -> void* { return row = {}, &row; }, [&] { return ++seen < stop_after; }});
    };
    EXPECT_TRUE(scan(1'000'000));
    EXPECT_EQ(seen, 20'000);
    EXPECT_TRUE(scan(7));
    EXPECT_EQ(seen, 7);
    EXPECT_TRUE(scan(1'000'000));
    EXPECT_EQ(seen, 20'000);
}

}  // namespace
}  // namespace takas::store::postgres
