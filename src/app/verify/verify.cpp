#include "app/verify/verify.hpp"

#include "app/transactions/transaction_view.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {

Result<Report> verify(ports::Store& store, const Progress& progress, const Options& options) {
    Report report;
    for (const auto pass : {verify_accounts, verify_transactions, verify_cards})
        if (auto done = pass(store, options, progress, report); !done) return std::unexpected(std::move(done.error()));
    return report;
}

std::string to_text(const Report& report) {
    using core::ledger::ContraAccount;
    std::string out = fmt::format(
        "{} accounts, {} ledger entries, {} transactions ({} decisions made again), {} events, {} cards\n",
        report.accounts, report.entries, report.transactions, report.decisions, report.events, report.cards);
    for (const LedgerTotal& total : report.totals)
        out += fmt::format("{:>5}  {:<18}  {:>24}\n", total.currency.value,
                           total.account == ContraAccount::none ? "CardAccounts" : to_name(total.account),
                           takas::to_text(transactions::major_units(total.total_minor, total.currency)));
    if (report.sound()) return out + "the books balance\n";
    out += fmt::format("{} differences\n", report.difference_count);
    for (const Difference& d : report.differences)
        out += fmt::format("  {}: {}: expected {}, found {}\n", d.what, d.where, d.expected, d.found);
    return out;
}

}  // namespace takas::app::verify
