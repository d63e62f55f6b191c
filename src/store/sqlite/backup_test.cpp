#include "store/sqlite/backup.hpp"

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/sqlite/test_database.hpp"

namespace takas::store::sqlite {
namespace {

using namespace suite;

struct BackupTest : testing::Test {
    TestFolder folder;
    std::unique_ptr<SqliteStore> store = open_store(folder);
    std::string from = folder.database(), to = folder.database() + ".backup";

    CommitOutcome insert(std::int64_t id) { return store->commit_and_wait(inserting<Sample>({sample(id)})).outcome; }
    std::int64_t rows_of_copy() {
        auto copy = SqliteStore::open(to, suite_options());
        EXPECT_TRUE(copy);
        return copy ? (*copy)->count_of<Sample>({}).value_or(-1) : -1;
    }
};

TEST_F(BackupTest, has_everything_that_was_acknowledged_before_and_every_unit_whole) {
    std::atomic<bool> over = false;
    std::atomic<std::int64_t> acknowledged = 0;
    std::thread writer([&] {
        for (std::int64_t id = 1; !over; id += 2) {
            if (store->commit_and_wait(inserting<Sample>({sample(id), sample(id + 1)})).outcome ==
                CommitOutcome::committed)
                acknowledged = id + 1;
        }
    });
    while (acknowledged < 500) std::this_thread::yield();
    const std::int64_t before = acknowledged;
    BackupOptions options;
    options.pages_per_step = 4;  // many steps, with commits between them
    int steps = 0;
    options.progress = [&](std::int64_t, std::int64_t) {
        const std::int64_t seen = acknowledged;
        while (++steps < 100 && acknowledged == seen) std::this_thread::yield();
    };
    const auto backup = back_up(from, to, options);
    const std::int64_t after = acknowledged;
    over = true;
    writer.join();
    ASSERT_TRUE(backup) << backup.error().internal_detail;
    EXPECT_EQ(backup->bytes, static_cast<std::int64_t>(std::filesystem::file_size(to)));
    const std::int64_t rows = rows_of_copy();
    EXPECT_GE(rows, before);
    EXPECT_LE(rows, after + 2);
    EXPECT_EQ(rows % 2, 0);
    EXPECT_GT(after, before) << "commits went on";
}

TEST_F(BackupTest, never_overwrites_and_leaves_nothing_behind) {
    ASSERT_EQ(insert(1), CommitOutcome::committed);
    std::ofstream(to) << "precious";
    EXPECT_EQ(back_up(from, to).error().code, ErrorCode::already_exists);
    EXPECT_EQ(std::filesystem::file_size(to), 8U);
    std::filesystem::remove(to);
    EXPECT_EQ(back_up(from + ".none", to).error().code, ErrorCode::not_found);
    EXPECT_EQ(back_up(from, "/no/such/folder/b").error().code, ErrorCode::unavailable);
    ASSERT_TRUE(back_up(from, to));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(to).parent_path()))
        files += entry.path().string().find(".part") != std::string::npos ? 1 : 0;
    EXPECT_EQ(files, 0);
    struct stat status{};
    ASSERT_EQ(::stat(to.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(BackupTest, a_damaged_database_gives_no_backup) {
    for (std::int64_t id = 1; id <= 2'000; ++id)
        store->commit(inserting<Sample>({sample(id)}), [](const CommitResult&) {});
    store.reset();  // everything is in the file now
    {
        std::fstream file(from, std::ios::in | std::ios::out | std::ios::binary);
        constexpr int page_bytes = 4096;
        for (const int page : {5, 9, 20}) {
            file.seekp(page * page_bytes);
            file << std::string(200, '\xA5');
        }
    }
    const auto backup = back_up(from, to);
    ASSERT_FALSE(backup);
    EXPECT_EQ(backup.error().code, ErrorCode::internal) << backup.error().internal_detail;
    EXPECT_FALSE(std::filesystem::exists(to));
}

}  // namespace
}  // namespace takas::store::sqlite
