// `takas verify`: proves the books of a store that no server uses at the moment. It needs no keys.
#include <fmt/core.h>

#include "app/verify/verify.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/foundations.hpp"
#include "main/installation_keys.hpp"

namespace takas::main {
namespace {

/// SQLite's folder is locked, so that no server writes meanwhile; a database server has other users anyway.
Result<std::optional<DataFolder>> lock_folder(const ServerOptions& options) {
    if (options.store != StoreKind::sqlite) return std::nullopt;
    // A folder that is not there would be made, and found sound.
    if (!std::filesystem::exists(options.data_dir / "takas.db"))
        return fail(ErrorCode::unavailable, "there is no database in " + options.data_dir.string());
    auto folder = DataFolder::open(options.data_dir);
    if (!folder) return std::unexpected(std::move(folder.error()));
    return std::optional<DataFolder>(std::move(*folder));
}

}  // namespace

int verify(const Settings& settings) {
    const auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    const auto folder = lock_folder(*options);
    if (!folder) return report_failure(folder.error());
    const auto store = open_store(*options, *folder ? &**folder : nullptr);
    if (!store) return report_failure(store.error());
    const auto installed = is_installed(**store);
    if (!installed) return report_failure(installed.error());
    if (!*installed) {
        fmt::print(stderr, "takas: no server has used this store yet\n");
        return exit_failed;
    }
    const auto report = app::verify::verify(**store, [](std::string_view, std::int64_t) {});
    if (!report) return report_failure(report.error());
    fmt::print("{}", app::verify::to_text(*report));
    return report->sound() ? 0 : exit_failed;
}

}  // namespace takas::main
