#include "authorize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "cards.hpp"
#include "engine.hpp"
#include "instructions.hpp"
#include "load.hpp"
#include "server_process.hpp"

namespace takas::bench {
namespace {

constexpr std::size_t card_count = 100'000;
constexpr std::size_t spread = 10'000;
constexpr std::int64_t balance_minor = 100'000'000'000;  // no benchmark empties an account
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
        const std::string data = folder_ / "empty-0";
        tokens_ = put_cards_into_folder(data, card_count, balance_minor);
        capped_data_ = folder_ / "capped";
        std::filesystem::copy(data, capped_data_, std::filesystem::copy_options::recursive);
        server_ = std::make_unique<ServerProcess>(data);
        capped_ = std::make_unique<ServerProcess>(capped_data_, std::vector<std::string>{"--batch-max", "1"});
        token_ = server_->access_token();
        capped_token_ = capped_->access_token();
    }

    LoadPlan plan(bool is_capped) const {
        LoadPlan p;
        p.port = is_capped ? capped_->port() : server_->port();
        p.access_token = is_capped ? capped_token_ : token_;
        return p;
    }

    /// Runs it with message keys of its own; everything must be approved.
    LoadResult run(LoadPlan p) {
        p.first_stan = next_stan_;
        auto result = run_load(p);
        next_stan_ += static_cast<std::uint32_t>(result.latencies_us.size()) + 1;
        if (result.declined + result.other > 0)
            throw std::runtime_error(fmt::format("{} declined, {} failed", result.declined, result.other));
        return result;
    }

    std::vector<std::int64_t> tokens(std::size_t count) const {
        return {tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    ServerProcess& server() { return *server_; }
    double ready_on_empty_ms() const { return median(ready_on_empty_ms_); }

  private:
    TemporaryFolder folder_;
    std::string capped_data_, token_, capped_token_;
    std::vector<double> ready_on_empty_ms_;
    std::vector<std::int64_t> tokens_;
    std::unique_ptr<ServerProcess> server_, capped_;
    std::uint32_t next_stan_ = 1;
};

void start_and_memory(Bench& bench, Figures& figures) {
    figures.group("Start and memory",
                  "Ready means that `/health/ready` answers 200; the median of five starts. Memory is resident memory "
                  "after one authorization on each card, so that every account is held by its lane.");
    figures.add("start to ready on an empty folder, ms", whole(bench.ready_on_empty_ms()), "under 2,000",
                bench.ready_on_empty_ms() < 2'000);
    figures.add("start to ready with 100,000 cards, ms", whole(bench.server().ready_after_ms()));
    figures.add("memory before the first authorization, MiB", whole(bench.server().resident_mib()));
    LoadPlan all = bench.plan(false);
    all.tokens = bench.tokens(card_count);
    all.requests = card_count;
    const auto result = bench.run(all);
    figures.add("memory with 100,000 cards loaded, MiB", whole(bench.server().resident_mib()));
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
    LoadPlan warm_up = bench.plan(true);  // the other server has its accounts in memory already
    warm_up.tokens = bench.tokens(spread);
    warm_up.requests = spread;
    bench.run(warm_up);
    for (int i = 0; i < turns; ++i) {
        for (const bool is_capped : {false, true}) {
            LoadPlan p = bench.plan(is_capped);
            p.tokens = bench.tokens(spread);
            p.duration = turn;
            const auto before = bench.server().cpu();
            const auto result = bench.run(p);
            (is_capped ? capped : batched).push_back(result.per_second());
            if (is_capped) continue;
            for (const auto& [role, ns] : bench.server().cpu() - before) used[role] += ns;
            authorizations += static_cast<double>(result.approved);
            client_us.push_back(result.client_cpu_us);
        }
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
            LoadPlan p = bench.plan(false);
            p.tokens = bench.tokens(accounts);
            p.requests = spread;
            (accounts == 1 ? hot : cool).push_back(bench.run(p).per_second());
        }
        ratios.push_back(hot.back() / cool.back());
    }
    figures.add("authorizations per second, one account", whole(median(hot)));
    figures.add("authorizations per second, ten thousand accounts", whole(median(cool)));
    figures.add("ratio", decimals(median(ratios), 2), "at least 0.8", median(ratios) >= 0.8);
}

void latency(Bench& bench, double peak, Figures& figures) {
    figures.group(
        "Latency at half of the peak",
        "Open loop: arrivals at a fixed rate for 5 s, latency from the scheduled arrival, so that a server that "
        "falls behind cannot hide it.");
    LoadPlan p = bench.plan(false);
    p.tokens = bench.tokens(spread);
    p.rate = peak / 2;
    p.duration = std::chrono::seconds(5);
    const auto result = bench.run(p);
    figures.add("arrivals per second", whole(p.rate));
    figures.add("p50, ms", decimals(result.percentile_ms(0.5), 2));
    figures.add("p99, ms", decimals(result.percentile_ms(0.99), 2));
    figures.add("p99.9, ms", decimals(result.percentile_ms(0.999), 2));
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

void benchmark_authorize(Figures& figures) {
    {
        Bench bench;
        start_and_memory(bench, figures);
        const double decision_us = add_decisions(figures);
        const double peak = batches(bench, decision_us, figures);
        hot_account(bench, figures);
        latency(bench, peak, figures);
    }
    benchmark_instructions(figures);
}

}  // namespace takas::bench
