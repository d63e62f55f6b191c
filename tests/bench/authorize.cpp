#include "authorize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cards.hpp"
#include "contender.hpp"
#include "engine.hpp"
#include "instructions.hpp"
#include "latency.hpp"
#include "server_process.hpp"

namespace takas::bench {
namespace {

constexpr std::size_t card_count = 100'000;
constexpr std::size_t spread = 10'000;
constexpr std::int64_t balance_minor = 100'000'000'000;  // no benchmark empties an account
constexpr int connections = 64;
constexpr std::chrono::milliseconds turn{1500};  // short and many: on a shared machine the disturbances are long
constexpr int turns = 9;

/// Two servers on equal folders, loaded in turns, so that what disturbs the machine disturbs both.
class Bench {
  public:
    Bench() {
        for (int i = 0; i < 5; ++i) {
            const ServerProcess server(folder_ / fmt::format("empty-{}", i));
            ready_on_empty_ms_.push_back(server.ready_after_ms());
        }
        const std::string data = folder_ / "empty-0", capped_data = folder_ / "capped";
        const auto tokens = put_cards_into_folder(data, card_count, balance_minor);
        std::filesystem::copy(data, capped_data, std::filesystem::copy_options::recursive);
        usual = std::make_unique<Contender>(std::make_unique<ServerProcess>(data), tokens);
        capped = std::make_unique<Contender>(
            std::make_unique<ServerProcess>(capped_data, std::vector<std::string>{"--batch-max", "1"}), tokens);
    }
    double ready_on_empty_ms() const { return median(ready_on_empty_ms_); }

    std::unique_ptr<Contender> usual, capped;  ///< capped: one authorization per commit

  private:
    TemporaryFolder folder_;
    std::vector<double> ready_on_empty_ms_;
};

void start_and_memory(Bench& bench, Figures& figures) {
    figures.group("Start and memory",
                  "Ready means that `/health/ready` answers 200; the median of five starts. Memory is resident memory "
                  "after one authorization on each card, so that every account is held by its lane.");
    figures.add("start to ready on an empty folder, ms", whole(bench.ready_on_empty_ms()), "under 2,000",
                bench.ready_on_empty_ms() < 2'000);
    figures.add("start to ready with 100,000 cards, ms", whole(bench.usual->server().ready_after_ms()));
    figures.add("memory before the first authorization, MiB", whole(bench.usual->server().resident_mib()));
    LoadPlan all;
    all.requests = card_count;
    const auto result = bench.usual->run(all, card_count);
    figures.add("memory with 100,000 cards loaded, MiB", whole(bench.usual->server().resident_mib()));
    figures.add("authorizations per second, each on an account not yet in memory", whole(result.per_second()));
}

void cpu_shares(const CpuByRole& used, double authorizations, double client_us, double decision_us, Figures& figures) {
    figures.group(
        "Where the time goes",
        "Processor time of the server's threads during the uncapped turns above, per authorization. The decision "
        "runs inside the http, lane and store-writer threads; its own line is the time of `decide` + `changes` above.");
    double total_us = 0;
    for (const auto& [role, ns] : used) total_us += static_cast<double>(ns) / 1000 / authorizations;
    for (const auto& [role, ns] : used) {
        const double us = static_cast<double>(ns) / 1000 / authorizations;
        if (us * 1000 < total_us) continue;  // below a tenth of a percent
        figures.add(fmt::format("thread {}, µs", role), fmt::format("{:.1f} ({:.0f} %)", us, 100 * us / total_us));
    }
    figures.add("of which decide + changes, µs",
                fmt::format("{:.1f} ({:.0f} %)", decision_us, 100 * decision_us / total_us));
    figures.add("all threads, µs", decimals(total_us, 1));
    figures.add("the load driver beside it, µs", decimals(client_us, 1));
}

/// Answers the peak rate.
double batches(Bench& bench, double decision_us, Figures& figures) {
    figures.group(
        "Group commit",
        "Durable authorizations over HTTP on SQLite, 64 connections in a closed loop over 10,000 accounts; the "
        "same server with `--batch-max 1` (one authorization per commit) in alternating turns of 1.5 s. Medians; the "
        "ratio is that of neighbours.");
    std::vector<double> batched, capped, ratios, client_us;
    CpuByRole used;
    double authorizations = 0;
    LoadPlan warm_up;  // the other server has its accounts in memory already
    warm_up.requests = spread;
    bench.capped->run(warm_up, spread);
    for (int i = 0; i < turns; ++i) {
        const auto before = bench.usual->server().cpu();
        const auto result = bench.usual->closed(connections, turn, spread);
        used += bench.usual->server().cpu() - before;
        authorizations += static_cast<double>(result.approved + result.warm_up_approved);
        client_us.push_back(result.client_cpu_us);
        batched.push_back(result.per_second());
        capped.push_back(bench.capped->closed(connections, turn, spread).per_second());
        ratios.push_back(batched.back() / capped.back());
    }
    figures.add("authorizations per second", whole(median(batched)));
    figures.add("authorizations per second, one per commit", whole(median(capped)));
    figures.add("ratio", decimals(median(ratios), 2), "at least 3", median(ratios) >= 3);
    cpu_shares(used, authorizations, median(client_us), decision_us, figures);
    return *std::ranges::max_element(batched);
}

void hot_account(Bench& bench, Figures& figures) {
    figures.group(
        "One hot account",
        "Ten thousand authorizations on one account against ten thousand on as many accounts, 64 connections, in "
        "alternating turns; all accounts are in memory. Medians.");
    std::vector<double> hot, cool, ratios;
    for (int i = 0; i < turns; ++i) {
        for (const std::size_t accounts : {std::size_t{1}, spread}) {
            LoadPlan p;
            p.requests = spread;
            (accounts == 1 ? hot : cool).push_back(bench.usual->run(p, accounts).per_second());
        }
        ratios.push_back(hot.back() / cool.back());
    }
    figures.add("authorizations per second, one account", whole(median(hot)));
    figures.add("authorizations per second, ten thousand accounts", whole(median(cool)));
    figures.add("ratio", decimals(median(ratios), 2), "at least 0.8", median(ratios) >= 0.8);
}

/// Answers the time of one decision with its changes, in µs.
double add_decisions(Figures& figures) {
    const auto rate = measure_decisions();
    figures.group("The decision alone",
                  "`decide` and `changes` on one core, without lane, store and HTTP; the best of five repeats.");
    figures.add("decide, per second", whole(rate.decide_per_second));
    figures.add("decide + changes, per second", whole(rate.decide_and_changes_per_second), "at least 500,000",
                rate.decide_and_changes_per_second >= 500'000);
    figures.add("allocations per decide", decimals(rate.allocations_per_decide, 2), "none",
                rate.allocations_per_decide == 0);
    figures.add("allocations per decide + changes", decimals(rate.allocations_per_changes, 2));
    return 1e6 / rate.decide_and_changes_per_second;
}

}  // namespace

void benchmark_decide(Figures& figures) { add_decisions(figures); }

void benchmark_instructions(Figures& figures) {
    figures.group(
        "Instructions per authorization",
        "Counted by callgrind as the difference of two runs. The engine is everything below HTTP: lanes, decision, "
        "SQLite, 64 requests under way. The last line is the whole server process with 64 connections.");
    figures.add("decide", whole(instructions_of_part("decide", 20'000)));
    figures.add("decide + changes", whole(instructions_of_part("changes", 20'000)));
    figures.add("engine with SQLite", whole(instructions_of_part("engine", 3'000)));
    figures.add("the whole server over HTTP", whole(instructions_of_request(2'000)));
}

void benchmark_latency(Figures& figures) {
    const TemporaryFolder folder;
    const std::string data = folder / "data";
    {
        const ServerProcess makes_the_folder(data);
    }
    const auto tokens = put_cards_into_folder(data, spread, balance_minor);
    Contender sqlite(std::make_unique<ServerProcess>(data), tokens);
    std::vector<double> rates;
    for (int i = 0; i < 4; ++i) rates.push_back(sqlite.closed(connections, turn, spread).per_second());
    add_latency(sqlite, *std::ranges::max_element(rates), spread, figures);
}

void benchmark_authorize(Figures& figures) {
    {
        Bench bench;
        start_and_memory(bench, figures);
        const double decision_us = add_decisions(figures);
        const double peak = batches(bench, decision_us, figures);
        hot_account(bench, figures);
        add_latency(*bench.usual, peak, spread, figures);
    }
    benchmark_instructions(figures);
}

}  // namespace takas::bench
