// `takas verify`: proves the books of a data folder that no server uses at the moment.
#include <fmt/core.h>

#include "app/verify/verify.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/foundations.hpp"
#include "main/machine.hpp"

namespace takas::main {

int verify(const Settings& settings) {
    const auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    // A folder that is not there would be made, and found sound.
    if (!std::filesystem::exists(options->data_dir / "takas.db")) {
        fmt::print(stderr, "takas: there is no database in {}\n", options->data_dir.string());
        return exit_failed;
    }
    auto foundations = lay_foundations(*options, MachineClock().now());
    if (!foundations) return report_failure(foundations.error());
    const auto report = app::verify::verify(*foundations->store, [](std::string_view, std::int64_t) {});
    if (!report) return report_failure(report.error());
    fmt::print("{}", app::verify::to_text(*report));
    return report->sound() ? 0 : exit_failed;
}

}  // namespace takas::main
