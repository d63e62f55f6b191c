// What every adapter of the store port must do. Included by one test file of each adapter, which says how one is made.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <thread>

#include "store/suite/query_model.hpp"
#include "store/suite/samples.hpp"

namespace takas::store::suite {

using MakeStore = std::function<std::unique_ptr<Store>()>;

class StoreSuite : public testing::TestWithParam<MakeStore> {
  protected:
    std::unique_ptr<Store> store = GetParam()();

    CommitOutcome commit(Unit unit) { return store->commit_and_wait(std::move(unit)).outcome; }
    std::optional<Sample> find(std::int64_t id) {
        auto found =
            store->find<Sample>({where<&Sample::tenant_id>(TenantId{1}), where<&Sample::sample_id>(EntityId{id})});
        EXPECT_TRUE(found) << found.error().internal_detail;
        return *found;
    }
    std::vector<std::int64_t> ids(const Query& query) {
        auto rows = store->list<Sample>(query);
        EXPECT_TRUE(rows) << rows.error().internal_detail;
        std::vector<std::int64_t> result;
        for (const Sample& s : *rows) result.push_back(s.sample_id.value);
        return result;
    }
};

TEST_P(StoreSuite, gives_back_every_kind_of_value) {
    ASSERT_EQ(commit(inserting<Sample>({full_sample()})), CommitOutcome::committed);
    EXPECT_EQ(find(7), full_sample());
    ASSERT_EQ(commit(inserting<Sample>({sample(8)})), CommitOutcome::committed);
    EXPECT_EQ(find(8), sample(8));
    EXPECT_EQ(find(9), std::nullopt);
}

TEST_P(StoreSuite, inserts_updates_upserts_and_erases) {
    Sample s = sample(1);
    Unit unit = inserting<Sample>({s});
    s.text = "changed";
    unit.update(s);
    ASSERT_EQ(commit(std::move(unit)), CommitOutcome::committed);
    EXPECT_EQ(find(1)->text, "changed");

    Unit again;
    s.text = "ignored";
    again.insert_if_absent(s);
    Sample other = sample(2);
    other.text = "new";
    again.insert_if_absent(other);
    ASSERT_EQ(commit(std::move(again)), CommitOutcome::committed);
    EXPECT_EQ(find(1)->text, "changed");
    EXPECT_EQ(find(2)->text, "new");

    Unit upserts;
    upserts.upsert(s);
    upserts.upsert(sample(3));
    upserts.erase(sample(2));
    ASSERT_EQ(commit(std::move(upserts)), CommitOutcome::committed);
    EXPECT_EQ(find(1)->text, "ignored");
    EXPECT_TRUE(find(3));
    EXPECT_FALSE(find(2));
}

TEST_P(StoreSuite, an_empty_unit_is_committed) { EXPECT_EQ(commit(Unit{}), CommitOutcome::committed); }

TEST_P(StoreSuite, refuses_what_does_not_fit_and_says_where) {
    ASSERT_EQ(commit(inserting<Sample>({sample(1)})), CommitOutcome::committed);
    const CommitResult doubled = store->commit_and_wait(inserting<Sample>({sample(2), sample(3), sample(1)}));
    EXPECT_EQ(doubled.outcome, CommitOutcome::conflict);
    EXPECT_EQ(doubled.table, "sample");
    EXPECT_EQ(doubled.write_index, 2U);
    EXPECT_FALSE(find(2));

    Unit absent;
    absent.insert(sample(4));
    absent.update(sample(99));
    EXPECT_EQ(commit(std::move(absent)), CommitOutcome::conflict);
    Unit gone;
    gone.insert(sample(4));
    gone.erase(sample(99));
    EXPECT_EQ(commit(std::move(gone)), CommitOutcome::conflict);
    EXPECT_FALSE(find(4));
}

TEST_P(StoreSuite, guards_by_version) {
    ASSERT_EQ(commit(inserting<Sample>({sample(1)})), CommitOutcome::committed);
    Sample next = sample(1);
    next.version = 2;
    Unit good;
    good.update(next, 1);
    EXPECT_EQ(commit(std::move(good)), CommitOutcome::committed);
    Unit stale;
    stale.insert(sample(5));
    stale.update(next, 1);
    const CommitResult moved = store->commit_and_wait(std::move(stale));
    EXPECT_EQ(moved.outcome, CommitOutcome::version_moved);
    EXPECT_EQ(moved.write_index, 1U);
    EXPECT_FALSE(find(5));
    Unit missing;
    missing.update(sample(77), 1);
    EXPECT_EQ(commit(std::move(missing)), CommitOutcome::version_moved);
}

TEST_P(StoreSuite, keeps_unique_keys_and_lets_nulls_repeat) {
    Sample a = sample(1), b = sample(2), elsewhere = sample(3, 2);
    a.code = b.code = elsewhere.code = "X";
    ASSERT_EQ(commit(inserting<Sample>({a, elsewhere, sample(10), sample(11)})), CommitOutcome::committed);
    EXPECT_EQ(commit(inserting<Sample>({b})), CommitOutcome::conflict);
    Unit absent;
    absent.insert_if_absent(b);
    EXPECT_EQ(commit(std::move(absent)), CommitOutcome::conflict);
    Unit upsert;
    upsert.upsert(b);
    EXPECT_EQ(commit(std::move(upsert)), CommitOutcome::conflict);

    a.code = "Y";  // frees X in the same unit
    Unit moved;
    moved.update(a);
    moved.insert(b);
    EXPECT_EQ(commit(std::move(moved)), CommitOutcome::committed);
    const auto found = store->find<Sample>({where<&Sample::tenant_id>(TenantId{1}), where<&Sample::code>("X")});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->sample_id.value, 2);
}

TEST_P(StoreSuite, one_bad_unit_does_not_hurt_its_group) {
    ASSERT_EQ(commit(inserting<Sample>({sample(1000)})), CommitOutcome::committed);
    std::vector<Unit> units;
    for (std::int64_t i = 0; i < 51; ++i)
        units.push_back(inserting<Sample>({sample(i * 2), i == 25 ? sample(1000) : sample(i * 2 + 1)}));
    const auto results = commit_together(*store, std::move(units));
    for (std::int64_t i = 0; i < 51; ++i) {
        const auto& result = results[static_cast<std::size_t>(i)];
        EXPECT_EQ(result.outcome, i == 25 ? CommitOutcome::conflict : CommitOutcome::committed) << i;
        EXPECT_EQ(find(i * 2).has_value(), i != 25) << i;
    }
    EXPECT_EQ(results[25].write_index, 1U);
}

TEST_P(StoreSuite, a_later_unit_of_a_group_sees_an_earlier_one) {
    std::vector<Unit> units;
    units.push_back(inserting<Sample>({sample(1)}));
    for (std::int64_t version = 1; version < 20; ++version) {
        Sample s = sample(1);
        s.version = version + 1;
        units.emplace_back().update(s, version);
        units.emplace_back().update(s, version);  // comes too late
    }
    const auto results = commit_together(*store, std::move(units));
    EXPECT_EQ(results[0].outcome, CommitOutcome::committed);
    for (std::size_t i = 1; i < results.size(); ++i)
        EXPECT_EQ(results[i].outcome, i % 2 == 1 ? CommitOutcome::committed : CommitOutcome::version_moved) << i;
    EXPECT_EQ(find(1)->version, 20);
}

TEST_P(StoreSuite, numbers_happenings_in_commit_order) {
    const auto happening = [](std::string body) { return Happening{0, std::move(body)}; };
    Unit refused = inserting<Happening>({happening("lost")});
    refused.update(sample(404));
    std::vector<Unit> units;
    units.push_back(inserting<Happening>({happening("a"), happening("b")}));
    units.push_back(std::move(refused));
    units.push_back(inserting<Happening>({happening("c")}));
    commit_together(*store, std::move(units));
    auto rows = store->list<Happening>({});
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 3U);
    std::int64_t last = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_GT((*rows)[i].sequence_no, last);
        EXPECT_EQ((*rows)[i].body, std::string(1, static_cast<char>('a' + i)));
        last = (*rows)[i].sequence_no;
    }
    const std::int64_t second = (*rows)[1].sequence_no;
    Unit erase;
    erase.erase(Happening{last, ""});
    erase.insert(happening("d"));
    ASSERT_EQ(commit(std::move(erase)), CommitOutcome::committed);
    rows = store->list<Happening>({{where<&Happening::sequence_no>(Compare::greater, second)}, {}, 0, 10});
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_GT(rows->front().sequence_no, last) << "a number is never given twice";
    EXPECT_LT(rows->front().sequence_no, std::int64_t{1} << 53) << "JSON clients read it";

    Unit update;
    update.update(Happening{second, "rewritten"});
    EXPECT_EQ(commit(std::move(update)), CommitOutcome::conflict) << "append only";
}

TEST_P(StoreSuite, a_reader_of_numbers_misses_nothing) {
    constexpr int threads = 4, per_thread = 100;
    std::atomic<bool> writing = true;
    std::vector<std::int64_t> seen;
    std::thread reader([&] {
        for (bool last_round = false; !last_round;) {
            last_round = !writing;
            const std::int64_t position = seen.empty() ? 0 : seen.back();
            const auto rows =
                store->list<Happening>({{where<&Happening::sequence_no>(Compare::greater, position)}, {}, 0, 1000});
            ASSERT_TRUE(rows);
            for (const Happening& h : *rows) seen.push_back(h.sequence_no);
        }
    });
    std::vector<std::thread> pool;
    for (std::size_t t = 0; t < threads; ++t)
        pool.emplace_back([&, t] {
            for (int i = 0; i < per_thread; ++i) {
                Unit unit = inserting<Happening>({{0, "x"}, {0, "y"}});
                unit.set_route(t);
                EXPECT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
            }
        });
    for (auto& t : pool) t.join();
    writing = false;
    reader.join();
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(threads * per_thread * 2));
}

TEST_P(StoreSuite, requires_rows_it_only_read) {
    ASSERT_EQ(commit(inserting<Sample>({sample(1)})), CommitOutcome::committed);
    const auto with = [](std::int64_t id, auto... requirement) {
        Unit unit;
        unit.require(requirement...);
        unit.insert(sample(id));
        return unit;
    };
    EXPECT_EQ(commit(with(2, sample(1))), CommitOutcome::committed);
    EXPECT_EQ(commit(with(3, sample(1), 1)), CommitOutcome::committed);
    const CommitResult moved = store->commit_and_wait(with(4, sample(1), 2));
    EXPECT_EQ(moved.outcome, CommitOutcome::version_moved);
    EXPECT_EQ(moved.table, "sample");
    EXPECT_EQ(moved.write_index, 0U);
    EXPECT_EQ(commit(with(5, sample(404))), CommitOutcome::version_moved);
    EXPECT_FALSE(find(4));
    EXPECT_FALSE(find(5));

    Unit erased_before;
    erased_before.erase(sample(2));
    erased_before.require(sample(2));
    EXPECT_EQ(commit(std::move(erased_before)), CommitOutcome::version_moved);
    EXPECT_TRUE(find(2));
}

TEST_P(StoreSuite, forbids_rows_that_meet_conditions) {
    Sample taken = sample(1);
    taken.order = 7;
    ASSERT_EQ(commit(inserting<Sample>({taken})), CommitOutcome::committed);
    const auto forbidding = [](std::int64_t id, std::int64_t order) {
        Unit unit = inserting<Sample>({sample(id)});
        unit.forbid<Sample>({where<&Sample::tenant_id>(TenantId{1}), where<&Sample::order>(order)});
        return unit;
    };
    EXPECT_EQ(commit(forbidding(2, 8)), CommitOutcome::committed);
    const CommitResult refused = store->commit_and_wait(forbidding(3, 7));
    EXPECT_EQ(refused.outcome, CommitOutcome::conflict);
    EXPECT_EQ(refused.write_index, 1U);
    EXPECT_FALSE(find(3));
}

/// One side erases a parent and forbids children, the other adds a child and requires the parent: one of them wins.
TEST_P(StoreSuite, no_child_is_left_without_its_parent) {
    for (std::int64_t parent = 1; parent <= 40; ++parent) {
        ASSERT_EQ(commit(inserting<Sample>({sample(parent)})), CommitOutcome::committed);
        Unit erase;
        erase.erase(sample(parent));
        erase.forbid<Sample>({where<&Sample::tenant_id>(TenantId{2}), where<&Sample::order>(parent)});
        Sample child = sample(parent, 2);
        child.order = parent;
        Unit add = inserting<Sample>({child});
        add.require(sample(parent));
        erase.set_route(1), add.set_route(2);
        std::vector<Unit> units;
        units.push_back(std::move(parent % 2 == 0 ? erase : add));
        units.push_back(std::move(parent % 2 == 0 ? add : erase));
        const auto results = commit_together(*store, std::move(units));
        EXPECT_NE(results[0].outcome == CommitOutcome::committed, results[1].outcome == CommitOutcome::committed);
        const auto child_left =
            store->count_of<Sample>(std::vector{where<&Sample::tenant_id>(TenantId{2}), where<&Sample::order>(parent)});
        EXPECT_EQ(find(parent).has_value(), *child_left == 1) << parent;
    }
}

TEST_P(StoreSuite, refuses_senseless_queries) {
    const auto refused = [&](Query q) { return !store->list<Sample>(q).has_value(); };
    EXPECT_TRUE(refused({{{"no_such", Compare::equal, std::int64_t{1}}}, {}, 0, 10}));
    EXPECT_TRUE(refused({{{"text", Compare::equal, std::int64_t{1}}}, {}, 0, 10}));
    EXPECT_TRUE(refused({{{"order", Compare::contains, std::string("1")}}, {}, 0, 10}));
    EXPECT_TRUE(refused({{{"leaves", Compare::equal, std::string("[]")}}, {}, 0, 10}));
    EXPECT_TRUE(refused({{}, {{"labels", false}}, 0, 10}));
    EXPECT_FALSE(refused({{{"text", Compare::equal, {}}}, {}, 0, 10}));
}

TEST_P(StoreSuite, stops_a_scan_when_told_to) {
    ASSERT_EQ(commit(inserting<Sample>({sample(1), sample(2), sample(3)})), CommitOutcome::committed);
    int seen = 0;
    Sample row;
    ASSERT_TRUE(
        store->scan(table_of<Sample>(), {}, {[&]() -> void* { return row = {}, &row; }, [&] { return ++seen < 2; }}));
    EXPECT_EQ(seen, 2);
    EXPECT_EQ(row.sample_id.value, 2);
}

TEST_P(StoreSuite, serves_eight_threads_at_once) {
    constexpr std::int64_t threads = 8, per_thread = 60;
    std::atomic<int> committed = 0, conflicts = 0;
    const auto work = [&](std::int64_t t) {
        for (std::int64_t i = 0; i < per_thread; ++i) {
            Unit unit = inserting<Sample>({sample(t * 1000 + i)});
            unit.insert(Happening{0, "x"});
            if (i % 10 == 9) unit.insert(sample(i, 9));  // only one thread can have it
            const auto outcome = store->commit_and_wait(std::move(unit)).outcome;
            ++(outcome == CommitOutcome::committed ? committed : conflicts);
            if (outcome == CommitOutcome::committed) {
                EXPECT_TRUE(find(t * 1000 + i));  // what was acknowledged is seen
            }
        }
    };
    std::vector<std::thread> pool;
    for (std::int64_t t = 0; t < threads; ++t) pool.emplace_back(work, t);
    for (auto& t : pool) t.join();
    EXPECT_EQ(conflicts, (threads - 1) * per_thread / 10);
    auto events = store->list<Happening>({});
    ASSERT_EQ(events->size(), static_cast<std::size_t>(committed.load()));
    std::set<std::int64_t> numbers;
    for (const Happening& h : *events) numbers.insert(h.sequence_no);
    EXPECT_EQ(numbers.size(), events->size());
}

TEST_P(StoreSuite, queries_like_the_model) {
    std::int64_t tenant = 100;
    const auto property = [&] {
        ++tenant;  // fresh rows for each run, in the same store
        std::vector<ModelRow> rows;
        std::set<std::string> codes;
        Unit unit;
        for (std::int64_t id = 1; id <= 12; ++id) {
            Sample s = sample(id, tenant);
            s.order = *rc::gen::inRange<std::int64_t>(-2, 3);
            if (*rc::gen::arbitrary<bool>()) s.height = *rc::gen::inRange<std::int64_t>(-2, 3);
            s.text = some_text();
            if (std::string code = some_text(); codes.insert(code).second) s.code = code;
            rows.push_back({id, s.order, s.height, s.code, s.text});
            unit.insert(s);
        }
        RC_ASSERT(store->commit_and_wait(std::move(unit)).outcome == CommitOutcome::committed);
        for (int i = 0; i < 8; ++i) {
            Query query = some_query();
            const auto expected = model_query(rows, query);
            auto all = query;
            all.skip = 0, all.limit = 100, all.order.clear();
            query.conditions.push_back(where<&Sample::tenant_id>(TenantId{tenant}));
            RC_ASSERT(ids(query) == expected);
            auto counted = store->count_of<Sample>(query.conditions);
            RC_ASSERT(counted && *counted == std::ssize(model_query(rows, all)));
        }
    };
    rc::detail::checkGTest(property);
}

}  // namespace takas::store::suite
