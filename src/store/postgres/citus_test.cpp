// On a real Citus: a database that `takas init --distribute` made, given as TAKAS_TEST_CITUS (tools/citus_trial). Citus
// is no Debian package, so without one these tests are skipped.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "app/ports/tables.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/distribute.hpp"
#include "store/postgres/postgres_store.hpp"

namespace takas::store::postgres {
namespace {

using namespace app::ports;
using core::event::DomainEvent;
using core::ledger::CardAccount;

constexpr std::chrono::seconds patience{20};

class Citus : public ::testing::Test {
  protected:
    void SetUp() override {
        const char* given = std::getenv("TAKAS_TEST_CITUS");
        if (!given) GTEST_SKIP() << "TAKAS_TEST_CITUS names no Citus database";
        url = given;
        const auto distributed = distribute(url);
        ASSERT_TRUE(distributed) << distributed.error().internal_detail;
        PostgresOptions options;
        options.writer_connections = 5;
        auto opened = PostgresStore::open(url, options);
        ASSERT_TRUE(opened) << opened.error().internal_detail;
        store = std::move(*opened);
        auto connected = Connection::open({.url = url, .connect_timeout = patience, .statement_timeout = {}});
        ASSERT_TRUE(connected) << connected.error().internal_detail;
        beside = std::move(*connected);
    }

    std::vector<std::string> column(const std::string& sql, std::vector<std::string> parameters = {}) const {
        const PgResult rows = beside->run(sql, parameters, Clock::now() + patience);
        EXPECT_TRUE(rows) << beside->last_message();
        std::vector<std::string> values;
        for (int i = 0; rows && i < PQntuples(rows.get()); ++i) values.emplace_back(PQgetvalue(rows.get(), i, 0));
        return values;
    }
    std::int64_t number(const std::string& sql) const { return std::stoll(column(sql).at(0)); }

    /// Ids that no earlier run has used.
    std::int64_t fresh_ids() const { return number("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8"); }
    CardAccount account(std::int64_t id) const {
        CardAccount a;
        a.tenant_id = TenantId{1}, a.account_id = AccountId{id}, a.version = 1;
        return a;
    }
    DomainEvent event(std::int64_t account_id) const {
        DomainEvent e;
        e.tenant_id = TenantId{1}, e.account_id = AccountId{account_id}, e.occurred_at = Instant{1};
        return e;
    }

    std::string url;
    std::unique_ptr<PostgresStore> store;
    std::unique_ptr<Connection> beside;
};

TEST_F(Citus, placement_is_the_worker_that_holds_the_account) {
    const std::int64_t first = fresh_ids();
    std::set<std::string> workers;
    for (std::int64_t id = first; id < first + 500; ++id) {
        const std::string worker = column(
            "SELECT groupid FROM pg_dist_placement WHERE shardid = "
            "get_shard_id_for_distribution_column('card_account', $1::int8)",
            {std::to_string(id)})[0];
        workers.insert(worker + "/" + std::to_string(store->placement_of(AccountId{id}) % 2));
    }
    EXPECT_EQ(workers.size(), 2U) << "the trial has two workers, each has one remainder";
}

TEST_F(Citus, writes_of_every_kind_over_several_shards) {
    const std::int64_t first = fresh_ids();
    constexpr std::int64_t count = 20;
    Unit made, changed, seen, moved, gone;
    for (std::int64_t i = 0; i < count; ++i) {
        CardAccount a = account(first + i);
        made.insert(a);
        seen.require(a, 2);
        moved.require(a, i == 7 ? 3 : 2);
        a.version = 2;
        changed.update(a, 1);
        gone.erase(a);
    }
    EXPECT_EQ(store->commit_and_wait(std::move(made)).outcome, CommitOutcome::committed);
    EXPECT_EQ(store->commit_and_wait(std::move(changed)).outcome, CommitOutcome::committed);
    EXPECT_EQ(store->commit_and_wait(std::move(seen)).outcome, CommitOutcome::committed);
    const CommitResult refused = store->commit_and_wait(std::move(moved));
    EXPECT_EQ(refused.outcome, CommitOutcome::version_moved);
    EXPECT_EQ(refused.write_index, 7U);
    Unit again;
    again.insert(account(first));
    EXPECT_EQ(store->commit_and_wait(std::move(again)).outcome, CommitOutcome::conflict);
    EXPECT_EQ(store->commit_and_wait(std::move(gone)).outcome, CommitOutcome::committed);
    EXPECT_EQ(store->count_of<CardAccount>(std::array{where<&CardAccount::account_id>(Compare::greater, first - 1),
                                                      where<&CardAccount::account_id>(Compare::less, first + count)}),
              0);
}

/// With a plain table the worker's part is committed first and alone: a crash between the two would have the mark lie.
TEST_F(Citus, the_mark_and_a_single_workers_row_are_settled_together) {
    const std::int64_t id = fresh_ids();
    ASSERT_TRUE(
        beside->run_script("BEGIN; INSERT INTO commit_mark VALUES (-1, 1, false, now()) ON CONFLICT (writer_id) "
                           "DO UPDATE SET batch_no = commit_mark.batch_no + 1",
                           Clock::now() + patience));
    column("INSERT INTO card_account SELECT 1, $1::int8, 1, '1', 'P', 949, 0, 0, 0, 0, 1, 0, 0", {std::to_string(id)});
    const std::int64_t records = number("SELECT count(*) FROM pg_dist_transaction");
    ASSERT_TRUE(beside->run_script("COMMIT", Clock::now() + patience));
    EXPECT_EQ(number("SELECT count(*) FROM pg_dist_transaction"), records + 1) << "one worker, two-phase commit";
}

/// Several commit at a rate that leaves no moment without an open commit; one reader follows by number.
class Reader {
  public:
    void take(std::int64_t number) { seen_.push_back(cursor_ = std::max(cursor_, number)); }
    std::int64_t cursor() const { return cursor_; }
    void start_at(std::int64_t number) { cursor_ = number; }
    /// How many of those it never saw.
    std::size_t missed(std::vector<std::int64_t> all) const {
        std::erase_if(all, [this](std::int64_t n) { return std::ranges::binary_search(seen_, n); });
        return all.size();
    }

  private:
    std::int64_t cursor_ = 0;
    std::vector<std::int64_t> seen_;
};

TEST_F(Citus, a_reader_of_events_misses_none) {
    constexpr int writers = 5, units_per_writer = 400;
    const std::int64_t first = fresh_ids();
    const std::string stream = std::to_string(first);
    std::atomic<int> running = writers;
    std::vector<std::jthread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < units_per_writer; ++i) {
                Unit unit;
                for (int k = 0; k < 3; ++k) {
                    DomainEvent e = event(first + w * units_per_writer * 3 + i * 3 + k);
                    e.stream_id = first;
                    unit.insert(std::move(e));
                }
                unit.set_route(static_cast<std::size_t>(w));
                EXPECT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
            }
            --running;
        });
    Reader ours, naive;
    const auto follow = [&] {
        const auto rows = store->list<DomainEvent>(
            {{where<&DomainEvent::sequence_no>(Compare::greater, ours.cursor()), where<&DomainEvent::stream_id>(first)},
             {{member_name<&DomainEvent::sequence_no>}},
             0,
             1000});
        ASSERT_TRUE(rows) << rows.error().internal_detail;
        for (const DomainEvent& e : *rows) ours.take(e.sequence_no);
    };
    threads.emplace_back([&] {
        while (running > 0) follow();
    });
    while (running > 0) {
        const std::string open = column(
            "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::int8 + (SELECT epoch FROM store_epoch)) << 12")[0];
        for (const std::string& n : column("SELECT sequence_no FROM domain_event WHERE sequence_no > $1::int8 AND "
                                           "sequence_no < $2::int8 AND stream_id = $3::int8 ORDER BY 1",
                                           {std::to_string(naive.cursor()), open, stream}))
            naive.take(std::stoll(n));
    }
    threads.clear();
    std::vector<std::int64_t> all;
    for (const std::string& n :
         column("SELECT sequence_no FROM domain_event WHERE stream_id = $1::int8 ORDER BY 1", {stream}))
        all.push_back(std::stoll(n));
    EXPECT_EQ(all.size(), std::size_t{writers} * units_per_writer * 3);
    const auto until = Clock::now() + patience;
    while (ours.cursor() < all.back() && Clock::now() < until) follow();
    EXPECT_EQ(ours.missed(all), 0U);
    fmt::print("of {} rows a reader that trusts the coordinator's snapshot missed {}\n", all.size(), naive.missed(all));
}

/// As a crash between the coordinator's commit and the worker's leaves it: the row is on its way.
TEST_F(Citus, a_commit_that_is_still_open_holds_back_the_horizon_and_who_forbids) {
    const std::int64_t id = fresh_ids();
    const std::string node = column(
        "SELECT format('host=%s port=%s dbname=%s user=%s', nodename, nodeport, current_database(), current_user) "
        "FROM pg_dist_node WHERE groupid > 0 LIMIT 1")[0];
    const auto worker = Connection::open({.url = node, .connect_timeout = patience, .statement_timeout = {}});
    ASSERT_TRUE(worker) << worker.error().internal_detail;
    const auto run = [&](const std::string& sql) {
        EXPECT_TRUE((*worker)->run_script(sql, Clock::now() + patience)) << (*worker)->last_message();
    };
    const std::string name = fmt::format("citus_trial_{}", id);
    run(fmt::format("BEGIN; SELECT pg_current_xact_id(); PREPARE TRANSACTION '{}'", name));
    Unit unit;
    DomainEvent e = event(id);
    e.stream_id = id;
    unit.insert(std::move(e));
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(store->count_of<DomainEvent>(std::array{where<&DomainEvent::stream_id>(id)}), 0)
        << "below it may be more";
    Unit forbids;
    forbids.forbid<core::card::Card>({where<&core::card::Card::card_product_code>("no such product")});
    EXPECT_EQ(store->commit_and_wait(std::move(forbids)).outcome, CommitOutcome::unavailable) << "it cannot tell";
    run(fmt::format("COMMIT PREPARED '{}'", name));
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(store->count_of<DomainEvent>(std::array{where<&DomainEvent::stream_id>(id)}), 1);
    Unit allowed;
    allowed.forbid<core::card::Card>({where<&core::card::Card::card_product_code>("no such product")});
    EXPECT_EQ(store->commit_and_wait(std::move(allowed)).outcome, CommitOutcome::committed);
}

}  // namespace
}  // namespace takas::store::postgres
