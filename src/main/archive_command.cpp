// `takas archive`: moves whole months of transactions into files. On PostgreSQL beside running servers; SQLite's folder
// must not be in use (a running server does it itself: transaction_retention_months).
#include <fmt/core.h>

#include "app/archive/archive.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/machine.hpp"
#include "main/offline_store.hpp"
#include "store/archive/archive_folder.hpp"

namespace takas::main {

int archive(const Settings& settings, const ArchiveOrder& order) {
    const std::string to = order.to.empty() ? settings.archive_dir : order.to;
    const auto before = parse_instant(order.before);
    if (!before || to.empty()) {
        fmt::print(stderr, "takas: archive needs --before YYYY-MM-DD and --to DIR\n");
        return exit_usage;
    }
    const auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    const auto offline = open_offline(*options);
    if (!offline) return report_failure(offline.error());
    store::archive::ArchiveFolder files(to);
    const auto done = app::archive::archive_before(*offline->store, files, MachineClock(), *before);
    if (!done) return report_failure(done.error());
    fmt::print("{} months archived: {} transactions, {} ledger entries\n", done->months, done->transactions,
               done->entries);
    if (done->obstacle.empty()) return 0;
    fmt::print(stderr, "takas: {}\n", done->obstacle);
    return exit_failed;
}

}  // namespace takas::main
