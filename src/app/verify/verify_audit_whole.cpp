// That no chain of the audit log is missing: every card and product that was made since the store keeps the log begins
// with a record, so it has a chain. A chain that was removed with its head leaves nothing else to see. Since when, a
// row of the meta table says (written by migration 15); no record may be older than it.
#include <charconv>
#include <map>
#include <string>
#include <unordered_set>

#include "app/ports/tables.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {
namespace {

using core::audit::AuditHead;
using core::audit::Subject;
using core::card::Card;
using core::product::CardProduct;
using ports::Compare;
using ports::Meta;
using ports::where;

constexpr std::string_view audit_since_name = "audit_since";
/// The database's clock wrote the mark, a server's clock the records.
constexpr std::int64_t clock_slack_s = 600;

Result<std::optional<Instant>> read_since(ports::Store& store) {
    const auto row = store.find<Meta>({where<&Meta::name>(audit_since_name)});
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    const std::string& text = (*row)->value;
    Instant since;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), since.value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return since;
}

std::string place_of(TenantId tenant_id, Subject subject, std::string_view key) {
    return fmt::format("tenant {} {} {}", tenant_id.value, to_name(subject), key);
}

/// Cards whose keys are texts of one length stand in the log in the order of their numbers: one range of heads.
using Group = std::pair<TenantId, std::size_t>;
using Keys = std::vector<std::string>;

Result<void> check_group(Books& books, TenantId tenant_id, const Keys& keys) {
    std::unordered_set<std::string_view> missing(keys.begin(), keys.end());
    auto read = for_each<AuditHead>(
        books.store,
        std::vector{where<&AuditHead::tenant_id>(tenant_id), where<&AuditHead::subject>(Subject::card),
                    where<&AuditHead::subject_key>(Compare::greater_or_equal, keys.front()),
                    where<&AuditHead::subject_key>(Compare::less_or_equal, keys.back())},
        [&](const AuditHead& head) { missing.erase(head.subject_key); });
    if (!read) return read;
    Findings findings(books.report);
    for (const std::string& key : keys)
        if (missing.contains(key))
            findings.add("audit.chain", place_of(tenant_id, Subject::card, key), "an audit chain", "none");
    return {};
}

Result<void> check_cards(Books& books, Instant since) {
    std::map<Group, Keys> groups;
    return in_windows<Card, &Card::token_id>(
        books.store, books.options.cards_per_window,
        [&](const Card& card) {
            if (card.creation_time < since) return void(++books.report.audit_older);
            std::string key = std::to_string(card.token_id.value);
            groups[{card.tenant_id, key.size()}].push_back(std::move(key));
        },
        [&](Range) -> Result<void> {
            for (const auto& [group, keys] : groups)
                if (auto done = check_group(books, group.first, keys); !done) return done;
            groups.clear();
            return {};
        });
}

Result<void> check_products(Books& books, Instant since) {
    std::vector<std::pair<TenantId, std::string>> products;
    auto read = for_each<CardProduct>(books.store, std::vector<ports::Condition>{}, [&](const CardProduct& product) {
        if (product.creation_time < since)
            ++books.report.audit_older;
        else
            products.emplace_back(product.tenant_id, product.code);
    });
    if (!read) return read;
    Findings findings(books.report);
    for (const auto& [tenant_id, code] : products) {
        const auto head = books.store.find<AuditHead>({where<&AuditHead::tenant_id>(tenant_id),
                                                       where<&AuditHead::subject>(Subject::product),
                                                       where<&AuditHead::subject_key>(code)});
        if (!head) return std::unexpected(head.error());
        if (!*head) findings.add("audit.chain", place_of(tenant_id, Subject::product, code), "an audit chain", "none");
    }
    return {};
}

}  // namespace

Result<void> verify_audit_whole(Books& books) {
    if (!books.options.proves_audit_whole) return {};
    const auto since = read_since(books.store);
    if (!since) return std::unexpected(since.error());
    Findings findings(books.report);
    // Without the mark everything is looked at: to remove it helps nobody.
    if (!*since) findings.add("audit.since", "meta audit_since", "since when the log is kept", "none");
    const Instant from = since->value_or(Instant{});
    if (books.report.audit_first && books.report.audit_first->plus_seconds(clock_slack_s) < from)
        findings.add("audit.since", "meta audit_since", "not after the first record", to_text(from));
    if (auto done = check_cards(books, from); !done) return done;
    return check_products(books, from);
}

}  // namespace takas::app::verify
