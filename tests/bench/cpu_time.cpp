#include "cpu_time.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <system_error>

namespace takas::bench {
namespace {

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// schedstat: time on a processor, time waiting for one, both in nanoseconds, and how often.
std::int64_t nanoseconds(const std::string& folder) {
    std::istringstream words(first_line(folder + "/schedstat"));
    std::int64_t on_processor = 0;
    words >> on_processor;
    return on_processor;
}

/// Of children that have ended and were waited for. The kernel counts them in ticks of 10 ms only.
std::int64_t ended_children_ns(pid_t process) {
    // stat: "pid (comm) state ..."; cutime and cstime are the 14th and 15th words behind the name.
    const std::string stat = first_line(fmt::format("/proc/{}/stat", process));
    const auto name_end = stat.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::istringstream words(stat.substr(name_end + 1));
    std::string word;
    for (int i = 0; i < 13; ++i) words >> word;
    std::int64_t user = 0, system = 0;
    words >> user >> system;
    return (user + system) * (1'000'000'000 / sysconf(_SC_CLK_TCK));
}

/// "postgres: walwriter " is a walwriter; "postgres: USER DATABASE ADDRESS STATE" is a backend.
std::string postgres_role(const std::string& child) {
    std::string title = first_line(fmt::format("/proc/{}/cmdline", child));
    title = title.substr(0, title.find('\0'));
    constexpr std::string_view start = "postgres: ";
    if (!title.starts_with(start)) return "backend";  // it has just begun or just ended
    title.erase(0, start.size());
    while (!title.empty() && title.back() == ' ') title.pop_back();
    for (const char* role : {"walwriter", "checkpointer", "background writer", "autovacuum", "logical replication"})
        if (title.starts_with(role)) return role;
    return "backend";
}

}  // namespace

CpuByRole operator-(const CpuByRole& later, const CpuByRole& earlier) {
    CpuByRole used;
    for (const auto& [role, ns] : later) {
        const auto before = earlier.find(role);
        used[role] = ns - (before == earlier.end() ? 0 : before->second);
    }
    return used;
}

CpuByRole& operator+=(CpuByRole& sum, const CpuByRole& more) {
    for (const auto& [role, ns] : more) sum[role] += ns;
    return sum;
}

std::int64_t total_ns(const CpuByRole& used) {
    std::int64_t sum = 0;
    for (const auto& [role, ns] : used) sum += ns;
    return sum;
}

CpuByRole thread_cpu(pid_t process) {
    CpuByRole used;
    std::error_code ended;
    for (const auto& task : std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process), ended)) {
        const std::string name = first_line(task.path() / "comm");
        if (!name.empty()) used[name] += nanoseconds(task.path());  // else the thread has just ended
    }
    return used;
}

CpuByRole postgres_cpu(pid_t postmaster) {
    CpuByRole used;
    used["postmaster"] = nanoseconds(fmt::format("/proc/{}", postmaster));
    used["backend"] = ended_children_ns(postmaster);
    std::istringstream children(first_line(fmt::format("/proc/{0}/task/{0}/children", postmaster)));
    for (std::string child; children >> child;) used[postgres_role(child)] += nanoseconds("/proc/" + child);
    return used;
}

}  // namespace takas::bench
