#include "app/archive/archive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/archive/check_month.hpp"
#include "app/archive/forget.hpp"
#include "app/archive/manifest.hpp"
#include "app/archive/needed.hpp"
#include "app/archive/read.hpp"
#include "app/archive/write_month.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "base/log.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::archive {
namespace {

using core::authorization::CardTransaction;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;
using ports::Compare;
using ports::where;

constexpr std::size_t carries_per_unit = 500;
constexpr std::int64_t seconds_per_day = 86'400;

/// The first month with a transaction that is not archived; nothing when there is none that ends by `before`. Asked
/// month by month: no database sorts all transactions for it.
Result<std::optional<Month>> first_month(ports::Store& store, const State& state, Instant before) {
    if (state.archived_before != Instant{}) return month_of(state.archived_before);
    const auto end = [](Month month) { return ids::first_id_at(begin_of(plus_months(month, 1))); };
    for (Month month = month_of(ids::time_of_id(0)); begin_of(month) < before; month = plus_months(month, 1)) {
        const auto found = verify::first_of<CardTransaction>(
            store,
            {{where<&CardTransaction::transaction_id>(Compare::greater_or_equal, ids::first_id_at(begin_of(month))),
              where<&CardTransaction::transaction_id>(Compare::less, end(month))},
             {{member_name<&CardTransaction::transaction_id>}}});
        if (!found) return std::unexpected(found.error());
        if (*found) return month;
    }
    return std::nullopt;
}

class Archiver {
  public:
    Archiver(ports::Store& store, ports::ArchiveFiles& files, const ports::Clock& clock, const Options& options)
        : store_(store), files_(files), clock_(clock), now_(clock.now()), options_(options) {}

    Result<Archived> run(Instant before) {
        // Nobody else writes into the folder, and no run anywhere works on the store, until this returns.
        const auto lock = files_.lock();
        if (!lock) return std::unexpected(lock.error());
        auto claim = Claim::take(store_, clock_);
        if (!claim) return std::unexpected(std::move(claim.error()));
        claim_ = std::move(*claim);
        auto archived = run_alone(before);
        claim_.reset();  // before the folder is free
        return archived;
    }

  private:
    Result<Archived> run_alone(Instant before) {
        auto done = ensure_state(store_);
        if (done) done = reload();
        if (done) done = forget();  // what a run that was cut short has left
        if (!done) return std::unexpected(std::move(done.error()));
        const auto first = first_month(store_, state_, before);
        if (!first) return std::unexpected(first.error());
        if (!*first) return archived_;
        for (Month month = **first; begin_of(plus_months(month, 1)) <= before; month = plus_months(month, 1)) {
            auto archived = archive({month, begin_of(plus_months(month, 1))});
            if (!archived) return std::unexpected(std::move(archived.error()));
            if (!*archived) break;
        }
        return archived_;
    }

    Result<void> reload() {
        auto state = read_state(store_);
        if (!state) return std::unexpected(std::move(state.error()));
        state_ = std::move(*state);
        return {};
    }

    Result<void> forget() {
        auto done = forget_transactions(store_, state_, options_, *claim_);
        return done ? forget_events(store_, state_, options_) : done;
    }

    /// False when something stands against it.
    Result<bool> archive(const Cut& cut) {
        if (auto kept = claim_->renew(); !kept) return std::unexpected(std::move(kept.error()));
        auto published = find_published(cut);
        if (!published) return std::unexpected(std::move(published.error()));
        const bool is_resumed = published->has_value();
        if (!is_resumed) {
            if (auto free = is_free(cut); !free || !*free) return free;
            auto written = write_month(store_, files_, state_, cut, now_, options_, *claim_);
            if (!written) return std::unexpected(std::move(written.error()));
            published = find_published(cut);
            if (!published) return std::unexpected(std::move(published.error()));
            if (!*published) return fail(ErrorCode::internal, "a published archive is not there");
        }
        auto done = settle(**published, cut, is_resumed);
        if (!done) return std::unexpected(std::move(done.error()));
        return true;
    }

    Result<void> settle(const ReadManifest& published, const Cut& cut, bool is_resumed) {
        auto checked = check_month(store_, files_, published.manifest, state_, cut, options_, *claim_);
        if (!checked) return checked;
        if (auto done = carry(cut, is_resumed); !done) return done;
        State next = state_;
        ports::Unit guarded;
        claim_->guard(guarded);
        next.archived_before = cut.until;
        next.events_before = std::max(state_.events_before, cut.until);
        next.head = published.sha256;
        if (auto done = change_state(store_, state_, next, std::move(guarded)); !done) return done;
        state_ = next;
        ++archived_.months;
        for (const ArchivedFile& file : published.manifest.files) {
            if (file.name == "card_transaction.ndjson") archived_.transactions += file.rows;
            if (file.name == "ledger_entry.ndjson") archived_.entries += file.rows;
        }
        log::info("month_archived").add("month", to_text(cut.month)).add("manifest_sha256", published.sha256);
        return forget();
    }

    /// The month's archive when it is published already: a run before this one was cut short.
    Result<std::optional<ReadManifest>> find_published(const Cut& cut) {
        const auto names = files_.list();
        if (!names) return std::unexpected(names.error());
        if (std::ranges::find(*names, to_text(cut.month)) == names->end()) return std::nullopt;
        auto manifest = read_manifest(files_, to_text(cut.month));
        if (!manifest) return std::unexpected(std::move(manifest.error()));
        if (manifest->manifest.until != cut.until || manifest->manifest.previous_sha256 != state_.head)
            return fail(ErrorCode::internal, fmt::format("the archive {} in this folder is not of this store: take the "
                                                         "folder of the archives before it",
                                                         to_text(cut.month)));
        return std::optional(std::move(*manifest));
    }

    Result<bool> is_free(const Cut& cut) {
        if (cut.until > now_.plus_seconds(-options_.changeable_days * seconds_per_day)) {
            archived_.obstacle = fmt::format("{}: it ended less than {} days ago: its transactions may still change",
                                             to_text(cut.month), options_.changeable_days);
            return false;
        }
        auto why = obstacle(store_, cut.until);
        if (!why) return std::unexpected(std::move(why.error()));
        if (!why->empty()) archived_.obstacle = to_text(cut.month) + ": " + *why;
        return why->empty();
    }

    /// Files of an earlier run may be from before a restore of the store: each account must stand where they end.
    Result<void> check_stands(const ArchivedAccount& a) {
        const auto last = store_.find<LedgerEntry>(
            {where<&LedgerEntry::account_id>(a.account_id), where<&LedgerEntry::entry_no>(a.entry_no)});
        if (!last) return std::unexpected(last.error());
        if (*last && (*last)->posted_after_minor == a.posted_minor && (*last)->held_after_minor == a.held_minor)
            return {};
        return fail(ErrorCode::internal,
                    fmt::format("account {} does not stand where the published archive ends: move that archive away",
                                a.account_id.value));
    }

    Result<void> carry(const Cut& cut, bool is_resumed) {
        ports::Unit unit;
        const auto commit = [&]() -> Result<void> {
            if (auto kept = claim_->keep(); !kept) return kept;
            guard_by(unit, state_);
            claim_->guard(unit);
            return check_committed(store_.commit_and_wait(std::exchange(unit, {})));
        };
        auto read = read_lines(files_, to_text(cut.month), account_file, [&](std::string_view line) -> Result<void> {
            auto a = protocol::json::decode<ArchivedAccount>(line, protocol::json::storage_read);
            if (!a) return std::unexpected(std::move(a.error()));
            if (is_resumed)
                if (auto stands = check_stands(*a); !stands) return stands;
            unit.upsert(
                LedgerCarry{a->tenant_id, a->account_id, a->entry_no, a->posted_minor, a->held_minor, cut.until});
            return unit.writes().size() < carries_per_unit ? Result<void>{} : commit();
        });
        if (!read) return std::unexpected(std::move(read.error()));
        return commit();
    }

    ports::Store& store_;
    ports::ArchiveFiles& files_;
    const ports::Clock& clock_;
    Instant now_;
    Options options_;
    State state_;
    Archived archived_;
    std::unique_ptr<Claim> claim_;
};

}  // namespace

Result<Archived> archive_before(ports::Store& store, ports::ArchiveFiles& files, const ports::Clock& clock,
                                Instant before, const Options& options) {
    return Archiver(store, files, clock, options).run(before);
}

}  // namespace takas::app::archive
