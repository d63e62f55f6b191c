// `takas perso result`: takes a result file of an office or a courier, and says which lines it could not take.
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/perso/result_file.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"

namespace takas::main {
namespace {

constexpr std::uintmax_t file_bytes_max = app::perso::result_lines_max * app::perso::result_line_bytes_max;

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

int take_result_file(const Settings& settings, const ResultFile& file) {
    const auto text = read_file(file.path);
    if (!text) {
        fmt::print(stderr, "takas: {} cannot be read, or is larger than {} octets\n", file.path, file_bytes_max);
        return exit_failed;
    }
    KeysOrder keys_order;
    keys_order.tenant = file.tenant;
    const auto session = open_keys_session(settings, keys_order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    const auto report = app::perso::take_results(context, *text);
    if (!report) return report_failure(report.error());
    for (const auto& line : report->refused)
        fmt::print(stderr, "{}:{}: {}{}{}\n", file.path, line.line_no, line.barcode, line.barcode.empty() ? "" : ": ",
                   line.why);
    fmt::print("{} lines taken, {} were known, {} refused\n", report->taken_count, report->known_count,
               report->refused.size());
    if (report->counts)
        fmt::print("{} ordered = {} made + {} spoiled + {} withdrawn + {} open\n", report->counts->ordered,
                   report->counts->made, report->counts->spoiled, report->counts->withdrawn, report->counts->open);
    return report->refused.empty() ? 0 : exit_failed;
}

}  // namespace takas::main
