#include "store/postgres/session.hpp"

#include <gtest/gtest.h>

#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;

constexpr std::chrono::seconds patience{10};

struct TwoSessions {
    TestDatabase database;
    std::unique_ptr<PostgresStore> store = open_store(database);
    std::unique_ptr<Session> first = open(), second = open();

    std::unique_ptr<Session> open() const {
        auto session = Session::open({database.url(), patience, patience, true, true});
        EXPECT_TRUE(session) << session.error().internal_detail;
        return std::move(*session);
    }
    static Attempt run(Session& session, std::int64_t id) {
        const Unit unit = inserting<Sample>({sample(id)});
        Batch batch;
        batch.add_merged(*session.table(table_of<Sample>()), unit.writes().front());
        return session.run(batch, Clock::now() + patience);
    }
};

TEST(session, the_mark_tells_whether_the_last_batch_was_committed) {
    TwoSessions s;
    ASSERT_EQ(TwoSessions::run(*s.first, 1).end, Attempt::End::committed);
    ASSERT_EQ(TwoSessions::run(*s.first, 1).end, Attempt::End::refused);
    EXPECT_EQ(s.second->was_committed(s.first->mark(), Clock::now() + patience), false) << "the second one was not";
    s.first = s.open();
    ASSERT_EQ(TwoSessions::run(*s.first, 2).end, Attempt::End::committed);
    EXPECT_EQ(s.second->was_committed(s.first->mark(), Clock::now() + patience), true);
    EXPECT_EQ(s.second->was_committed(s.first->mark(), Clock::now() + patience), true) << "asked again";
    EXPECT_EQ(s.second->was_committed({1, 1}, Clock::now() + patience), std::nullopt) << "there is no such mark";
}

TEST(session, a_batch_that_was_given_up_cannot_commit_any_more) {
    TwoSessions s;
    ASSERT_EQ(TwoSessions::run(*s.first, 1).end, Attempt::End::committed);
    ASSERT_TRUE(s.second->was_committed(s.first->mark(), Clock::now() + patience));
    EXPECT_EQ(TwoSessions::run(*s.first, 2).end, Attempt::End::outdated);
    EXPECT_EQ(s.store->count_of<Sample>({}), 1);
}

TEST(session, who_asks_waits_for_a_transaction_that_is_still_open) {
    TwoSessions s;
    auto open_transaction = Connection::open({s.database.url(), patience, {}, false, true});
    ASSERT_TRUE(open_transaction);
    const std::string sql =
        "BEGIN; UPDATE commit_mark SET batch_no = 1 WHERE writer_id = " + std::to_string(s.first->mark().writer_id);
    ASSERT_TRUE((*open_transaction)->run_script(sql, Clock::now() + patience));
    std::atomic<bool> is_answered = false;
    std::optional<bool> committed;
    std::thread asker([&] {
        committed = s.second->was_committed({s.first->mark().writer_id, 1}, Clock::now() + patience);
        is_answered = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_FALSE(is_answered);
    ASSERT_TRUE((*open_transaction)->run_script("COMMIT", Clock::now() + patience));
    asker.join();
    EXPECT_EQ(committed, true);
}

std::string open_error(const std::string& url, bool allow_weak_durability = true) {
    PostgresOptions options = suite_options();
    options.allow_weak_durability = allow_weak_durability;
    options.connect_timeout = std::chrono::milliseconds(1000);
    auto store = PostgresStore::open(url, options);
    return store ? "" : store.error().internal_detail;
}

TEST(connection, refuses_servers_that_may_lose_what_they_acknowledge) {
    const TestDatabase database;
    EXPECT_EQ(open_error(database.url(), false),
              "the database server has fsync = off: what it acknowledges may be lost");
    EXPECT_EQ(open_error(database.url()), "");
    database.sql("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
    EXPECT_NE(open_error(database.url()).find("read-only"), std::string::npos);
}

TEST(connection, never_tells_the_password) {
    EXPECT_EQ(open_error("postgres://me:s3cret@[host/x"), "the database URL cannot be read");
    for (const std::string url : {"postgres://me:s3cret@127.0.0.1:1/x", "host=127.0.0.1 port=1 password=s3cret",
                                  "postgres://me:s3cret@no.such.host.invalid/x"}) {
        const std::string error = open_error(url);
        EXPECT_FALSE(error.empty());
        EXPECT_EQ(error.find("s3cret"), std::string::npos) << error;
    }
}

TEST(connection, finds_the_server_among_several_hosts) {
    const TestDatabase database;
    const std::string url = TestCluster::shared().url("tcp " + database.name());
    const std::string port = url.substr(url.find("127.0.0.1:") + 10);
    EXPECT_EQ(open_error("postgres://postgres@127.0.0.1:1,127.0.0.1:" + port), "");
}

}  // namespace
}  // namespace takas::store::postgres
