#include "app/verify/verify.hpp"

#include "app/transactions/transaction_view.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {

namespace {

/// A commit takes milliseconds; longer than this only something that was left open.
constexpr std::chrono::seconds open_commits_patience{30};

}  // namespace

Result<Report> verify(ports::Store& store, const Progress& progress, const Options& options,
                      ports::ArchiveFiles* archive) {
    Report report;
    report.are_seals_proved = options.secret_box != nullptr;
    // Else a transaction could be seen whose event is still hidden behind somebody else's commit.
    if (auto readable = store.wait_until_readable(open_commits_patience); !readable)
        return std::unexpected(std::move(readable.error()));
    auto state = archive::read_state(store);
    if (!state) return std::unexpected(std::move(state.error()));
    Books books{store, options, progress, *state, Past::of(*state), report};
    for (const auto pass : {verify_accounts, verify_transactions, verify_cards, verify_usage, verify_rules,
                            verify_audit, verify_audit_whole})
        if (auto done = pass(books); !done) return std::unexpected(std::move(done.error()));
    if (archive)
        if (auto done = verify_archive(books, *archive); !done) return std::unexpected(std::move(done.error()));
    return report;
}

namespace {

std::string_view name_of(const LedgerTotal& total) {
    if (total.is_archived) return "Archived";
    const bool is_own = total.account == core::ledger::ContraAccount::none;
    return is_own ? "CardAccounts" : to_name(total.account);
}

std::string past_text(const Report& report) {
    if (report.carries == 0) return {};
    std::string out = fmt::format("{} accounts go on from archived entries", report.carries);
    if (report.archived_kept > 0) out += fmt::format(", {} of which are still in the store", report.archived_kept);
    if (report.archives > 0)
        out += fmt::format("; {} archives with {} entries lead to where they go on", report.archives,
                           report.archived_entries);
    return out + "\n";
}

}  // namespace

std::string lines_of(const Differences& differences) {
    std::string out;
    for (const Difference& d : differences.differences)
        out += fmt::format("  {}: {}: expected {}, found {}\n", d.what, d.where, d.expected, d.found);
    return out;
}

std::string to_text(const Report& report) {
    std::string out = fmt::format(
        "{} accounts, {} ledger entries, {} transactions ({} decisions made again), {} events, {} cards\n",
        report.accounts, report.entries, report.transactions, report.decisions, report.events, report.cards);
    out += past_text(report);
    out += fmt::format("{} audit records in {} chains{}\n", report.audit_records, report.audit_chains,
                       report.are_seals_proved ? ", their seals proved" : "; seals not proved: no keys at hand");
    if (report.counters > 0)
        out += fmt::format("{} counters of limits compared with their transactions\n", report.counters);
    if (report.rules > 0) out += fmt::format("{} rules of controls and fees compiled\n", report.rules);
    if (report.audit_older > 0)
        out += fmt::format("{} cards and products are older than the audit log\n", report.audit_older);
    for (const LedgerTotal& total : report.totals)
        out += fmt::format("{:>5}  {:<18}  {:>24}\n", total.currency.value, name_of(total),
                           takas::to_text(transactions::major_units(total.total_minor, total.currency)));
    if (report.sound()) return out + "the books balance\n";
    out += fmt::format("{} differences\n", report.difference_count);
    return out + lines_of(report);
}

}  // namespace takas::app::verify
