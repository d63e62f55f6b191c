#include "app/lane/lanes.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "core/ledger/book.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::lane {
namespace {

using core::ledger::CardAccount;
using core::ledger::LedgerEntry;
using ports::CommitOutcome;
using ports::where;

constexpr TenantId tenant{2};

/// Passes everything on, except that the next commits can be made to fail.
class FaultyStore final : public ports::Store {
  public:
    explicit FaultyStore(ports::Store& inner) : inner_(inner) {}
    void commit(ports::Unit unit, Done done) override {
        if (fail_next > 0) {
            --fail_next;
            done({failure, {}, 0});
            return;
        }
        inner_.commit(std::move(unit), std::move(done));
    }
    Result<void> scan(const ports::Table& t, const ports::Query& q, const Sink& s) override {
        return inner_.scan(t, q, s);
    }
    Result<std::int64_t> count(const ports::Table& t, std::span<const ports::Condition> c,
                               std::int64_t at_most) override {
        return inner_.count(t, c, at_most);
    }
    bool writable() const override { return true; }

    std::atomic<int> fail_next = 0;
    CommitOutcome failure = CommitOutcome::unavailable;

  private:
    ports::Store& inner_;
};

class LaneTest : public ::testing::Test {
  protected:
    LaneTest() {
        for (std::int64_t id = 1; id <= 3; ++id) {
            CardAccount account;
            account.tenant_id = tenant;
            account.account_id = {id};
            account.currency = {949};
            ports::Unit unit;
            unit.insert(account);
            EXPECT_EQ(memory->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
        }
    }

    static void post(Work& work, std::int64_t amount) {
        auto entry = core::ledger::post(work.account(), core::ledger::ContraAccount::funding, amount, {{1}, {}, {}});
        work.touch();
        work.insert(std::move(entry));
    }

    CardAccount stored(std::int64_t id) {
        return **memory->find<CardAccount>({where<&CardAccount::account_id>(AccountId{id})});
    }
    std::int64_t entries(std::int64_t id) {
        const ports::Condition by_account[] = {where<&LedgerEntry::account_id>(AccountId{id})};
        return *memory->count_of<LedgerEntry>(by_account);
    }

    std::unique_ptr<ports::Store> memory = std::make_unique<store::memory::MemoryStore>();
    FaultyStore store{*memory};
};

TEST_F(LaneTest, many_commands_on_one_account_lose_nothing) {
    Lanes lanes(store, 2, {});
    std::atomic<int> committed = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 500; ++i)
                    lanes.submit({{1 + i % 2},
                                  tenant,
                                  [](Work& w) { post(w, 1); },
                                  [&](CommitOutcome o) { committed += o == CommitOutcome::committed; }});
            });
    }
    while (committed < 2000) std::this_thread::yield();
    EXPECT_EQ(stored(1).posted_minor + stored(2).posted_minor, 2000);
    EXPECT_EQ(stored(1).entry_no, entries(1));
    EXPECT_LT(lanes.statistics().batches, 2000U);
}

TEST_F(LaneTest, what_could_not_be_written_did_not_happen) {
    Lanes lanes(store, 1, {});
    store.fail_next = 1;
    EXPECT_EQ(lanes.run({1}, tenant, [](Work& w) { post(w, 100); }), CommitOutcome::unavailable);
    EXPECT_EQ(lanes.run({1}, tenant, [](Work& w) { post(w, 1); }), CommitOutcome::committed);
    EXPECT_EQ(stored(1).posted_minor, 1);
    EXPECT_EQ(stored(1).entry_no, 1);
}

TEST_F(LaneTest, a_change_by_another_server_is_noticed_and_decided_again) {
    Lanes here(store, 1, {}), there(*memory, 1, {});
    EXPECT_EQ(here.run({1}, tenant, [](Work& w) { post(w, 1); }), CommitOutcome::committed);
    EXPECT_EQ(there.run({1}, tenant, [](Work& w) { post(w, 10); }), CommitOutcome::committed);
    int attempts = 0;
    const auto outcome = here.run({1}, tenant, [&](Work& w) {
        ++attempts;
        post(w, 100);
    });
    EXPECT_EQ(outcome, CommitOutcome::committed);
    EXPECT_EQ(attempts, 2);
    EXPECT_EQ(stored(1).posted_minor, 111);
}

/// A decline: it is recorded, the account stays as it is.
void note(Work& w) {
    core::event::DomainEvent event;
    event.tenant_id = tenant;
    w.insert(event);
}

TEST_F(LaneTest, a_decision_that_changes_no_account_stands_on_its_newest_state) {
    Lanes here(store, 1, {}), there(*memory, 1, {});
    std::vector<std::int64_t> seen;
    const auto look = [&] {
        return here.run({1}, tenant, [&](Work& w) {
            seen.push_back(w.account().posted_minor);
            note(w);
        });
    };
    here.guard_reads(true);
    EXPECT_EQ(look(), CommitOutcome::committed);
    EXPECT_EQ(there.run({1}, tenant, [](Work& w) { post(w, 10); }), CommitOutcome::committed);
    EXPECT_EQ(look(), CommitOutcome::committed);
    EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 0, 10}));
}

TEST_F(LaneTest, what_others_may_have_changed_is_not_believed_when_they_are_gone) {
    Lanes here(store, 1, {}), there(*memory, 1, {});
    here.guard_reads(true);
    EXPECT_EQ(here.run({1}, tenant, [](Work& w) { note(w); }), CommitOutcome::committed);
    EXPECT_EQ(there.run({1}, tenant, [](Work& w) { post(w, 10); }), CommitOutcome::committed);
    here.guard_reads(false);
    std::int64_t seen = 0;
    EXPECT_EQ(here.run({1}, tenant, [&](Work& w) { seen = w.account().posted_minor; }), CommitOutcome::committed);
    EXPECT_EQ(seen, 10);
}

TEST_F(LaneTest, reads_and_changes_of_one_account_share_a_batch) {
    Lanes lanes(store, 1, {});
    lanes.guard_reads(true);
    std::atomic<int> committed = 0;
    constexpr int each = 300;
    for (int i = 0; i < each; ++i) {
        lanes.submit({{1},
                      tenant,
                      [](Work& w) { note(w); },
                      [&](CommitOutcome o) { committed += o == CommitOutcome::committed; }});
        lanes.submit({{1},
                      tenant,
                      [](Work& w) { post(w, 1); },
                      [&](CommitOutcome o) { committed += o == CommitOutcome::committed; }});
    }
    while (committed < 2 * each) std::this_thread::yield();
    EXPECT_EQ(stored(1).posted_minor, each);
    EXPECT_EQ(lanes.statistics().retried, 0U);
}

TEST_F(LaneTest, two_servers_on_one_account_lose_nothing) {
    Lanes here(*memory, 1, {}), there(*memory, 1, {});
    std::atomic<int> committed = 0, finished = 0;
    constexpr int each = 300;
    for (int i = 0; i < each; ++i)
        for (Lanes* lanes : {&here, &there})
            lanes->submit({{1},
                           tenant,
                           [](Work& w) { post(w, 1); },
                           [&](CommitOutcome o) {
                               committed += o == CommitOutcome::committed;
                               ++finished;
                           }});
    while (finished < 2 * each) std::this_thread::yield();
    EXPECT_EQ(stored(1).posted_minor, committed);
    EXPECT_EQ(entries(1), committed);
}

TEST_F(LaneTest, an_unknown_outcome_is_told_as_unknown) {
    Lanes lanes(store, 1, {});
    store.failure = CommitOutcome::unknown;
    store.fail_next = 1;
    EXPECT_EQ(lanes.run({1}, tenant, [](Work& w) { post(w, 1); }), CommitOutcome::unknown);
    EXPECT_EQ(lanes.run({1}, tenant, [](Work& w) { post(w, 1); }), CommitOutcome::committed);
    EXPECT_EQ(stored(1).posted_minor, 1);
}

TEST_F(LaneTest, a_full_queue_refuses_at_once) {
    Lanes lanes(store, 1, {.batch_max = 1, .queue_max = 2});
    std::atomic<int> refused = 0, finished = 0;
    for (int i = 0; i < 200; ++i)
        lanes.submit({{1},
                      tenant,
                      [](Work& w) { post(w, 1); },
                      [&](CommitOutcome o) {
                          refused += o == CommitOutcome::unavailable;
                          ++finished;
                      }});
    while (finished < 200) std::this_thread::yield();
    EXPECT_GT(refused, 0);
    EXPECT_EQ(stored(1).posted_minor, 200 - refused);
}

TEST_F(LaneTest, forgotten_accounts_are_read_again) {
    Lanes lanes(store, 1, {.accounts_max = 1});
    for (int round = 0; round < 3; ++round)
        for (std::int64_t id = 1; id <= 3; ++id)
            EXPECT_EQ(lanes.run({id}, tenant, [](Work& w) { post(w, 5); }), CommitOutcome::committed);
    EXPECT_EQ(stored(3).posted_minor, 15);
}

TEST_F(LaneTest, an_account_that_appears_later_is_found) {
    Lanes lanes(store, 1, {});
    bool existed = true;
    lanes.run({9}, tenant, [&](Work& w) { existed = w.aggregate().exists; });
    EXPECT_FALSE(existed);
    CardAccount account;
    account.tenant_id = tenant;
    account.account_id = {9};
    ports::Unit unit;
    unit.insert(account);
    memory->commit_and_wait(std::move(unit));
    lanes.run({9}, tenant, [&](Work& w) { existed = w.aggregate().exists; });
    EXPECT_TRUE(existed);
}

TEST_F(LaneTest, looking_shows_what_is_ahead_of_the_store) {
    Lanes lanes(store, 1, {});
    std::int64_t seen = -1;
    const auto look = [&](Work& w) { seen = w.account().posted_minor; };
    EXPECT_EQ(lanes.run({1}, tenant, [](Work& w) { post(w, 7); }), CommitOutcome::committed);
    EXPECT_TRUE(lanes.look({1}, tenant, look));
    EXPECT_EQ(seen, 7);
    EXPECT_EQ(lanes.statistics().commands, 1U);
}

TEST_F(LaneTest, looking_shows_what_other_servers_did_to_who_asks_for_it) {
    Lanes here(store, 1, {}), there(*memory, 1, {});
    here.guard_reads(true);
    std::int64_t seen = -1;
    const auto look = [&](Work& w) { seen = w.account().posted_minor; };
    EXPECT_TRUE(here.look({1}, tenant, look));
    EXPECT_EQ(there.run({1}, tenant, [](Work& w) { post(w, 7); }), CommitOutcome::committed);
    EXPECT_TRUE(here.look({1}, tenant, look));
    EXPECT_EQ(seen, 0);
    EXPECT_TRUE(here.look({1}, tenant, look, Sight::of_all));
    EXPECT_EQ(seen, 7);
}

TEST_F(LaneTest, what_a_cards_secrets_are_checked_against_is_kept_with_its_account) {
    using core::card::CardSecurity;
    static constexpr TokenId token{70};
    const auto add_try = [](Work& w) {
        auto security = w.security(token);
        ASSERT_TRUE(security);
        ++security->pin_try_count;
        w.update(std::move(*security));
    };
    const auto stored_tries = [&]() -> int {
        const auto row = memory->find<CardSecurity>({where<&CardSecurity::token_id>(token)});
        return *row ? (*row)->pin_try_count : -1;
    };
    Lanes here(store, 1, {}), there(*memory, 1, {});
    EXPECT_TRUE(here.look({1}, tenant, [](Work& w) { EXPECT_EQ(w.security(token)->account_id, AccountId{1}); }));
    EXPECT_EQ(stored_tries(), -1) << "looking writes nothing";
    store.fail_next = 1;
    EXPECT_EQ(here.run({1}, tenant, add_try), CommitOutcome::unavailable);
    EXPECT_EQ(here.run({1}, tenant, add_try), CommitOutcome::committed);
    EXPECT_EQ(stored_tries(), 1) << "what could not be written is not counted";
    EXPECT_EQ(there.run({1}, tenant, add_try), CommitOutcome::committed);
    EXPECT_EQ(here.run({1}, tenant, add_try), CommitOutcome::committed) << "decided again on what the other stored";
    EXPECT_EQ(stored_tries(), 3);
    EXPECT_EQ(stored(1).version, 4);
}

TEST_F(LaneTest, a_chips_counter_moves_with_the_account_and_is_used_once) {
    using core::card::CardSecurity;
    static constexpr TokenId token{70};
    const auto use = [](std::int32_t atc, bool* was_fresh) {
        return [atc, was_fresh](Work& w) {
            auto security = w.security(token);
            ASSERT_TRUE(security);
            *was_fresh = core::card::check_atc(*security, atc) == core::card::AtcVerdict::fresh;
            if (*was_fresh) security->last_atc = atc;
            w.update(std::move(*security));
        };
    };
    const auto row = [&] { return *memory->find<CardSecurity>({where<&CardSecurity::token_id>(token)}); };
    Lanes here(store, 1, {}), there(*memory, 1, {});
    bool is_fresh = false;
    EXPECT_EQ(here.run({1}, tenant, use(7, &is_fresh)), CommitOutcome::committed);
    EXPECT_TRUE(is_fresh);
    EXPECT_EQ(stored(1).chip_counters, "70:7");
    EXPECT_FALSE(row()) << "a counter needs no row of its own";
    EXPECT_EQ(there.run({1}, tenant, use(7, &is_fresh)), CommitOutcome::committed);
    EXPECT_FALSE(is_fresh) << "another server reads it";
    EXPECT_EQ(there.run({1}, tenant, use(8, &is_fresh)), CommitOutcome::committed);
    EXPECT_EQ(here.run({1}, tenant, use(8, &is_fresh)), CommitOutcome::committed);
    EXPECT_FALSE(is_fresh) << "decided again on what the other server stored";
    store.fail_next = 1;
    EXPECT_EQ(here.run({1}, tenant, use(9, &is_fresh)), CommitOutcome::unavailable);
    EXPECT_EQ(here.run({1}, tenant, use(9, &is_fresh)), CommitOutcome::committed);
    EXPECT_TRUE(is_fresh) << "what was not written was not used";
    const auto forget = [](Work& w) {
        auto security = w.security(token);
        security->last_atc = -1;
        w.update(std::move(*security));
    };
    EXPECT_EQ(here.run({1}, tenant, forget), CommitOutcome::committed);
    EXPECT_EQ(stored(1).chip_counters, "");
    Lanes afresh(*memory, 1, {});
    EXPECT_EQ(afresh.run({1}, tenant, use(3, &is_fresh)), CommitOutcome::committed);
    EXPECT_TRUE(is_fresh) << "forgotten means any";
}

}  // namespace
}  // namespace takas::app::lane
