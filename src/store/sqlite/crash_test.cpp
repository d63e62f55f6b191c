// What is left after the disk fails or the process dies.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

#include "store/sqlite/faulty_vfs.hpp"
#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

using namespace suite;

class FaultyDisk : public testing::Test {
  protected:
    FaultyDisk() { clear(); }
    ~FaultyDisk() override { clear(); }
    void clear() {
        faults.disk_full = faults.write_error = faults.sync_error = false;
        faults.failing_syncs = -1;
    }
    static SqliteOptions options() {
        auto options = suite_options();
        options.vfs = FaultyVfs::name;
        return options;
    }
    CommitOutcome insert(std::int64_t id) { return store->commit_and_wait(inserting<Sample>({sample(id)})).outcome; }
    /// Recovery is by itself: commits are refused until a probe found the disk well.
    void expect_recovery() {
        clear();
        while (insert(1000) != CommitOutcome::committed) std::this_thread::yield();
        EXPECT_TRUE(store->writable());
    }
    std::int64_t count() { return store->count_of<Sample>({}).value_or(-1); }

    Faults& faults = FaultyVfs::faults();
    TestFolder folder;
    std::unique_ptr<SqliteStore> store = open_store(folder, options());
};

TEST_F(FaultyDisk, full_is_unavailable_and_over_when_space_returns) {
    ASSERT_EQ(insert(1), CommitOutcome::committed);
    faults.disk_full = true;
    EXPECT_EQ(insert(2), CommitOutcome::unavailable);
    EXPECT_FALSE(store->writable());
    EXPECT_EQ(insert(3), CommitOutcome::unavailable);
    EXPECT_EQ(count(), 1) << "reading goes on";
    expect_recovery();
    EXPECT_EQ(count(), 2);
}

TEST_F(FaultyDisk, a_passing_fsync_failure_is_unavailable_for_certain) {
    faults.failing_syncs = 1, faults.sync_error = true;
    EXPECT_EQ(insert(1), CommitOutcome::unavailable);
    EXPECT_TRUE(store->writable()) << "the probe that overwrote the failed transaction succeeded";
    EXPECT_EQ(insert(2), CommitOutcome::committed);
    EXPECT_EQ(count(), 1);
}

TEST_F(FaultyDisk, a_lasting_fsync_failure_is_unknown) {
    faults.sync_error = true;
    EXPECT_EQ(insert(1), CommitOutcome::unknown);
    EXPECT_FALSE(store->writable());
    EXPECT_EQ(insert(2), CommitOutcome::unavailable) << "not even tried";
    expect_recovery();
    EXPECT_EQ(count(), 1);
}

TEST_F(FaultyDisk, write_errors_lose_nothing_that_was_acknowledged) {
    ASSERT_EQ(insert(1), CommitOutcome::committed);
    faults.write_error = true;
    EXPECT_NE(insert(2), CommitOutcome::committed);
    expect_recovery();
    store.reset();
    store = open_store(folder, options());
    EXPECT_EQ(count(), 2);
}

TEST_F(FaultyDisk, closing_while_broken_answers_everyone) {
    faults.disk_full = true;
    std::atomic<int> answered = 0;
    for (std::int64_t id = 1; id <= 100; ++id)
        store->commit(inserting<Sample>({sample(id)}),
                      [&](CommitResult r) { answered += r.outcome == CommitOutcome::unavailable; });
    store.reset();
    EXPECT_EQ(answered, 100);
}

/// The child commits from four threads and writes each acknowledged id into the pipe, until it is killed.
[[noreturn]] void load_until_killed(const std::string& path, int pipe_end, std::int64_t first_id) {
    auto options = suite_options();
    options.checkpoint_pages = 20, options.log_restart_pages = 100;  // kills also hit checkpoints
    auto store = SqliteStore::open(path, options);
    if (!store) _exit(1);
    const auto work = [&](std::int64_t begin) {
        for (std::int64_t id = begin;; id += 4) {
            Unit unit = inserting<Sample>({sample(id)});
            unit.insert(Happening{0, std::to_string(id)});
            if ((*store)->commit_and_wait(std::move(unit)).outcome != CommitOutcome::committed) _exit(2);
            if (write(pipe_end, &id, sizeof id) != sizeof id) _exit(3);
        }
    };
    std::vector<std::thread> pool;
    for (std::int64_t t = 0; t < 4; ++t) pool.emplace_back(work, first_id + t);
    for (auto& t : pool) t.join();
    _exit(4);
}

/// Runs the child until it has acknowledged some units, kills it, and answers all that it acknowledged.
std::vector<std::int64_t> acknowledged_until_killed(const TestFolder& folder, std::int64_t first_id, int after) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) load_until_killed(folder.database(), ends[1], first_id);
    close(ends[1]);
    std::vector<std::int64_t> ids;
    std::int64_t id = 0;
    while (read(ends[0], &id, sizeof id) == sizeof id) {
        ids.push_back(id);
        if (std::ssize(ids) == after) kill(child, SIGKILL);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    return ids;
}

TEST(sqlite_store, keeps_every_acknowledged_unit_over_a_kill) {
    const TestFolder folder;
    std::vector<std::int64_t> acknowledged;
    for (std::int64_t round = 1; round <= 8; ++round)
        for (const std::int64_t id : acknowledged_until_killed(folder, round * 1'000'000, 37 * static_cast<int>(round)))
            acknowledged.push_back(id);
    const auto store = open_store(folder);
    const auto samples = store->list<Sample>({{}, {}, 0, 1'000'000});
    const auto happenings = store->list<Happening>({{}, {}, 0, 1'000'000});
    ASSERT_TRUE(samples && happenings);
    std::set<std::string> stored, happened;
    for (const Sample& s : *samples) stored.insert(std::to_string(s.sample_id.value));
    for (const Happening& h : *happenings) happened.insert(h.body);
    EXPECT_EQ(stored, happened) << "a unit is all or nothing";
    EXPECT_GE(acknowledged.size(), 37U * 36);
    for (const std::int64_t id : acknowledged) EXPECT_TRUE(stored.contains(std::to_string(id))) << id;
}

}  // namespace
}  // namespace takas::store::sqlite
