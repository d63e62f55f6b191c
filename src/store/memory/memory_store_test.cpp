#include "store/memory/memory_store.hpp"

#include "store/suite/store_suite.hpp"

namespace takas::store::suite {

INSTANTIATE_TEST_SUITE_P(memory, StoreSuite,
                         testing::Values(MakeStore([] { return std::make_unique<memory::MemoryStore>(); })));

}  // namespace takas::store::suite

namespace takas::store::memory {
namespace {

using namespace suite;

TEST(memory_store, settles_only_when_stepped) {
    MemoryStore store({.manual_step = true});
    std::vector<CommitOutcome> outcomes;
    for (std::int64_t id = 1; id <= 4; ++id)
        store.commit(inserting<Sample>({sample(id)}), [&](CommitResult r) { outcomes.push_back(r.outcome); });
    EXPECT_TRUE(outcomes.empty());
    EXPECT_TRUE(store.step());
    EXPECT_TRUE(store.step(Fault::unavailable));
    EXPECT_TRUE(store.step(Fault::unknown_lost));
    EXPECT_TRUE(store.step(Fault::unknown_written));
    EXPECT_FALSE(store.step());
    EXPECT_EQ(outcomes, (std::vector{CommitOutcome::committed, CommitOutcome::unavailable, CommitOutcome::unknown,
                                     CommitOutcome::unknown}));
    const auto rows = store.list<Sample>({});
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ((*rows)[1].sample_id.value, 4);
}

TEST(memory_store, is_unavailable_when_full_or_not_writable) {
    MemoryStore store({.manual_step = true, .max_queued_units = 1});
    std::vector<CommitOutcome> outcomes;
    const auto done = [&](CommitResult r) { outcomes.push_back(r.outcome); };
    store.commit(inserting<Sample>({sample(1)}), done);
    store.commit(inserting<Sample>({sample(2)}), done);
    EXPECT_EQ(outcomes, std::vector{CommitOutcome::unavailable});
    store.set_writable(false);
    store.step();
    EXPECT_EQ(outcomes.back(), CommitOutcome::unavailable);
    EXPECT_EQ(store.count_of<Sample>({}), 0);
}

}  // namespace
}  // namespace takas::store::memory
