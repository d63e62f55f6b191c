// What becomes of a commit when the connection, the server or the network fails: never a lie about what was written.
#include <gtest/gtest.h>

#include <barrier>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "store/postgres/connection.hpp"
#include "store/postgres/faulty_proxy.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;
using std::chrono::milliseconds;

constexpr std::chrono::seconds patience{20};

template <class Condition>
bool comes_true(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!condition())
        if (std::chrono::steady_clock::now() > end)
            return false;
        else
            std::this_thread::sleep_for(milliseconds(2));
    return true;
}

int port_of(const std::string& url) { return std::stoi(url.substr(url.find("127.0.0.1:") + 10)); }

/// A store that reaches its database through a network that fails.
struct Distant {
    TestDatabase database;
    FaultyProxy network{port_of(TestCluster::shared().url("tcp " + database.name()))};
    std::unique_ptr<PostgresStore> store;

    explicit Distant(PostgresOptions options = suite_options()) {
        options.writer_connections = 1;
        auto opened = PostgresStore::open(
            "postgres://postgres@127.0.0.1:" + std::to_string(network.port()) + "/" + database.name(), options);
        EXPECT_TRUE(opened) << opened.error().internal_detail;
        store = std::move(*opened);
    }
    std::string rows() const { return database.sql("SELECT count(*) FROM sample"); }
    std::future<CommitResult> commit(std::int64_t id) {
        auto promise = std::make_shared<std::promise<CommitResult>>();
        store->commit(inserting<Sample>({sample(id)}), [promise](CommitResult r) { promise->set_value(r); });
        return promise->get_future();
    }
};

TEST(lost_connection, a_commit_whose_answer_was_lost_is_found) {
    Distant distant;
    distant.network.holds_answers = true;
    auto result = distant.commit(1);
    distant.network.wait_for_held();
    distant.network.holds_answers = false;
    distant.network.cut();
    EXPECT_EQ(result.get().outcome, CommitOutcome::committed);
    EXPECT_EQ(distant.rows(), "1");
    EXPECT_TRUE(distant.store->writable());
}

TEST(lost_connection, a_commit_that_never_arrived_is_sent_again) {
    Distant distant;
    distant.network.holds_requests = true;
    auto result = distant.commit(1);
    distant.network.wait_for_held();
    distant.network.holds_requests = false;
    distant.network.cut();
    EXPECT_EQ(result.get().outcome, CommitOutcome::committed);
    EXPECT_EQ(distant.rows(), "1");
}

TEST(lost_connection, a_silent_server_is_given_up_and_the_batch_sent_again) {
    auto options = suite_options();
    options.write_timeout = milliseconds(1500);
    options.connect_timeout = milliseconds(300);
    Distant distant(options);
    ASSERT_EQ(distant.commit(7).get().outcome, CommitOutcome::committed);
    distant.network.holds_requests = true;
    auto result = distant.commit(1);
    distant.network.wait_for_held();
    EXPECT_TRUE(comes_true([&] { return !distant.store->writable(); }));
    distant.network.holds_requests = false;
    EXPECT_EQ(result.get().outcome, CommitOutcome::committed);
    EXPECT_EQ(distant.rows(), "2");
}

TEST(lost_connection, without_a_server_the_outcome_is_unknown_and_others_are_refused_at_once) {
    auto options = suite_options();
    options.write_timeout = milliseconds(500);
    Distant distant(options);
    distant.network.holds_answers = true;
    auto result = distant.commit(1);
    distant.network.wait_for_held();
    distant.network.is_unreachable = true;
    distant.network.cut();
    EXPECT_TRUE(comes_true([&] { return !distant.store->writable(); }));
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(distant.commit(2).get().outcome, CommitOutcome::unavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(400));
    EXPECT_EQ(result.get().outcome, CommitOutcome::unknown);
    EXPECT_FALSE(distant.store->list<Sample>({}));
    distant.network.holds_answers = distant.network.is_unreachable = false;
    EXPECT_TRUE(comes_true([&] { return distant.store->writable(); }));
    EXPECT_EQ(distant.commit(3).get().outcome, CommitOutcome::committed);
    EXPECT_TRUE(comes_true([&] { return distant.store->list<Sample>({}).has_value(); }));
    EXPECT_EQ(distant.rows(), "2");
}

/// Commits until told to stop; keeps what was answered.
struct Load {
    std::atomic<bool> ends = false;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::set<std::int64_t> committed, refused, unknown;

    explicit Load(Store& store) {
        for (std::int64_t t = 0; t < 4; ++t)
            threads.emplace_back([this, &store, t] {
                for (std::int64_t i = 1; !ends; ++i) {
                    Unit unit = inserting<Sample>({sample(t * 1'000'000 + i)});
                    unit.insert(Happening{0, "x"});
                    unit.set_route(static_cast<std::size_t>(t));
                    const auto outcome = store.commit_and_wait(std::move(unit)).outcome;
                    const std::lock_guard lock(mutex);
                    (outcome == CommitOutcome::committed ? committed
                     : outcome == CommitOutcome::unknown ? unknown
                                                         : refused)
                        .insert(t * 1'000'000 + i);
                }
            });
    }
    void stop() {
        ends = true;
        for (auto& t : threads) t.join();
    }
    /// Everything acknowledged is there, nothing refused is.
    void compare_with(Store& store) const {
        Query all;
        all.limit = 10'000'000;
        const auto rows = store.list<Sample>(all);
        ASSERT_TRUE(rows);
        std::set<std::int64_t> stored;
        for (const Sample& s : *rows) stored.insert(s.sample_id.value);
        for (const std::int64_t id : committed) EXPECT_TRUE(stored.contains(id)) << id;
        for (const std::int64_t id : refused) EXPECT_FALSE(stored.contains(id)) << id;
        EXPECT_EQ(store.count_of<Happening>({}), std::ssize(stored));
    }
};

TEST(lost_connection, killed_backends_lose_nothing_and_repeat_nothing) {
    const TestDatabase database;
    const auto store = open_store(database);
    Load load(*store);
    for (int i = 0; i < 15; ++i) {
        std::this_thread::sleep_for(milliseconds(30));
        database.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'takas'");
    }
    load.stop();
    EXPECT_TRUE(comes_true([&] { return store->writable(); }));
    EXPECT_TRUE(load.unknown.empty());
    EXPECT_GT(load.committed.size(), 15U);
    load.compare_with(*store);
}

TEST(lost_server, is_waited_for_and_what_was_acknowledged_is_there) {
    TestCluster cluster("");
    const TestDatabase database(cluster);
    auto options = suite_options();
    options.write_timeout = std::chrono::seconds(5);
    const auto store = open_store(database, options);
    Load load(*store);
    for (const bool in_order : {true, false}) {
        std::this_thread::sleep_for(milliseconds(200));
        in_order ? cluster.stop() : cluster.crash();
        EXPECT_TRUE(comes_true([&] { return !store->writable(); }));
        EXPECT_EQ(store->commit_and_wait(inserting<Sample>({sample(1, 2)})).outcome, CommitOutcome::unavailable);
        EXPECT_FALSE(store->list<Sample>({}));
        cluster.restart();
        EXPECT_TRUE(comes_true([&] { return store->writable(); }));
        EXPECT_EQ(store->commit_and_wait(inserting<Sample>({sample(in_order ? 2 : 3, 3)})).outcome,
                  CommitOutcome::committed);
        EXPECT_TRUE(comes_true([&] { return store->list<Sample>({}).has_value(); }));
    }
    load.stop();
    Unit forget;
    forget.erase(sample(2, 3)), forget.erase(sample(3, 3));
    EXPECT_EQ(store->commit_and_wait(std::move(forget)).outcome, CommitOutcome::committed);
    EXPECT_GT(load.committed.size(), 20U);
    Query all;
    all.limit = 1'000'000;
    std::set<std::int64_t> stored;
    for (const Sample& s : *store->list<Sample>(all)) stored.insert(s.sample_id.value);
    for (const std::int64_t id : load.committed) EXPECT_TRUE(stored.contains(id)) << id;
    for (const std::int64_t id : load.refused) EXPECT_FALSE(stored.contains(id)) << id;
}

TEST(waiting, for_a_lock_ends_with_unavailable_and_the_store_stays_writable) {
    const TestDatabase database;
    auto options = suite_options();
    options.write_timeout = milliseconds(200);
    const auto store = open_store(database, options);
    ASSERT_EQ(store->commit_and_wait(inserting<Sample>({sample(1)})).outcome, CommitOutcome::committed);
    auto other = Connection::open({database.url(), patience, {}, false, true});
    ASSERT_TRUE(other);
    ASSERT_TRUE((*other)->run_script("BEGIN; SELECT * FROM sample FOR UPDATE", Clock::now() + patience));
    Unit unit;
    unit.update(sample(1));
    EXPECT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::unavailable);
    other->reset();
    EXPECT_TRUE(comes_true([&] { return store->writable(); }));
    EXPECT_EQ(store->commit_and_wait(inserting<Sample>({sample(2)})).outcome, CommitOutcome::committed);
}

TEST(waiting, deadlocked_units_are_tried_again) {
    const TestDatabase database;
    const auto store = open_store(database);
    ASSERT_EQ(store->commit_and_wait(inserting<Sample>({sample(1), sample(2)})).outcome, CommitOutcome::committed);
    database.sql("ALTER SYSTEM SET deadlock_timeout = '20ms'");
    database.sql("SELECT pg_reload_conf()");
    std::vector<std::thread> threads;
    for (std::size_t t = 1; t <= 2; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 60; ++i) {
                Unit unit;  // two statements each, because a forbidding unit runs in its own order
                unit.update(sample(t == 1 ? 1 : 2));
                unit.update(sample(t == 1 ? 2 : 1));
                unit.forbid<Sample>({where<&Sample::sample_id>(EntityId{404})});
                unit.set_route(t);
                EXPECT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
            }
        });
    for (auto& t : threads) t.join();
}

/// As app/webhooks does: who wants a place changes one row that all of them change, then forbids all but those it saw.
TEST(waiting, of_those_who_see_one_place_left_one_gets_it) {
    constexpr std::size_t callers = 8;
    constexpr std::int64_t places = 3, rounds = 30;
    constexpr EntityId turnstile{1'000};
    const TestDatabase database;
    auto options = suite_options();
    options.writer_connections = callers;
    const auto store = open_store(database, options);
    for (std::int64_t round = 0; round < rounds; ++round) {
        ASSERT_EQ(store->commit_and_wait(inserting<Sample>({sample(100), sample(101)})).outcome,
                  CommitOutcome::committed);
        std::barrier at_once(callers);
        std::atomic<int> taken = 0;
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < callers; ++t)
                threads.emplace_back([&, t] {
                    std::vector<Condition> others;
                    for (const EntityId seen : {turnstile, EntityId{100}, EntityId{101}})
                        others.push_back(where<&Sample::sample_id>(app::ports::Compare::not_equal, seen));
                    Unit unit;
                    unit.upsert(sample(turnstile.value));
                    unit.forbid<Sample>(std::move(others));
                    unit.insert(sample(static_cast<std::int64_t>(t) + 1));
                    unit.set_route(t);
                    at_once.arrive_and_wait();
                    taken += store->commit_and_wait(std::move(unit)).outcome == CommitOutcome::committed ? 1 : 0;
                });
        }
        EXPECT_EQ(taken, 1);
        EXPECT_EQ(database.sql("SELECT count(*) FROM sample WHERE sample_id < 1000"), std::to_string(places));
        database.sql("DELETE FROM sample");
    }
}

}  // namespace
}  // namespace takas::store::postgres
