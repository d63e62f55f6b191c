#include "instructions.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "cards.hpp"
#include "load.hpp"
#include "server_process.hpp"

namespace takas::bench {
namespace {

// --fair-sched: without it one thread may starve the others for long, and the count depends on which.
constexpr auto callgrind = "valgrind --tool=callgrind --fair-sched=yes -q --callgrind-out-file=";

/// Valgrind 3.19 gives up on the debug information that clang 19 writes.
std::string without_debug_information(const std::string& program, const TemporaryFolder& folder) {
    const std::string copy = folder / std::filesystem::path(program).filename().string();
    const std::string command = fmt::format("llvm-strip-19 --strip-debug -o {} {}", copy, program);
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
    return copy;
}

double total_of(const std::string& profile) {
    std::ifstream file(profile);
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("totals: ") || line.starts_with("summary: "))
            return std::stod(line.substr(line.find(' ')));
    throw std::runtime_error("callgrind left no profile");
}

double count_part(const std::string& part, std::size_t count, const TemporaryFolder& folder) {
    const std::string profile = folder / fmt::format("{}-{}", part, count);
    const std::string self = without_debug_information(std::filesystem::read_symlink("/proc/self/exe"), folder);
    const std::string command =
        fmt::format("{}{} {} work {} {} >{}.log 2>&1", callgrind, profile, self, part, count, profile);
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
    return total_of(profile);
}

double count_requests(std::size_t count, const std::string& data, const std::vector<std::int64_t>& tokens,
                      const std::string& profile, std::uint32_t first_message_no, const std::string& binary) {
    {
        ServerProcess server(
            data, {},
            {"valgrind", "--tool=callgrind", "--fair-sched=yes", "-q", "--callgrind-out-file=" + profile, binary});
        LoadPlan plan;
        plan.port = server.port();
        plan.access_token = server.access_token();
        plan.tokens = tokens;
        plan.requests = count;
        plan.first_message_no = first_message_no;
        if (run_load(plan).approved != count) throw std::runtime_error("not every authorization was approved");
    }
    return total_of(profile);
}

}  // namespace

double instructions_of_part(const std::string& part, std::size_t count) {
    const TemporaryFolder folder;
    return (count_part(part, 2 * count, folder) - count_part(part, count, folder)) / static_cast<double>(count);
}

double instructions_of_request(std::size_t count) {
    const TemporaryFolder folder;
    const std::string data = folder / "data";
    const std::string binary = without_debug_information(takas_binary(), folder);
    {
        const ServerProcess makes_the_folder(data);
    }
    const auto tokens = put_cards_into_folder(data, 256, 100'000'000);
    const double few = count_requests(count, data, tokens, folder / "few", 1, binary);
    const double many =
        count_requests(3 * count, data, tokens, folder / "many", static_cast<std::uint32_t>(count) + 1, binary);
    return (many - few) / static_cast<double>(2 * count);
}

}  // namespace takas::bench
