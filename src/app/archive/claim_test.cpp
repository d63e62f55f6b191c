#include "app/archive/claim.hpp"

#include "app/archive/archive_world_test.hpp"

namespace takas::app::archive {
namespace {

using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;

/// A store in which something happens before the n-th commit.
struct InterruptedStore final : ports::Store {
    InterruptedStore(ports::Store& behind, int before_commit, std::function<void()> happens)
        : behind_(behind), commits_left_(before_commit), happens_(std::move(happens)) {}
    void commit(ports::Unit unit, Done done) override {
        if (commits_left_-- == 0) happens_();
        behind_.commit(std::move(unit), std::move(done));
    }
    Result<void> scan(const ports::Table& table, const ports::Query& query, const Sink& sink) override {
        return behind_.scan(table, query, sink);
    }
    Result<std::int64_t> count(const ports::Table& table, std::span<const ports::Condition> conditions,
                               std::int64_t at_most) override {
        return behind_.count(table, conditions, at_most);
    }
    bool writable() const override { return true; }
    bool has_happened() const { return commits_left_ < 0; }

  private:
    ports::Store& behind_;
    int commits_left_;
    std::function<void()> happens_;
};

TEST(Claim, one_run_has_it_until_it_ends_or_is_taken_for_dead) {
    Year year(1);
    auto first = Claim::take(year.store, year.clock);
    ASSERT_TRUE(first);
    EXPECT_EQ(Claim::take(year.store, year.clock).error().code, ErrorCode::concurrent_change);
    year.clock.time = year.clock.time.plus_seconds(claim_life_s - 1);
    EXPECT_TRUE((*first)->keep());  // renewed: its age is 0 again
    year.clock.time = year.clock.time.plus_seconds(claim_life_s - 1);
    EXPECT_FALSE(Claim::take(year.store, year.clock));
    year.clock.time = year.clock.time.plus_seconds(1);
    auto second = Claim::take(year.store, year.clock);
    ASSERT_TRUE(second);
    EXPECT_FALSE((*first)->renew());
    first->reset();  // gives nothing back that is not its own
    EXPECT_TRUE((*second)->renew());
    second->reset();
    EXPECT_TRUE(Claim::take(year.store, year.clock));
}

TEST(Claim, a_clock_that_is_years_ahead_does_not_lock_the_archive) {
    Year year(1);
    year.clock.time = begin_of({2061, 1});
    const auto ahead = Claim::take(year.store, year.clock);
    year.clock.time = begin_of({2031, 12});
    EXPECT_TRUE(Claim::take(year.store, year.clock));
}

TEST(Claim, a_second_run_writes_nothing_whatever_its_folder) {
    Year year(4);
    MemoryArchive other;
    const auto claim = Claim::take(year.store, year.clock);
    ASSERT_TRUE(claim);
    const auto refused = archive_before(year.store, other, year.clock, begin_of({2031, 3}));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().internal_detail.find("another run"), std::string::npos);
    EXPECT_TRUE(other.published.empty());
    EXPECT_FALSE(other.is_locked);
    EXPECT_EQ(year.count(LedgerCarry{}), 0);
    year.files.is_locked = true;  // by a run on another store
    EXPECT_FALSE(archive_before(year.store, year.files, year.clock, begin_of({2031, 3})));
}

/// A whole run into another folder while the first one sleeps, at every commit of the first.
TEST(Claim, a_run_that_was_overtaken_anywhere_removes_nothing_more) {
    bool was_reached = true;
    for (int commit = 2; was_reached && commit < 100; ++commit) {
        Year year(4);
        MemoryArchive other;
        std::int64_t entries = 0;
        InterruptedStore store(year.store, commit, [&] {
            year.clock.time = year.clock.time.plus_seconds(claim_life_s);
            other.published = year.files.published;
            const auto done = archive_before(year.store, other, year.clock, begin_of({2031, 3}));
            ASSERT_TRUE(done) << done.error().internal_detail;
            entries = year.count(LedgerEntry{});
        });
        const auto first = archive_before(store, year.files, year.clock, begin_of({2031, 3}));
        was_reached = store.has_happened();
        if (!was_reached) break;
        EXPECT_EQ(year.count(LedgerEntry{}), entries) << commit;
        const auto report = verify::verify(year.store, {}, {}, &other);
        ASSERT_TRUE(report);
        EXPECT_TRUE(report->sound()) << commit << to_text(*report);
        EXPECT_EQ(other.published.size(), 2U) << commit;
    }
    EXPECT_FALSE(was_reached) << "every commit was tried";
}

TEST(Archive, files_that_cannot_be_read_back_as_they_were_written_remove_nothing) {
    const std::function<void(MemoryArchive::Files&)> damages[] = {
        [](auto& f) {
            f["ledger_entry.ndjson"].resize(f["ledger_entry.ndjson"].rfind('\n', f["ledger_entry.ndjson"].size() - 2) +
                                            1);
        },
        [](auto& f) { f["card_transaction.ndjson"][30] ^= 1; },
        [](auto& f) { f["account.ndjson"].clear(); },
        [](auto& f) { f.erase("domain_event.ndjson"); },
    };
    for (const auto& damage : damages) {
        Year year(4);
        const auto entries = year.count(LedgerEntry{});
        year.files.tamper = damage;
        EXPECT_FALSE(archive_before(year.store, year.files, year.clock, begin_of({2031, 3})));
        EXPECT_EQ(year.count(LedgerEntry{}), entries);
        EXPECT_EQ(year.count(LedgerCarry{}), 0);
        EXPECT_EQ(read_state(year.store)->archived_before, Instant{});
    }
}

/// What the store got between the writing and the removal is in no file.
TEST(Archive, a_row_that_the_files_do_not_have_stops_the_removal) {
    Year year(4);
    year.files.tamper = [&](MemoryArchive::Files&) {
        ports::Unit unit;
        auto entry = year.store.list<LedgerEntry>({{}, {}, 0, 1'000})->back();
        entry.entry_no += 1;
        entry.booked_at = begin_of({2031, 1});
        unit.insert(std::move(entry));
        year.commit(std::move(unit));
    };
    const auto done = archive_before(year.store, year.files, year.clock, begin_of({2031, 2}));
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().internal_detail.find("the store has"), std::string::npos) << done.error().internal_detail;
    EXPECT_EQ(year.count(LedgerCarry{}), 0);
}

}  // namespace
}  // namespace takas::app::archive
