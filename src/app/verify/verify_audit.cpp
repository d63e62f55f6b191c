// The audit chains (docs/adr/0014): every record has the hash its content gives, numbers without a gap, the hash of the
// record before, and the chain ends where its head says. With the installation's keys the head's seal is proved, too:
// without them a chain could be cut and its head be written to fit. Of each chain the first bad record is named.
#include <algorithm>
#include <map>

#include "app/audit/chain.hpp"
#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {
namespace {

using core::audit::AuditHead;
using core::audit::AuditRecord;
using core::audit::Subject;
using ports::Compare;
using ports::where;

std::string hex_of(const Blob& hash) {
    std::string out;
    for (const char octet : std::string_view(hash.bytes).substr(0, 8))
        out += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    return out;
}

std::string place_of(const AuditHead& head) {
    return fmt::format("tenant {} {} {}", head.tenant_id.value, to_name(head.subject), head.subject_key);
}

std::string place_of(const AuditRecord& record) {
    return fmt::format("tenant {} {} {} record {}", record.tenant_id.value, to_name(record.subject), record.subject_key,
                       record.record_no);
}

/// The chains of one subject whose keys lie between two others.
class Window {
  public:
    Window(Books& books, std::vector<AuditHead> heads) : books_(books), findings_(books.report) {
        for (AuditHead& head : heads) {
            std::string key = head.subject_key;
            chains_[std::move(key)].head = std::move(head);
        }
    }

    /// In order of their numbers.
    void add(const AuditRecord& record) {
        ++books_.report.audit_records;
        auto& first = books_.report.audit_first;
        first = first ? std::min(*first, record.execution_time) : record.execution_time;
        Chain& chain = chains_[record.subject_key];
        if (chain.is_broken) return;  // what follows the first bad record proves nothing
        const auto bad = [&](std::string_view what, const auto& expected, const auto& found) {
            findings_.add(what, place_of(record), expected, found);
            chain.is_broken = true;
        };
        const Blob before = chain.records == 0 ? audit::first_hash() : chain.hash;
        if (record.record_no != chain.records + 1) return bad("audit.record_no", chain.records + 1, record.record_no);
        if (const Blob hash = audit::hash_of(record); hash != record.hash)
            return bad("audit.hash", hex_of(hash), hex_of(record.hash));
        if (record.previous_hash != before)
            return bad("audit.previous_hash", hex_of(before), hex_of(record.previous_hash));
        if (!chain.head) return bad("audit.head", "the chain's head", "none");
        if (record.record_no > chain.head->version)
            return bad("audit.behind_end", chain.head->version, record.record_no);
        chain.records = record.record_no;
        chain.hash = record.hash;
    }

    void close() {
        for (const auto& [key, chain] : chains_) {
            if (!chain.head) continue;
            ++books_.report.audit_chains;
            const auto at = [&head = *chain.head] { return place_of(head); };
            const secrets::SecretBox* box = books_.options.secret_box;
            if (!chain.is_broken) findings_.equal("audit.end", chain.head->version, chain.records, at);
            if (!chain.is_broken && chain.head->version == chain.records)
                findings_.equal("audit.end_hash", hex_of(chain.head->hash), hex_of(chain.hash), at);
            if (box && !audit::is_sealed(*chain.head, *box))
                findings_.add("audit.seal", at(), "made with the installation's keys", "another");
        }
    }

  private:
    struct Chain {
        std::optional<AuditHead> head;
        std::int64_t records = 0;  ///< good ones so far
        Blob hash;                 ///< of the last of them
        bool is_broken = false;
    };
    Books& books_;
    Findings findings_;
    std::map<std::string, Chain> chains_;
};

Result<void> verify_subject(Books& books, TenantId tenant_id, Subject subject) {
    std::string after;
    while (true) {
        auto heads =
            books.store.list<AuditHead>({{where<&AuditHead::tenant_id>(tenant_id), where<&AuditHead::subject>(subject),
                                          where<&AuditHead::subject_key>(Compare::greater, after)},
                                         {{member_name<&AuditHead::subject_key>}},
                                         0,
                                         books.options.chains_per_window});
        if (!heads) return std::unexpected(std::move(heads.error()));
        const bool is_last = static_cast<std::int64_t>(heads->size()) < books.options.chains_per_window;
        std::vector conditions{where<&AuditRecord::tenant_id>(tenant_id), where<&AuditRecord::subject>(subject),
                               where<&AuditRecord::subject_key>(Compare::greater, after)};
        if (!is_last) {
            after = heads->back().subject_key;
            conditions.push_back(where<&AuditRecord::subject_key>(Compare::less_or_equal, after));
        }
        Window window(books, std::move(*heads));
        auto read = for_each<AuditRecord>(books.store, std::move(conditions),
                                          [&](const AuditRecord& record) { window.add(record); });
        if (!read) return read;
        window.close();
        if (books.progress) books.progress("audit", books.report.audit_records);
        if (is_last) return {};
    }
}

}  // namespace

Result<void> verify_audit(Books& books) {
    std::vector<TenantId> tenants;
    auto read = for_each<core::identity::Tenant>(
        books.store, std::vector<ports::Condition>{},
        [&](const core::identity::Tenant& tenant) { tenants.push_back(tenant.tenant_id); });
    if (!read) return read;
    for (const TenantId tenant_id : tenants)
        for (const EnumName& subject : EnumNames<Subject>::values)
            if (auto done = verify_subject(books, tenant_id, static_cast<Subject>(subject.value)); !done) return done;
    const auto all = books.store.count_of<AuditRecord>({});
    if (!all) return std::unexpected(all.error());
    Findings(books.report).equal("audit.records", *all, books.report.audit_records, [] {
        return std::string("records of known institutions and subjects");
    });
    return {};
}

}  // namespace takas::app::verify
