#include "app/archive/archive.hpp"

#include <fmt/format.h>

#include "app/archive/archive_world_test.hpp"
#include "app/archive/claim.hpp"
#include "app/archive/event_retention.hpp"

namespace takas::app::archive {
namespace {

using namespace core::authorization;
using core::event::DomainEvent;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;
using core::webhook::DeliveryState;
using core::webhook::FanOutCursor;
using core::webhook::Webhook;
using core::webhook::WebhookDelivery;
using ports::where;

constexpr std::int64_t day_s = Year::day_s;

TEST(Archive, whole_months_leave_the_store_and_the_books_stay_sound) {
    Year year;
    const auto before = year.stored_account();
    const auto entries = year.count(LedgerEntry{}), all = year.count(CardTransaction{});
    const Archived done = year.archive("2031-04-15T00:00:00Z");
    EXPECT_EQ(done.months, 3);
    EXPECT_EQ(done.obstacle, "");
    EXPECT_EQ(done.transactions, all / 2);
    EXPECT_EQ(done.entries, entries / 2);
    EXPECT_EQ(year.count(CardTransaction{}), all / 2);
    EXPECT_EQ(year.count(LedgerEntry{}), entries / 2);
    EXPECT_EQ(year.count(LedgerCarry{}), 1);
    EXPECT_EQ(year.stored_account().posted_minor, before.posted_minor);
    EXPECT_EQ(year.files.published.size(), 3U);
    year.expect_sound();
    const auto report = year.report();
    EXPECT_EQ(report.archives, 3);
    EXPECT_EQ(report.archived_entries, done.entries);
    EXPECT_EQ(report.archived_kept, 0);
    std::int64_t sum = 0;
    for (const auto& total : report.totals) sum += total.total_minor;
    EXPECT_EQ(sum, 0);
    EXPECT_NE(to_text(report).find("Archived"), std::string::npos);
}

TEST(Archive, goes_on_where_it_was_and_does_nothing_twice) {
    Year year;
    EXPECT_EQ(year.archive("2031-03-01").months, 2);
    EXPECT_EQ(year.archive("2031-03-01").months, 0);
    EXPECT_EQ(year.archive("2031-05-01").months, 2);
    year.clock.time = begin_of({2031, 12}).plus_seconds(day_s);
    year.fund(5'000, "later");
    year.purchase(10);
    year.expect_sound();
    EXPECT_EQ(year.files.published.size(), 4U);
}

TEST(Archive, a_transaction_that_is_archived_is_not_found_and_its_message_is_new) {
    Year year;
    year.archive("2031-03-01");
    std::promise<ErrorCode> promise;
    year.authorizer.reverse(
        Year::tenant, year.first_purchase, {ReversalType::void_transaction, {}, year.clock.now()},
        [&](Result<authorize::Answer> a) { promise.set_value(a ? ErrorCode::internal : a.error().code); });
    EXPECT_EQ(promise.get_future().get(), ErrorCode::transaction_not_found);
    const auto refund = year.linked(TransactionCode::refund, 10, year.last_purchase);
    EXPECT_NE(refund.transaction.result, TransactionResult::declined);
    year.expect_sound();
    // A load is recognised for ever.
    auto context = year.context();
    const auto again = funding::fund(context, Year::account, {{}, 10'000, Year::lira, "load 0", "test"});
    EXPECT_FALSE(again && !again->is_replay);
    year.expect_sound();
}

TEST(Archive, every_place_where_it_can_be_cut_short_is_gone_on_from) {
    for (int writes = 0; writes < 12; ++writes) {
        Year year(4);
        year.files.writes_left = writes;
        (void)archive_before(year.store, year.files, year.clock, begin_of({2031, 3}));
        year.expect_sound();
        year.files.writes_left = -1;
        year.archive("2031-03-01");
        EXPECT_EQ(year.files.published.size(), 2U) << writes;
        year.expect_sound();
    }
}

/// A store that stops taking writes after some.
struct FailingStore final : ports::Store {
    FailingStore(ports::Store& behind, int commits) : behind_(behind), commits_left_(commits) {}
    void commit(ports::Unit unit, Done done) override {
        if (commits_left_-- > 0) return behind_.commit(std::move(unit), std::move(done));
        done({ports::CommitOutcome::unavailable, {}, 0});
    }
    Result<void> scan(const ports::Table& table, const ports::Query& query, const Sink& sink) override {
        return behind_.scan(table, query, sink);
    }
    Result<std::int64_t> count(const ports::Table& table, std::span<const ports::Condition> conditions,
                               std::int64_t at_most) override {
        return behind_.count(table, conditions, at_most);
    }
    bool writable() const override { return true; }

  private:
    ports::Store& behind_;
    int commits_left_;
};

TEST(Archive, a_store_that_fails_at_any_commit_is_sound_and_the_next_run_finishes) {
    for (int commits = 0; commits < 24; ++commits) {
        Year year(4);
        FailingStore failing(year.store, commits);
        (void)archive_before(failing, year.files, year.clock, begin_of({2031, 3}));
        year.expect_sound();
        year.clock.time = year.clock.time.plus_seconds(claim_life_s);  // its claim could not be given back
        year.archive("2031-03-01");
        EXPECT_EQ(year.files.published.size(), 2U) << commits;
        year.expect_sound();
        EXPECT_EQ(year.report().archived_kept, 0);
    }
}

TEST(Archive, says_why_a_month_stays) {
    Year young;
    young.clock.time = begin_of({2031, 6});
    const auto done = young.archive("2031-06-01");
    EXPECT_EQ(done.months, 1) << "the others ended less than 120 days ago";
    EXPECT_NE(done.obstacle.find("2031-02: it ended less than 120 days ago"), std::string::npos) << done.obstacle;

    Year holding;
    holding.clock.time = begin_of({2031, 7});
    const auto held = holding.purchase(5).transaction.transaction_id;
    holding.clock.time = begin_of({2032, 6});
    const auto stopped = holding.archive("2032-02-01");
    EXPECT_EQ(stopped.months, 6);
    EXPECT_NE(stopped.obstacle.find(fmt::format("transaction {} of account", held.value)), std::string::npos);
    holding.expect_sound();
}

struct Subscribed : Year {
    Subscribed() {
        ports::Unit unit;
        Webhook webhook;
        webhook.tenant_id = tenant, webhook.id = EntityId{5}, webhook.event_names = {"*"};
        unit.insert(webhook);
        FanOutCursor cursor;
        cursor.sequence_no = std::numeric_limits<std::int64_t>::max();
        unit.insert(cursor);
        commit(std::move(unit));
    }
    WebhookDelivery delivery(std::int64_t event_no, DeliveryState state, std::int64_t id) {
        WebhookDelivery d;
        d.tenant_id = tenant, d.webhook_id = EntityId{5}, d.id = EntityId{id};
        d.event_sequence_no = event_no, d.state = state;
        return d;
    }
    void put(auto row) {
        ports::Unit unit;
        unit.upsert(std::move(row));
        commit(std::move(unit));
    }
};

TEST(Archive, waits_for_a_subscriber_that_is_down) {
    Subscribed year;
    year.put(year.delivery(1, DeliveryState::pending, 1));
    EXPECT_EQ(year.archive("2031-03-01").months, 0);
    EXPECT_NE(year.archive("2031-03-01").obstacle.find("a webhook still waits"), std::string::npos);
    year.put(year.delivery(1, DeliveryState::dead, 1));
    EXPECT_EQ(year.archive("2031-03-01").months, 2);
    FanOutCursor behind;  // nothing after the archived months was read yet
    year.put(behind);
    EXPECT_EQ(year.archive("2031-04-01").months, 0);
}

TEST(EventRetention, forgets_events_and_finished_deliveries_only) {
    Subscribed year;
    const auto all = year.count(DomainEvent{}), transactions = year.count(CardTransaction{});
    const std::int64_t old_id = ids::first_id_at(begin_of({2031, 1})), new_id = ids::first_id_at(begin_of({2031, 9}));
    year.put(year.delivery(1, DeliveryState::delivered, old_id));
    year.put(year.delivery(2, DeliveryState::dead, old_id + 1));
    year.put(year.delivery(3, DeliveryState::delivered, new_id));
    const auto until = forget_events_before(year.store, begin_of({2031, 4}));
    ASSERT_TRUE(until);
    EXPECT_EQ(*until, begin_of({2031, 4}));
    EXPECT_EQ(year.count(DomainEvent{}), all / 2);
    EXPECT_EQ(year.count(WebhookDelivery{}), 1);
    EXPECT_EQ(year.count(CardTransaction{}), transactions);
    EXPECT_TRUE(verify::verify(year.store, {})->sound()) << to_text(*verify::verify(year.store, {}));
    EXPECT_EQ(year.archive("2031-05-01").months, 4);
    year.expect_sound();
}

TEST(EventRetention, keeps_what_an_open_delivery_needs) {
    Subscribed year;
    const auto all = year.count(DomainEvent{});
    year.put(year.delivery(1, DeliveryState::queued, 1));
    EXPECT_TRUE(forget_events_before(year.store, begin_of({2031, 4})));
    EXPECT_EQ(year.count(DomainEvent{}), all);
}

TEST(Archive, an_entry_dated_by_a_clock_that_was_set_back_stays_in_its_order) {
    Year year(2);
    // Two entries around the end of February, the second dated before the first.
    year.clock.time = begin_of({2031, 3}).plus_seconds(1);
    year.purchase(10);
    year.clock.time = begin_of({2031, 3}).plus_seconds(-1);
    year.purchase(20);
    year.clock.time = begin_of({2031, 4});
    for (const auto& t : *year.store.list<CardTransaction>({}))
        if (t.held_minor > 0) transactions::expire_hold(year.lanes, t, {}, year.clock.time.plus_seconds(30 * day_s));
    year.clock.time = begin_of({2031, 12});
    EXPECT_EQ(year.archive("2031-03-01").months, 2);
    year.expect_sound();
    EXPECT_EQ(year.archive("2031-06-01").months, 3);
    year.expect_sound();
    EXPECT_EQ(year.count(LedgerEntry{}), 0);
}

struct Tampering {
    std::string_view finding;
    void (*plant)(Year&);
};

const Tampering tamperings[] = {
    {"archive.sha256", [](Year& y) { y.files.text("2031-02", "card_transaction.ndjson")[20] ^= 1; }},
    {"archive.bytes", [](Year& y) { y.files.text("2031-02", "domain_event.ndjson") += "{}\n"; }},
    {"archive.previous", [](Year& y) { y.files.text("2031-01", "manifest.json") += ' '; }},
    {"archive.previous", [](Year& y) { y.files.published.erase("2031-02"); }},
    {"archive.head", [](Year& y) { y.files.published.erase("2031-03"); }},
    {"archive.carry_entry_no", [](Year& y) { y.files.published.erase("2031-03"); }},
    {"archive.opening_entry_no", [](Year& y) { y.files.published.erase("2031-02"); }},
    {"archive.file", [](Year& y) { y.files.published["2031-03"].erase("transaction_event.ndjson"); }},
    {"archive.entry_number",
     [](Year& y) {
         auto& text = y.files.text("2031-02", "ledger_entry.ndjson");
         text.erase(0, text.find('\n') + 1);
     }},
    {"archive.carry_posted",
     [](Year& y) {
         auto carry = **y.store.find<LedgerCarry>({});
         carry.posted_minor += 1;
         ports::Unit unit;
         unit.upsert(carry);
         y.commit(std::move(unit));
     }},
    {"archive.carry",
     [](Year& y) {
         ports::Unit unit;
         unit.erase(**y.store.find<LedgerCarry>({}));
         y.commit(std::move(unit));
     }},
    {"account.posted",
     [](Year& y) {
         auto carry = **y.store.find<LedgerCarry>({});
         carry.posted_minor += 1;
         ports::Unit unit;
         unit.upsert(carry);
         y.commit(std::move(unit));
     }},
};

TEST(Archive, verify_finds_every_kind_of_tampering) {
    for (const Tampering& tampering : tamperings) {
        Year year(4);
        year.archive("2031-04-01");
        tampering.plant(year);
        EXPECT_TRUE(year.finds(tampering.finding)) << tampering.finding << "\n" << to_text(year.report());
    }
}

TEST(Archive, refuses_books_that_are_not_sound_and_a_folder_of_another_store) {
    Year year(4);
    auto entry = **year.store.find<LedgerEntry>({where<&LedgerEntry::entry_no>(2)});
    ports::Unit unit;
    unit.erase(std::move(entry));
    year.commit(std::move(unit));
    EXPECT_FALSE(archive_before(year.store, year.files, year.clock, begin_of({2031, 3})));
    EXPECT_TRUE(year.files.published.empty());

    Year one(4), other(4);
    one.archive("2031-02-01");
    other.files = one.files;
    other.archive("2031-02-01");  // the same life, the same archive
    one.archive("2031-03-01");
    Year third(4);
    third.files = one.files;
    third.files.published.erase("2031-01");
    third.clock.time = third.clock.time.plus_seconds(1);  // so its manifest is another one
    third.archive("2031-02-01");
    EXPECT_FALSE(archive_before(third.store, third.files, third.clock, begin_of({2031, 3})));
}

TEST(Archive, an_archive_from_before_a_restore_is_refused) {
    Year year(4), restored(4);
    year.archive("2031-02-01");
    restored.files = year.files;
    for (auto entry : *restored.store.list<LedgerEntry>({})) {
        ports::Unit unit;
        unit.erase(entry);
        entry.posted_after_minor += 1;
        unit.insert(std::move(entry));
        restored.commit(std::move(unit));
    }
    EXPECT_FALSE(archive_before(restored.store, restored.files, restored.clock, begin_of({2031, 2})));
    EXPECT_EQ(restored.count(LedgerCarry{}), 0);
    EXPECT_GT(restored.count(LedgerEntry{}), 0);
}

TEST(Archive, holds_no_full_card_number) {
    Year year(2);
    year.archive("2031-03-01");
    for (const auto& [name, files] : year.files.published)
        for (const auto& [file, text] : files) EXPECT_EQ(text.find(Year::card_no), std::string::npos) << file;
    EXPECT_NE(year.files.text("2031-01", "card_transaction.ndjson").find("\"decline_reason\":"), std::string::npos);
}

TEST(Month, counts_and_spells) {
    EXPECT_EQ(to_text(plus_months({2026, 11}, 3)), "2027-02");
    EXPECT_EQ(to_text(plus_months({2026, 1}, -1)), "2025-12");
    EXPECT_EQ(parse_month("2026-11"), (Month{2026, 11}));
    EXPECT_EQ(parse_month("2026-13"), std::nullopt);
    EXPECT_EQ(to_text(begin_of({2026, 11})), "2026-11-01T00:00:00Z");
    EXPECT_EQ(month_of(begin_of({2026, 11}).plus_us(-1)), (Month{2026, 10}));
}

}  // namespace
}  // namespace takas::app::archive
