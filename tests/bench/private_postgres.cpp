#include "private_postgres.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "run_program.hpp"

namespace takas::bench {
namespace {

constexpr auto tool = TAKAS_SOURCE_DIR "/tools/private_postgres";

// Everything that is compared fits into memory, and no checkpoint falls into a turn: so none meets the full page images
// that follow one, and the disturbance hits nobody instead of somebody. Durability is untouched.
constexpr std::array options{"fsync=on",           "synchronous_commit=on",     "full_page_writes=on",
                             "shared_buffers=2GB", "max_wal_size=16GB",         "min_wal_size=2GB",
                             "wal_buffers=64MB",   "checkpoint_timeout=30min",  "max_connections=200",
                             "work_mem=16MB",      "maintenance_work_mem=512MB"};

std::string without_line_end(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text;
}

double number_before(const std::string& text, std::string_view mark) {
    const auto at = text.find(mark);
    if (at == std::string::npos) throw std::runtime_error("pgbench printed no result: " + text);
    return std::stod(text.substr(at + mark.size()));
}

/// pgbench's log has a line for each transaction; the third word is its latency in microseconds.
std::vector<std::uint32_t> logged_latencies(const TemporaryFolder& folder) {
    std::vector<std::uint32_t> latencies;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        std::ifstream lines(file.path());
        for (std::string line; std::getline(lines, line);) {
            std::istringstream words(line);
            std::uint64_t client = 0, transaction = 0;
            std::uint32_t latency_us = 0;
            if (words >> client >> transaction >> latency_us) latencies.push_back(latency_us);
        }
    }
    std::ranges::sort(latencies);
    return latencies;
}

}  // namespace

PrivatePostgres::PrivatePostgres() {
    std::vector<std::string> words{tool, "start", folder_.path(), fmt::format("watch={}", getpid())};
    words.insert(words.end(), options.begin(), options.end());
    run_program(words);
    std::ifstream(folder_ / "data/postmaster.pid") >> postmaster_;
    if (postmaster_ <= 0) throw std::runtime_error("the private PostgreSQL has no postmaster");
}

PrivatePostgres::~PrivatePostgres() {
    try {
        run_program({tool, "remove", folder_.path()});
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());  // its folder is in the temporary folder and its watcher looks after it
    }
}

std::string PrivatePostgres::settings() { return fmt::format("{}", fmt::join(options, ", ")); }

std::string PrivatePostgres::url(std::string_view database) const {
    return without_line_end(run_program({tool, "url", folder_.path(), std::string(database)}));
}

std::string PrivatePostgres::query(std::string_view database, const std::string& sql) const {
    return without_line_end(
        run_program({"psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-c", sql}));
}

double PrivatePostgres::wal_bytes() const {
    return std::stod(query("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));
}

double PrivatePostgres::stored_bytes(const std::string& database) const {
    return std::stod(query("postgres", fmt::format("SELECT pg_database_size('{}')", database)));
}

void PrivatePostgres::fill_tpcb(std::string_view database, int scale) const {
    run_program({"pgbench", "-i", "-q", "-s", std::to_string(scale), url(database)});
}

PgbenchResult PrivatePostgres::pgbench(const PgbenchPlan& plan) const {
    const TemporaryFolder logs;
    std::vector<std::string> words{"pgbench", "-n",
                                   "-M",      "prepared",
                                   "-c",      std::to_string(plan.clients),
                                   "-j",      plan.clients > 1 ? "2" : "1",
                                   "-T",      std::to_string(plan.duration.count())};
    if (plan.script.empty())
        words.insert(words.end(), {"-b", "tpcb-like"});
    else
        words.insert(words.end(), {"-f", plan.script});
    for (const auto& [name, value] : plan.values) words.insert(words.end(), {"-D", name + '=' + value});
    if (plan.logs_latencies) words.insert(words.end(), {"-l", "--log-prefix", logs / "latency"});
    words.push_back(url(plan.database));
    PgbenchResult result;
    const std::string output = run_program(words, &result.driver_us);
    result.transactions = number_before(output, "transactions actually processed: ");
    result.driver_us /= std::max(result.transactions, 1.0);
    result.per_second = number_before(output, "tps = ");
    if (plan.logs_latencies) result.latencies_us = logged_latencies(logs);
    return result;
}

}  // namespace takas::bench
