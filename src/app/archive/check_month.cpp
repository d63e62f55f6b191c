#include "app/archive/check_month.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::archive {
namespace {

using core::authorization::CardTransaction;
using core::authorization::TransactionEvent;
using core::event::DomainEvent;
using core::ledger::CardAccount;
using core::ledger::EntryKind;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;
using ports::Compare;
using ports::where;
using verify::Range;
using verify::within;

class Check {
  public:
    Check(ports::Store& store, ports::ArchiveFiles& files, const Manifest& manifest, const Cut& cut,
          const Options& options, Claim& claim)
        : store_(store), files_(files), manifest_(manifest), cut_(cut), options_(options), claim_(claim) {}

    Result<void> ledger() {
        auto done = file(account_file, [this](std::string_view line) { return open(line); });
        if (done) done = file("ledger_entry.ndjson", [this](std::string_view line) { return entry(line); });
        if (done) done = close();
        if (done) done = count_entries();
        return done;
    }

    template <class Record>
    Result<void> rows(std::vector<ports::Condition> conditions, bool may_be_forgotten) {
        const std::string name = file_of<Record>();
        if (auto done = file(name, [](std::string_view) -> Result<void> { return {}; }); !done) return done;
        if (auto kept = claim_.keep(); !kept) return kept;
        const auto stored = store_.count_of<Record>(conditions);
        if (!stored) return std::unexpected(stored.error());
        const auto row = std::ranges::find(manifest_.files, name, &ArchivedFile::name);
        const bool fits = may_be_forgotten ? *stored <= row->rows : *stored == row->rows;
        return fits ? Result<void>{} : differs(name, fmt::format("{} rows, the store has {}", row->rows, *stored));
    }

  private:
    struct Account {
        std::int16_t currency = 0;
        std::int64_t opening_no = 0, entry_no = 0, posted = 0, held = 0;  ///< as read so far
        std::int64_t last_no = 0, last_posted = 0, last_held = 0;         ///< as the file says
    };

    std::unexpected<Error> differs(std::string_view what, const std::string& how) const {
        return fail(ErrorCode::internal,
                    fmt::format("archive {} {}: {}; nothing was removed: move that archive away and archive again",
                                manifest_.month, what, how));
    }

    template <class Take>
    Result<void> file(std::string_view name, Take take) {
        auto read = read_lines(files_, manifest_.month, name, take);
        if (!read) return std::unexpected(std::move(read.error()));
        const auto row = std::ranges::find(manifest_.files, name, &ArchivedFile::name);
        if (row == manifest_.files.end()) return differs(name, "is not in the manifest");
        if (read->rows != row->rows || read->bytes != row->bytes || read->sha256 != row->sha256)
            return differs(name, "is not what was written");
        return {};
    }

    Result<void> open(std::string_view line) {
        const auto a = protocol::json::decode<ArchivedAccount>(line, protocol::json::storage_read);
        if (!a) return std::unexpected(a.error());
        accounts_[a->account_id] = {
            a->currency,           a->opening_entry_no, a->opening_entry_no, a->opening_posted_minor,
            a->opening_held_minor, a->entry_no,         a->posted_minor,     a->held_minor};
        return {};
    }

    Result<void> entry(std::string_view line) {
        const auto e = protocol::json::decode<LedgerEntry>(line, protocol::json::storage_read);
        if (!e) return std::unexpected(e.error());
        const auto it = accounts_.find(e->account_id);
        if (it == accounts_.end()) return differs("ledger_entry.ndjson", "has an account without a line");
        Account& a = it->second;
        const bool is_posting = e->kind == EntryKind::posting;
        verify::add_to(is_posting ? a.posted : a.held, e->amount_minor);
        if (e->entry_no != ++a.entry_no || e->posted_after_minor != a.posted || e->held_after_minor != a.held)
            return differs("ledger_entry.ndjson", fmt::format("account {} entry {} does not follow the one before it",
                                                              e->account_id.value, e->entry_no));
        if (is_posting) verify::add_to(sums_[{a.currency, e->contra}], e->amount_minor);
        if (e->booked_at < cut_.until) ++dated_before_;
        return {};
    }

    Result<void> close() const {
        for (const auto& [id, a] : accounts_)
            if (a.entry_no != a.last_no || a.posted != a.last_posted || a.held != a.last_held)
                return differs(account_file, fmt::format("account {} does not end where its entries do", id.value));
        auto left = sums_;
        for (const ArchivedSum& sum : manifest_.sums) {
            if (left[{sum.currency, sum.contra}] != sum.amount_minor) return differs(manifest_file, "a sum is wrong");
            left.erase({sum.currency, sum.contra});
        }
        return left.empty() ? Result<void>{} : differs(manifest_file, "a sum is missing");
    }

    /// Those from before the cut that no earlier archive has: exactly they are removed.
    Result<void> count_entries() {
        std::int64_t stored = 0;
        const auto count = [&](Range range) -> Result<void> {
            if (auto kept = claim_.keep(); !kept) return kept;
            if (options_.is_ending && *options_.is_ending) return fail(ErrorCode::unavailable, "told to end");
            std::unordered_map<AccountId, std::int64_t> carried;
            auto done =
                verify::for_each<LedgerCarry>(store_, within<&LedgerCarry::account_id>(range),
                                              [&](const LedgerCarry& c) { carried[c.account_id] = c.entry_no; });
            if (!done) return done;
            auto conditions = within<&LedgerEntry::account_id>(range);
            conditions.push_back(where<&LedgerEntry::booked_at>(Compare::less, cut_.until));
            return verify::for_each<LedgerEntry>(store_, std::move(conditions), [&](const LedgerEntry& e) {
                // A run that was cut short may have written this month's carry already: the file knows the one before.
                const auto in_file = accounts_.find(e.account_id);
                const std::int64_t before =
                    in_file != accounts_.end() ? in_file->second.opening_no : carried[e.account_id];
                if (e.entry_no > before) ++stored;
            });
        };
        auto done = verify::in_windows<CardAccount, &CardAccount::account_id>(
            store_, options_.accounts_per_window, [](const CardAccount&) {}, count);
        if (!done) return done;
        if (stored == dated_before_) return {};
        return differs("ledger_entry.ndjson",
                       fmt::format("{} rows from before the cut, the store has {}", dated_before_, stored));
    }

    ports::Store& store_;
    ports::ArchiveFiles& files_;
    const Manifest& manifest_;
    const Cut& cut_;
    const Options& options_;
    Claim& claim_;
    std::unordered_map<AccountId, Account> accounts_;
    std::map<std::pair<std::int16_t, core::ledger::ContraAccount>, std::int64_t> sums_;
    std::int64_t dated_before_ = 0;
};

}  // namespace

Result<void> check_month(ports::Store& store, ports::ArchiveFiles& files, const Manifest& manifest, const State& state,
                         const Cut& cut, const Options& options, Claim& claim) {
    Check check(store, files, manifest, cut, options, claim);
    auto done = check.ledger();
    if (done) done = check.rows<CardTransaction>(rows_of<&CardTransaction::transaction_id>(state, cut), false);
    if (done) done = check.rows<TransactionEvent>(rows_of<&TransactionEvent::transaction_id>(state, cut), false);
    // Events may be forgotten by their own retention meanwhile.
    return done ? check.rows<DomainEvent>(events_of(state, cut), true) : done;
}

}  // namespace takas::app::archive
