#include "app/archive/forget.hpp"

#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "app/ports/time_slices.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::archive {
namespace {

using core::authorization::CardTransaction;
using core::authorization::TransactionEvent;
using core::authorization::TransactionKey;
using core::event::DomainEvent;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;
using core::webhook::DeliveryState;
using core::webhook::WebhookDelivery;
using ports::Compare;
using ports::where;

/// Rows of one unit: on SQLite some milliseconds in which no authorization is committed.
constexpr std::int64_t rows_per_unit = 250;

Result<void> go_on(const Options& options) {
    if (options.is_ending && *options.is_ending) return fail(ErrorCode::unavailable, "told to end");
    return {};
}

/// The unit is refused when the run has lost its claim. Without one (events have a retention of their own): nothing.
Result<void> depend_on(Claim* claim, ports::Unit& unit) {
    if (!claim) return {};
    auto kept = claim->keep();
    if (kept) claim->guard(unit);
    return kept;
}

/// Erases pages of rows until a page comes back empty. `page` gives the next rows that may go.
template <class Record, class Page>
Result<void> erase_pages(ports::Store& store, const Options& options, Claim* claim, Page page) {
    while (true) {
        if (auto wanted = go_on(options); !wanted) return wanted;
        Result<std::vector<Record>> rows = page();
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) return {};
        ports::Unit unit;
        if (auto kept = depend_on(claim, unit); !kept) return kept;
        for (Record& row : *rows) unit.erase(std::move(row));
        if (auto done = check_committed(store.commit_and_wait(std::move(unit))); !done) return done;
    }
}

Result<void> erase_transactions(ports::Store& store, Instant until, const Options& options, Claim& claim) {
    while (true) {
        if (auto wanted = go_on(options); !wanted) return wanted;
        auto rows = store.list<CardTransaction>(
            {{where<&CardTransaction::transaction_id>(Compare::less, ids::first_id_at(until))},
             {{member_name<&CardTransaction::transaction_id>}},
             0,
             rows_per_unit});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) return {};
        ports::Unit unit;
        if (auto kept = depend_on(&claim, unit); !kept) return kept;
        for (CardTransaction& t : *rows) {
            auto events = store.list<TransactionEvent>({{where<&TransactionEvent::account_id>(t.account_id),
                                                         where<&TransactionEvent::transaction_id>(t.transaction_id)},
                                                        {},
                                                        0,
                                                        std::numeric_limits<std::int64_t>::max()});
            if (!events) return std::unexpected(std::move(events.error()));
            for (TransactionEvent& event : *events) unit.erase(std::move(event));
            unit.erase(std::move(t));
        }
        if (auto done = check_committed(store.commit_and_wait(std::move(unit))); !done) return done;
    }
}

/// Message keys begin with the hour of the message; hour 0 is of loads and unloads.
Result<void> erase_keys(ports::Store& store, Instant until, const Options& options, Claim& claim) {
    constexpr std::int64_t us_per_hour = 3'600'000'000;
    const auto prefix = [](std::int64_t hour) {
        Blob blob;
        for (int shift = 24; shift >= 0; shift -= 8) blob.bytes.push_back(static_cast<char>((hour >> shift) & 0xFF));
        return blob;
    };
    return erase_pages<TransactionKey>(store, options, &claim, [&] {
        return store.list<TransactionKey>(
            {{where<&TransactionKey::message_key>(Compare::greater_or_equal, prefix(1)),
              where<&TransactionKey::message_key>(Compare::less, prefix(until.value / us_per_hour))},
             {},
             0,
             rows_per_unit});
    });
}

Result<void> erase_entries(ports::Store& store, Instant until, const Options& options, Claim& claim) {
    std::vector<LedgerCarry> carries;
    const auto close = [&](verify::Range) -> Result<void> {
        for (const LedgerCarry& carry : carries) {
            auto done = erase_pages<LedgerEntry>(store, options, &claim, [&] {
                // Dated later by a clock that was set back: its transaction may still be there.
                return store.list<LedgerEntry>({{where<&LedgerEntry::account_id>(carry.account_id),
                                                 where<&LedgerEntry::entry_no>(Compare::less_or_equal, carry.entry_no),
                                                 where<&LedgerEntry::booked_at>(Compare::less, until)},
                                                {},
                                                0,
                                                rows_per_unit});
            });
            if (!done) return done;
        }
        carries.clear();
        return {};
    };
    return verify::in_windows<LedgerCarry, &LedgerCarry::account_id>(
        store, options.accounts_per_window, [&](const LedgerCarry& carry) { carries.push_back(carry); }, close);
}

}  // namespace

Result<void> forget_transactions(ports::Store& store, const State& state, const Options& options, Claim& claim) {
    if (state.archived_before == Instant{}) return {};
    // A slice is dropped outside of any unit: the state that allows it was written under the claim and never goes back.
    if (auto kept = claim.renew(); !kept) return kept;
    if (auto* slices = store.time_slices()) return slices->drop_transactions(state.archived_before);
    auto done = erase_entries(store, state.archived_before, options, claim);
    if (done) done = erase_keys(store, state.archived_before, options, claim);
    return done ? erase_transactions(store, state.archived_before, options, claim) : done;
}

Result<void> forget_events(ports::Store& store, const State& state, const Options& options) {
    if (state.events_before == Instant{}) return {};
    if (auto* slices = store.time_slices()) return slices->drop_events(state.events_before);
    return erase_pages<DomainEvent>(store, options, nullptr, [&]() -> Result<std::vector<DomainEvent>> {
        // By number, which follows time but for moments: what is out of order waits for the next run, and no run reads
        // the whole log to find it.
        auto rows = store.list<DomainEvent>({{}, {{member_name<&DomainEvent::sequence_no>}}, 0, rows_per_unit});
        if (rows) {
            const auto first_kept =
                std::ranges::find_if(*rows, [&](const DomainEvent& e) { return e.occurred_at >= state.events_before; });
            rows->erase(first_kept, rows->end());
        }
        return rows;
    });
}

Result<void> forget_deliveries(ports::Store& store, Instant before, const Options& options) {
    return erase_pages<WebhookDelivery>(store, options, nullptr, [&] {
        return store.list<WebhookDelivery>(
            {{where<&WebhookDelivery::id>(Compare::less, ids::first_id_at(before)),
              where<&WebhookDelivery::state>(Compare::greater_or_equal, DeliveryState::delivered)},
             {{member_name<&WebhookDelivery::id>}},
             0,
             rows_per_unit});
    });
}

}  // namespace takas::app::archive
