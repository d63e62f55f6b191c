#include "app/archive/write_month.hpp"

#include <fmt/format.h>

#include <map>

#include "app/archive/row_text.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::archive {
namespace {

using core::authorization::CardTransaction;
using core::authorization::TransactionEvent;
using core::event::DomainEvent;
using core::ledger::CardAccount;
using core::ledger::ContraAccount;
using core::ledger::EntryKind;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;
using ports::Compare;
using ports::where;
using verify::Range;
using verify::within;

constexpr std::size_t buffer_bytes = 256 * 1024;

/// One file: counts and hashes what passes.
class Output {
  public:
    Output(ports::ArchiveDraft& draft, std::string name) : draft_(draft) { file_.name = std::move(name); }

    template <Described Record>
    Result<void> add(const Record& record) {
        append_row(buffer_, record);
        ++file_.rows;
        return buffer_.size() < buffer_bytes ? Result<void>{} : flush();
    }
    Result<ArchivedFile> finish() {
        if (auto done = flush(); !done) return std::unexpected(std::move(done.error()));
        file_.sha256 = hex_encode(digest_.finish());
        return file_;
    }

  private:
    Result<void> flush() {
        auto done = draft_.add(file_.name, buffer_);  // also when empty: the file is there
        digest_.add(bytes_of(buffer_));
        file_.bytes += static_cast<std::int64_t>(buffer_.size());
        buffer_.clear();
        return done;
    }

    ports::ArchiveDraft& draft_;
    ArchivedFile file_;
    std::string buffer_;
    crypto::Sha256Stream digest_;
};

/// The ledger: entries in the order of their numbers, each proved to follow the one before.
class Ledger {
  public:
    Ledger(ports::Store& store, ports::ArchiveDraft& draft, Instant until)
        : store_(store),
          until_(until),
          accounts_(draft, std::string(account_file)),
          entries_(draft, "ledger_entry.ndjson") {}

    void add(const CardAccount& a) {
        ArchivedAccount& account = window_[a.account_id];
        account.tenant_id = a.tenant_id;
        account.account_id = a.account_id;
        account.currency = a.currency.value;
    }

    Result<void> close(Range range) {
        auto done = verify::for_each<LedgerCarry>(store_, within<&LedgerCarry::account_id>(range),
                                                  [this](const LedgerCarry& c) { open(c); });
        auto conditions = within<&LedgerEntry::account_id>(range);
        conditions.push_back(where<&LedgerEntry::booked_at>(Compare::less, until_));
        Result<void> written;
        if (done)
            done = verify::for_each<LedgerEntry>(store_, std::move(conditions), [&](const LedgerEntry& e) {
                if (written) written = take(e);
            });
        if (!done) return done;
        if (!written) return written;
        for (const auto& [id, account] : window_)
            if (account.entry_no > account.opening_entry_no)
                if (auto added = accounts_.add(account); !added) return added;
        window_.clear();
        return {};
    }

    Result<void> finish(Manifest& manifest) {
        for (Output* output : {&accounts_, &entries_}) {
            auto file = output->finish();
            if (!file) return std::unexpected(std::move(file.error()));
            manifest.files.push_back(std::move(*file));
        }
        for (const auto& [key, sum] : sums_) manifest.sums.push_back(sum);
        return {};
    }

  private:
    void open(const LedgerCarry& c) {
        const auto it = window_.find(c.account_id);
        if (it == window_.end()) return;
        it->second.opening_entry_no = it->second.entry_no = c.entry_no;
        it->second.opening_posted_minor = it->second.posted_minor = c.posted_minor;
        it->second.opening_held_minor = it->second.held_minor = c.held_minor;
    }

    Result<void> take(const LedgerEntry& e) {
        const auto it = window_.find(e.account_id);
        if (it == window_.end()) return unsound(e);
        ArchivedAccount& account = it->second;
        if (e.entry_no <= account.entry_no) return {};
        // A clock that was set back dated an earlier entry later: it goes with those that follow it.
        while (e.entry_no > account.entry_no + 1) {
            const auto missing = store_.find<LedgerEntry>(
                {where<&LedgerEntry::account_id>(e.account_id), where<&LedgerEntry::entry_no>(account.entry_no + 1)});
            if (!missing) return std::unexpected(missing.error());
            if (!*missing) return unsound(e);
            if (auto done = follow(account, **missing); !done) return done;
        }
        return follow(account, e);
    }

    Result<void> follow(ArchivedAccount& account, const LedgerEntry& e) {
        const bool is_posting = e.kind == EntryKind::posting;
        std::int64_t& balance = is_posting ? account.posted_minor : account.held_minor;
        if (__builtin_add_overflow(balance, e.amount_minor, &balance)) return unsound(e);
        if (account.posted_minor != e.posted_after_minor || account.held_minor != e.held_after_minor) return unsound(e);
        account.entry_no = e.entry_no;
        if (is_posting) {
            ArchivedSum& sum = sums_[{account.currency, e.contra}];
            sum.currency = account.currency;
            sum.contra = e.contra;
            ++sum.entry_count;
            verify::add_to(sum.amount_minor, e.amount_minor);
        }
        return entries_.add(e);
    }

    static Result<void> unsound(const LedgerEntry& e) {
        return fail(ErrorCode::internal, fmt::format("account {} entry {} does not follow the one before it: see what "
                                                     "`takas verify` says; nothing was archived",
                                                     e.account_id.value, e.entry_no));
    }

    ports::Store& store_;
    Instant until_;
    Output accounts_, entries_;
    std::map<AccountId, ArchivedAccount> window_;
    std::map<std::pair<std::int16_t, ContraAccount>, ArchivedSum> sums_;
};

template <class Record>
Result<void> write_rows(ports::Store& store, ports::ArchiveDraft& draft, std::vector<ports::Condition> conditions,
                        Manifest& manifest) {
    Output output(draft, file_of<Record>());
    Result<void> written;
    auto done = verify::for_each<Record>(store, std::move(conditions), [&](const Record& row) {
        if (written) written = output.add(row);
    });
    if (!done) return done;
    if (!written) return written;
    auto file = output.finish();
    if (!file) return std::unexpected(std::move(file.error()));
    manifest.files.push_back(std::move(*file));
    return {};
}

Result<void> write_ledger(ports::Store& store, ports::ArchiveDraft& draft, const Cut& cut, const Options& options,
                          Claim& claim, Manifest& manifest) {
    Ledger ledger(store, draft, cut.until);
    auto done = verify::in_windows<CardAccount, &CardAccount::account_id>(
        store, options.accounts_per_window, [&](const CardAccount& a) { ledger.add(a); },
        [&](Range range) -> Result<void> {
            if (options.is_ending && *options.is_ending) return fail(ErrorCode::unavailable, "told to end");
            if (auto kept = claim.keep(); !kept) return kept;
            return ledger.close(range);
        });
    return done ? ledger.finish(manifest) : done;
}

}  // namespace

Result<Manifest> write_month(ports::Store& store, ports::ArchiveFiles& files, const State& state, const Cut& cut,
                             Instant now, const Options& options, Claim& claim) {
    Manifest manifest;
    manifest.month = to_text(cut.month);
    manifest.until = cut.until;
    manifest.previous_sha256 = state.head;
    manifest.created_at = now;
    auto draft = files.begin(manifest.month);
    if (!draft) return std::unexpected(std::move(draft.error()));
    auto done = write_ledger(store, **draft, cut, options, claim, manifest);
    if (done)
        done = write_rows<CardTransaction>(store, **draft, rows_of<&CardTransaction::transaction_id>(state, cut),
                                           manifest);
    if (done)
        done = write_rows<TransactionEvent>(store, **draft, rows_of<&TransactionEvent::transaction_id>(state, cut),
                                            manifest);
    if (done) done = write_rows<DomainEvent>(store, **draft, events_of(state, cut), manifest);
    if (done) done = claim.renew();  // nothing is published by a run that was overtaken
    if (done)
        done = (*draft)->add(manifest_file, protocol::json::encode(manifest, protocol::json::storage_write) + "\n");
    if (done) done = (*draft)->publish();
    if (!done) return std::unexpected(std::move(done.error()));
    return manifest;
}

}  // namespace takas::app::archive
