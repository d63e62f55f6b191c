// Merged batches mean what their units say one after another: the same outcomes and rows as in the store in memory.
#include "store/postgres/batch.hpp"

#include <gtest/gtest.h>

#include <random>

#include "store/memory/memory_store.hpp"
#include "store/postgres/test_database.hpp"

namespace takas::store::postgres {
namespace {

using namespace suite;

/// Few ids and codes, so that writes of a group meet one another. Only inserts bring codes: an update that swaps codes
/// between rows may succeed as one statement and fail as two.
class RandomUnits {
  public:
    Unit next() {
        Unit unit;
        for (int i = pick(1, 4); i > 0; --i) add_write(unit);
        return unit;
    }

  private:
    int pick(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }
    void add_write(Unit& unit) {
        Sample s = sample(pick(1, 6));
        s.version = pick(1, 3);
        s.order = pick(1, 1000);
        const int guard = pick(1, 3);
        switch (pick(0, 9)) {
            case 0:
            case 1:
            case 2:
                if (pick(0, 3) == 0) s.code = pick(0, 1) == 0 ? "A" : "B";
                unit.insert(s);
                return;
            case 3:
                unit.insert_if_absent(s);
                return;
            case 4:
                unit.update(s);
                return;
            case 5:
                unit.update(s, guard);
                return;
            case 6:
                unit.upsert(s);
                return;
            case 7:
                unit.erase(s);
                return;
            case 8:
                pick(0, 1) == 0 ? unit.require(s) : unit.require(s, guard);
                return;
            default:
                if (pick(0, 9) == 0) unit.forbid<Sample>({where<&Sample::version>(std::int64_t{3})});
                unit.insert(Happening{0, std::to_string(s.order)});
        }
    }
    std::mt19937 random_{20'270'101};
};

TEST(batch, merged_groups_end_like_units_one_by_one) {
    const TestDatabase database;
    auto options = suite_options();
    options.writer_connections = 1;
    const auto store = open_store(database, options);
    memory::MemoryStore model;
    RandomUnits ours, theirs;  // the same units twice: a unit cannot be copied
    int committed = 0, refused = 0;
    for (int round = 0; round < 120; ++round) {
        std::vector<Unit> group;
        for (int i = 0; i < 8; ++i) group.push_back(ours.next());
        const auto results = commit_together(*store, std::move(group));
        for (const CommitResult& got : results) {
            const CommitResult expected = model.commit_and_wait(theirs.next());
            ASSERT_EQ(got.outcome, expected.outcome) << "round " << round;
            EXPECT_EQ(got.table, expected.table);
            EXPECT_EQ(got.write_index, expected.write_index);
            ++(got.outcome == CommitOutcome::committed ? committed : refused);
        }
        ASSERT_TRUE(*store->list<Sample>({}) == *model.list<Sample>({})) << "round " << round;
    }
    EXPECT_GT(committed, 100);
    EXPECT_GT(refused, 100);
    const auto got = store->list<Happening>({}), expected = model.list<Happening>({});
    ASSERT_EQ(got->size(), expected->size());
    for (std::size_t i = 0; i < got->size(); ++i) EXPECT_EQ((*got)[i].body, (*expected)[i].body);
}

}  // namespace
}  // namespace takas::store::postgres
