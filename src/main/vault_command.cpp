// `takas vault bins import`: replaces the BIN table by a CSV file, or says which lines are wrong and changes nothing.
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/vault/bin_import.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"

namespace takas::main {
namespace {

constexpr std::uintmax_t file_bytes_max = std::uintmax_t{64} << 20;  // 200,000 lines of 300 octets

std::optional<std::string> read_file(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error) || std::filesystem::file_size(path, error) > file_bytes_max)
        return {};
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf() || in.peek() == std::ifstream::traits_type::eof())) return {};
    return std::move(text).str();
}

}  // namespace

int import_vault_bins(const Settings& settings, const std::string& path) {
    const auto text = read_file(path);
    if (!text) {
        fmt::print(stderr, "takas: {} cannot be read, or is larger than {} octets\n", path, file_bytes_max);
        return exit_failed;
    }
    auto table = app::vault::read_bin_table(*text);
    for (const auto& problem : table.problems) fmt::print(stderr, "{}:{}: {}\n", path, problem.line_no, problem.why);
    if (!table.problems.empty()) return exit_failed;
    const auto session = open_keys_session(settings, {}, /*needs_tenant=*/false);
    if (!session) return report_failure(session.error());
    app::Context context = operator_context(session->server->services());
    const std::size_t count = table.rows.size();
    if (auto done = app::vault::replace_bin_table(context, std::move(table.rows)); !done)
        return report_failure(done.error());
    const auto outcome = context.store().commit_and_wait(std::move(context.unit)).outcome;
    if (outcome != app::ports::CommitOutcome::committed)
        return report_failure({ErrorCode::unavailable, "the table could not be stored"});
    fmt::print("{} BINs imported\n", count);
    return 0;
}

}  // namespace takas::main
