// For tests: months in the life of an account, and its archive in memory. Not part of the server.
#pragma once

#include "app/archive/archive.hpp"
#include "app/archive/memory_archive_test.hpp"
#include "app/transactions/card_world_test.hpp"
#include "app/transactions/hold_expiry.hpp"
#include "app/verify/verify.hpp"

namespace takas::app::archive {

/// In each month a load, purchases, a refund, a decline and a hold that expires.
struct Year : transactions::CardWorld {
    static constexpr std::int64_t day_s = 86'400;

    MemoryArchive files;
    TransactionId first_purchase, last_purchase;

    explicit Year(int months = 6) {
        for (int m = 0; m < months; ++m) {
            clock.time = begin_of({2031, static_cast<unsigned>(m + 1)}).plus_seconds(3 * day_s);
            fund(10'000, "load " + std::to_string(m));
            auto financial = request(700);
            financial.flow_code = core::authorization::TransactionFlowCode::financial;
            const auto bought = authorize(financial).transaction.transaction_id;
            if (m == 0) first_purchase = bought;
            last_purchase = bought;
            linked(core::authorization::TransactionCode::refund, 200, bought);
            reverse(purchase(50).transaction.transaction_id, core::authorization::ReversalType::void_transaction);
            authorize(request(99'999'999));  // declined
            const auto held = purchase(300).transaction.transaction_id;
            clock.time = clock.time.plus_seconds(10 * day_s);
            EXPECT_EQ(transactions::expire_hold(lanes, transaction(held), {}, clock.time), transactions::Expired::yes);
        }
        clock.time = begin_of({2031, 12});
    }

    Archived archive(std::string_view before, Options options = {}) {
        const auto done = archive_before(store, files, clock, *parse_instant(before), options);
        EXPECT_TRUE(done) << (done ? "" : done.error().internal_detail);
        return done.value_or(Archived{});
    }
    verify::Report report() {
        const auto done = verify::verify(store, {}, {}, &files);
        EXPECT_TRUE(done) << (done ? "" : done.error().internal_detail);
        return done.value_or(verify::Report{});
    }
    void expect_sound() {
        const auto with = report();
        EXPECT_TRUE(with.sound()) << to_text(with);
        const auto without = verify::verify(store, {});
        EXPECT_TRUE(without && without->sound());
    }
    std::int64_t count(auto record) { return store.count_of<decltype(record)>({}).value_or(-1); }
    bool finds(std::string_view what) {
        const auto r = report();
        return std::ranges::any_of(r.differences, [&](const auto& d) { return d.what == what; });
    }
};

/// Everything that a life in memory has written, into another store.
inline void copy_life(ports::Store& from, ports::Store& to) {
    const auto copy = [&]<class Record>(const Record&) {
        ports::Unit unit;
        for (auto& row : *from.list<Record>({{}, {}, 0, 100'000})) unit.insert(std::move(row));
        ASSERT_EQ(to.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    };
    using namespace core;
    copy(identity::Tenant{}), copy(customer::Customer{}), copy(ledger::CardAccount{}), copy(card::Card{});
    copy(card::CardNumber{}), copy(authorization::CardTransaction{}), copy(authorization::TransactionKey{});
    copy(authorization::TransactionEvent{}), copy(ledger::LedgerEntry{}), copy(event::DomainEvent{});
}

}  // namespace takas::app::archive
