#include "store/sqlite/sqlite_store.hpp"

#include <sys/stat.h>

#include "store/sqlite/test_database.hpp"
#include "store/suite/store_suite.hpp"

namespace takas::store::sqlite {
namespace {

using namespace suite;

/// The suite's store with its folder, so that both end together.
class StoreInFolder final : public Store {
  public:
    explicit StoreInFolder(const SqliteOptions& options) : store_(open_store(folder_, options)) {}
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
    TestFolder folder_;
    std::unique_ptr<SqliteStore> store_;
};

std::unique_ptr<Store> grouped() { return std::make_unique<StoreInFolder>(suite_options()); }

std::unique_ptr<Store> one_by_one() {
    auto options = suite_options();
    options.max_units_per_commit = 1;
    return std::make_unique<StoreInFolder>(options);
}

/// Checkpoints and log restarts all the time.
std::unique_ptr<Store> restless() {
    auto options = suite_options();
    options.checkpoint_pages = 1;
    options.log_restart_pages = 8;
    return std::make_unique<StoreInFolder>(options);
}

}  // namespace
}  // namespace takas::store::sqlite

namespace takas::store::suite {

INSTANTIATE_TEST_SUITE_P(sqlite, StoreSuite,
                         testing::Values(MakeStore(sqlite::grouped), MakeStore(sqlite::one_by_one),
                                         MakeStore(sqlite::restless)));

}  // namespace takas::store::suite

namespace takas::store::sqlite {
namespace {

TEST(sqlite_store, keeps_its_data_over_a_restart) {
    const TestFolder folder;
    {
        const auto store = open_store(folder);
        ASSERT_EQ(store->commit_and_wait(inserting<Sample>({full_sample()})).outcome, CommitOutcome::committed);
        ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "first"}})).outcome, CommitOutcome::committed);
    }
    EXPECT_FALSE(std::filesystem::exists(folder.database() + "-wal")) << "closed cleanly";
    const auto store = open_store(folder);
    EXPECT_EQ(store->list<Sample>({})->at(0), full_sample());
    ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "second"}})).outcome, CommitOutcome::committed);
    EXPECT_EQ(store->list<Happening>({})->at(1).sequence_no, 2);
}

TEST(sqlite_store, its_files_are_its_owners_alone) {
    const TestFolder folder;
    const mode_t before = ::umask(022);
    const auto store = open_store(folder);
    ::umask(before);
    for (const char* suffix : {"", "-wal", "-shm"}) {
        const auto mode = std::filesystem::status(folder.database() + suffix).permissions();
        EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write) << suffix;
    }
}

TEST(sqlite_store, settles_queued_units_before_it_closes) {
    const TestFolder folder;
    std::atomic<int> committed = 0;
    auto store = open_store(folder);
    for (std::int64_t id = 1; id <= 500; ++id)
        store->commit(inserting<Sample>({sample(id)}),
                      [&](CommitResult r) { committed += r.outcome == CommitOutcome::committed; });
    store.reset();
    EXPECT_EQ(committed, 500);
}

TEST(sqlite_store, answers_unavailable_at_once_when_the_queue_is_full) {
    const TestFolder folder;
    auto options = suite_options();
    options.max_queued_units = 2;
    std::promise<void> entered, release;
    std::vector<CommitOutcome> outcomes;
    auto store = open_store(folder, options);
    store->commit(Unit{}, [&](CommitResult) { entered.set_value(), release.get_future().wait(); });
    entered.get_future().wait();  // the writer is held; now fill the queue
    for (std::int64_t id = 1; id <= 3; ++id)
        store->commit(inserting<Sample>({sample(id)}), [&](CommitResult r) { outcomes.push_back(r.outcome); });
    EXPECT_EQ(outcomes, std::vector{CommitOutcome::unavailable});
    release.set_value();
    store.reset();  // settles the rest
    EXPECT_EQ(outcomes, (std::vector{CommitOutcome::unavailable, CommitOutcome::committed, CommitOutcome::committed}));
}

TEST(sqlite_store, a_unit_for_a_missing_table_fails_alone) {
    const TestFolder folder;
    auto options = suite_options();
    options.migrations = std::span(suite_migrations).first(1);
    const auto store = open_store(folder, options);
    std::vector<Unit> units;
    units.push_back(inserting<Sample>({sample(1)}));
    units.push_back(inserting<Sample>({sample(2)}));
    units.back().insert(Happening{0, "no such table"});
    units.push_back(inserting<Sample>({sample(3)}));
    const auto results = commit_together(*store, std::move(units));
    EXPECT_EQ(results[0].outcome, CommitOutcome::committed);
    EXPECT_EQ(results[1].outcome, CommitOutcome::unavailable);
    EXPECT_EQ(results[2].outcome, CommitOutcome::committed);
    EXPECT_TRUE(store->writable());
    EXPECT_EQ(store->count_of<Sample>({}), 2);
}

}  // namespace
}  // namespace takas::store::sqlite
