// The archive's files against themselves and against the store: every file as its manifest says, every manifest as the
// next one says and the last one as the store says, every entry following the one before it across the months, and in
// the end each account where its LedgerCarry says it stood. The last archive may be one that a crash left between its
// files and the store: then some carries still stand before it.
#include <map>
#include <string>
#include <unordered_map>

#include "app/archive/manifest.hpp"
#include "app/archive/read.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::verify {
namespace {

using archive::ArchivedAccount;
using archive::ArchivedFile;
using archive::ArchivedSum;
using archive::Manifest;
using core::ledger::EntryKind;
using core::ledger::LedgerCarry;
using core::ledger::LedgerEntry;

/// Where an account stands after the entries read so far: 24 bytes each, for all accounts at once.
struct Standing {
    std::int64_t entry_no = 0, posted = 0, held = 0;
};

class ArchivePass {
  public:
    ArchivePass(Books& books, ports::ArchiveFiles& files) : books_(books), files_(files), findings_(books.report) {}

    Result<void> month(const std::string& name) {
        auto read = archive::read_manifest(files_, name);
        if (!read) return std::unexpected(std::move(read.error()));
        const Manifest& manifest = read->manifest;
        month_ = name;
        const auto at = [&] { return "archive " + name; };
        findings_.equal("archive.month", name, manifest.month, at);
        findings_.equal("archive.previous", head_, manifest.previous_sha256, at);
        head_ = read->sha256;
        is_settled_ = manifest.until <= books_.state.archived_before;
        if (is_settled_) settled_head_ = head_;
        ++books_.report.archives;
        closing_.clear();
        sums_.clear();
        auto done = check_file(manifest, archive::account_file, [this](std::string_view line) { return open(line); });
        if (done)
            done = check_file(manifest, "ledger_entry.ndjson", [this](std::string_view line) { return entry(line); });
        for (const std::string_view other :
             {"card_transaction.ndjson", "transaction_event.ndjson", "domain_event.ndjson"})
            if (done) done = check_file(manifest, other, [](std::string_view) -> Result<void> { return {}; });
        if (!done) return done;
        close(manifest);
        return {};
    }

    Result<void> finish() {
        findings_.equal("archive.head", books_.state.head, settled_head_, [] { return "the last archive"; });
        auto done = for_each<LedgerCarry>(books_.store, std::vector<ports::Condition>{}, [this](const LedgerCarry& c) {
            const auto at = [&] { return fmt::format("account {} carry", c.account_id.value); };
            Standing found = standing_.extract_or({}, c.account_id);
            const auto last = closing_.find(c.account_id);
            if (!is_settled_ && last != closing_.end() && last->second.opening_entry_no == c.entry_no)
                found = {c.entry_no, last->second.opening_posted_minor, last->second.opening_held_minor};
            findings_.equal("archive.carry_entry_no", found.entry_no, c.entry_no, at);
            findings_.equal("archive.carry_posted", found.posted, c.posted_minor, at);
            findings_.equal("archive.carry_held", found.held, c.held_minor, at);
        });
        for (const auto& [id, standing] : standing_.rest())
            if (is_settled_ || !closing_.contains(id) || closing_.at(id).opening_entry_no != 0)
                findings_.add("archive.carry", fmt::format("account {}", id.value), "a carry", "none");
        return done;
    }

  private:
    /// The accounts met so far.
    class Standings {
      public:
        Standing& operator[](AccountId id) { return by_account_[id]; }
        Standing extract_or(Standing otherwise, AccountId id) {
            const auto node = by_account_.extract(id);
            return node ? node.mapped() : otherwise;
        }
        const std::unordered_map<AccountId, Standing>& rest() const { return by_account_; }

      private:
        std::unordered_map<AccountId, Standing> by_account_;
    };

    template <class Take>
    Result<void> check_file(const Manifest& manifest, std::string_view file, Take take) {
        const auto at = [&] { return fmt::format("archive {} {}", month_, file); };
        auto read = archive::read_lines(files_, month_, file, take);
        if (!read) {
            if (read.error().code == ErrorCode::unavailable) return std::unexpected(std::move(read.error()));
            findings_.add("archive.file", at(), "a readable file", read.error().internal_detail);
            return {};
        }
        const auto row = std::ranges::find(manifest.files, file, &ArchivedFile::name);
        if (row == manifest.files.end()) {
            findings_.add("archive.file", at(), "a file in the manifest", "none");
            return {};
        }
        findings_.equal("archive.rows", row->rows, read->rows, at);
        findings_.equal("archive.bytes", row->bytes, read->bytes, at);
        findings_.equal("archive.sha256", row->sha256, read->sha256, at);
        return {};
    }

    Result<void> open(std::string_view line) {
        auto a = protocol::json::decode<ArchivedAccount>(line, protocol::json::storage_read);
        if (!a) return std::unexpected(std::move(a.error()));
        const auto at = [&] { return fmt::format("archive {} account {}", month_, a->account_id.value); };
        const Standing& before = standing_[a->account_id];
        findings_.equal("archive.opening_entry_no", before.entry_no, a->opening_entry_no, at);
        findings_.equal("archive.opening_posted", before.posted, a->opening_posted_minor, at);
        findings_.equal("archive.opening_held", before.held, a->opening_held_minor, at);
        closing_[a->account_id] = *a;
        return {};
    }

    Result<void> entry(std::string_view line) {
        auto e = protocol::json::decode<LedgerEntry>(line, protocol::json::storage_read);
        if (!e) return std::unexpected(std::move(e.error()));
        ++books_.report.archived_entries;
        const auto at = [&] {
            return fmt::format("archive {} account {} entry {}", month_, e->account_id.value, e->entry_no);
        };
        Standing& s = standing_[e->account_id];
        const bool is_posting = e->kind == EntryKind::posting;
        findings_.equal("archive.entry_number", s.entry_no + 1, e->entry_no, at);
        add_to(is_posting ? s.posted : s.held, e->amount_minor);
        findings_.equal("archive.posted_after", s.posted, e->posted_after_minor, at);
        findings_.equal("archive.held_after", s.held, e->held_after_minor, at);
        s = {e->entry_no, e->posted_after_minor, e->held_after_minor};
        const auto account = closing_.find(e->account_id);
        if (account == closing_.end())
            findings_.add("archive.entry_account", at(), "an account", "none");
        else if (is_posting)
            add_to(sums_[{account->second.currency, e->contra}], e->amount_minor);
        return {};
    }

    void close(const Manifest& manifest) {
        for (const auto& [id, a] : closing_) {
            const auto at = [&] { return fmt::format("archive {} account {}", month_, a.account_id.value); };
            const Standing& s = standing_[id];
            findings_.equal("archive.closing_entry_no", s.entry_no, a.entry_no, at);
            findings_.equal("archive.closing_posted", s.posted, a.posted_minor, at);
            findings_.equal("archive.closing_held", s.held, a.held_minor, at);
        }
        for (const ArchivedSum& sum : manifest.sums) {
            const auto at = [&] { return fmt::format("archive {} currency {}", month_, sum.currency); };
            findings_.equal("archive.sum", sums_[{sum.currency, sum.contra}], sum.amount_minor, at);
            sums_.erase({sum.currency, sum.contra});
        }
        for (const auto& [key, amount] : sums_)
            findings_.add("archive.sum", fmt::format("archive {} currency {}", month_, key.first), "a sum", "none");
    }

    Books& books_;
    ports::ArchiveFiles& files_;
    Findings findings_;
    std::string month_, head_, settled_head_;
    bool is_settled_ = true;
    Standings standing_;
    std::map<AccountId, ArchivedAccount> closing_;
    std::map<std::pair<std::int16_t, core::ledger::ContraAccount>, std::int64_t> sums_;
};

}  // namespace

Result<void> verify_archive(Books& books, ports::ArchiveFiles& files) {
    const auto names = files.list();
    if (!names) return std::unexpected(names.error());
    ArchivePass pass(books, files);
    for (const std::string& name : *names) {
        if (auto done = pass.month(name); !done) return done;
        if (books.progress) books.progress("archives", books.report.archives);
    }
    return pass.finish();
}

}  // namespace takas::app::verify
