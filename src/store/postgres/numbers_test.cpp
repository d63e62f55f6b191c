// Numbers made of transaction ids: nothing appears behind a reader's back, and no restore brings old numbers again.
#include <gtest/gtest.h>

#include <future>

#include "store/postgres/connection.hpp"
#include "store/postgres/sql_text.hpp"
#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;

constexpr std::chrono::seconds patience{10};

std::vector<std::string> bodies(Store& store, std::int64_t after = 0) {
    std::vector<std::string> found;
    const auto rows = store.list<Happening>({{where<&Happening::sequence_no>(Compare::greater, after)}, {}, 0, 1000});
    EXPECT_TRUE(rows);
    for (const Happening& h : *rows) found.push_back(h.body);
    return found;
}

TEST(numbers, wait_for_transactions_that_are_still_open) {
    const TestDatabase database;
    const auto store = open_store(database);
    auto late = Connection::open({database.url(), patience, {}, false, true});
    ASSERT_TRUE(late);
    ASSERT_TRUE((*late)->run_script(
        "BEGIN; INSERT INTO happening SELECT pg_current_xact_id()::text::int8 << 12, 'late'", Clock::now() + patience));
    ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "early"}})).outcome, CommitOutcome::committed);
    EXPECT_EQ(bodies(*store), std::vector<std::string>{}) << "a smaller number may still appear";
    EXPECT_EQ(store->count_of<Happening>({}), 0);
    ASSERT_TRUE((*late)->run_script("COMMIT", Clock::now() + patience));
    EXPECT_EQ(bodies(*store), (std::vector<std::string>{"late", "early"}));
}

TEST(numbers, are_waited_for_until_all_that_was_committed_can_be_read) {
    const TestDatabase database;
    const auto store = open_store(database);
    auto other = Connection::open({database.url(), patience, {}, false, true});
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->run_script("BEGIN; SELECT pg_current_xact_id()", Clock::now() + patience));
    ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "hidden"}})).outcome, CommitOutcome::committed);
    const auto in_vain = store->wait_until_readable(std::chrono::milliseconds(50));
    EXPECT_EQ(in_vain ? ErrorCode::count_ : in_vain.error().code, ErrorCode::unavailable);
    auto waiting = std::async(std::launch::async, [&] { return store->wait_until_readable(patience); });
    EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    ASSERT_TRUE((*other)->run_script("COMMIT", Clock::now() + patience));
    ASSERT_TRUE(waiting.get());
    EXPECT_EQ(bodies(*store), std::vector<std::string>{"hidden"});
}

TEST(numbers, go_on_above_those_of_another_cluster) {
    const TestDatabase database;
    constexpr std::int64_t restored = (std::int64_t{1} << 40) + 5;
    {
        const auto store = open_store(database);
        ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{restored, "restored"}})).outcome,
                  CommitOutcome::committed);
    }
    const auto store = open_store(database);
    ASSERT_EQ(store->commit_and_wait(inserting<Happening>({{0, "new"}})).outcome, CommitOutcome::committed);
    EXPECT_EQ(bodies(*store), (std::vector<std::string>{"restored", "new"}));
    EXPECT_EQ(bodies(*store, restored), std::vector<std::string>{"new"});
    const std::string epoch = database.sql("SELECT epoch FROM store_epoch");
    EXPECT_GT(std::stoll(epoch), 0);
    const auto again = open_store(database);
    EXPECT_EQ(database.sql("SELECT epoch FROM store_epoch"), epoch) << "raised once only";
}

TEST(numbers, of_one_unit_are_limited) {
    const TestDatabase database;
    const auto store = open_store(database);
    Unit most, too_many;
    for (std::int64_t i = 0; i < max_numbers_per_commit; ++i) most.insert(Happening{0, "x"});
    for (std::int64_t i = 0; i <= max_numbers_per_commit; ++i) too_many.insert(Happening{0, "y"});
    std::vector<Unit> units;
    units.push_back(std::move(most));
    units.push_back(std::move(too_many));
    units.push_back(inserting<Happening>({{0, "z"}}));
    const auto results = commit_together(*store, std::move(units));
    EXPECT_EQ(results[0].outcome, CommitOutcome::committed);
    EXPECT_EQ(results[1].outcome, CommitOutcome::unavailable);
    EXPECT_EQ(results[2].outcome, CommitOutcome::committed);
    EXPECT_EQ(store->count_of<Happening>({}), max_numbers_per_commit + 1);
    EXPECT_TRUE(store->writable());
}

TEST(sql_text, the_end_of_a_prefix_is_utf8) {
    EXPECT_EQ(prefix_end("ab"), "ac");
    EXPECT_EQ(prefix_end("a\x7F"), "a\xC2\x80");
    EXPECT_EQ(prefix_end("\xC3\xBF"), "\xC4\x80");              // U+00FF, U+0100
    EXPECT_EQ(prefix_end("\xED\x9F\xBF"), "\xEE\x80\x80");      // U+D7FF, U+E000: no surrogates
    EXPECT_EQ(prefix_end("\xEF\xBF\xBF"), "\xF0\x90\x80\x80");  // U+FFFF, U+10000
    EXPECT_EQ(prefix_end("b\xF4\x8F\xBF\xBF"), "c");            // the last character of all
    EXPECT_EQ(prefix_end("\xF4\x8F\xBF\xBF"), "");
    EXPECT_EQ(prefix_end(""), "");
    EXPECT_EQ(prefix_end("\xC3"), "") << "not UTF-8";
}

}  // namespace
}  // namespace takas::store::postgres
