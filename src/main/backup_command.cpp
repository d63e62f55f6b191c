// `takas backup`: a copy of the SQLite database, while a server uses it. Takes no lock on the data folder, writes
// nothing into it and needs no keys.
#include <fmt/core.h>

#include <filesystem>

#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/server.hpp"
#include "store/sqlite/backup.hpp"

namespace takas::main {

int backup(const Settings& settings, const std::string& to) {
    const auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    if (options->store != StoreKind::sqlite) {
        fmt::print(stderr,
                   "takas: this copies an SQLite database; PostgreSQL has its own tools (docs/operating/backup.md)\n");
        return exit_usage;
    }
    const std::filesystem::path from = options->data_dir / "takas.db";
    const auto copied = store::sqlite::back_up(from.string(), to);
    if (!copied) return report_failure(copied.error());
    fmt::print("{} bytes in {}, checked\n", copied->bytes, to);
    fmt::print("The keys are not in it: without a copy of {} it is worthless.\n",
               (options->data_dir / "keys").string());
    if (!copied->key_fingerprints.empty()) fmt::print("It belongs to the keys {}\n", copied->key_fingerprints);
    fmt::print("To prove it: mkdir -m 700 DIR && cp {} DIR/takas.db && takas verify --data DIR\n", to);
    return 0;
}

}  // namespace takas::main
