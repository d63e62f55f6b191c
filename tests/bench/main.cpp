// takas_bench NAME [--write]: runs one benchmark, prints its figures and, with --write, puts them into
// docs/benchmarks.md. Exit code 1 when a promise is not kept.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>

#include "authorize.hpp"
#include "backtest.hpp"
#include "controls.hpp"
#include "crypto.hpp"
#include "engine.hpp"
#include "growth.hpp"
#include "lists.hpp"
#include "postgres.hpp"
#include "profile.hpp"
#include "rules.hpp"
#include "vault.hpp"

namespace {

using takas::bench::Figures;

struct Benchmark {
    std::string_view name;
    std::string_view title;
    void (*run)(Figures&);
};

constexpr std::array benchmarks{
    Benchmark{"authorize", "Authorizations", &takas::bench::benchmark_authorize},
    Benchmark{"postgres", "Authorizations on PostgreSQL", &takas::bench::benchmark_postgres},
    Benchmark{"latency", "Latency on SQLite", &takas::bench::benchmark_latency},
    Benchmark{"growth", "Growth", &takas::bench::benchmark_growth},
    Benchmark{"lists", "Lists", &takas::bench::benchmark_lists},
    Benchmark{"decide", "Decisions", &takas::bench::benchmark_decide},
    Benchmark{"crypto", "Payment algorithms", &takas::bench::benchmark_crypto},
    Benchmark{"rules", "Rules", &takas::bench::benchmark_rules},
    Benchmark{"controls", "Controls", &takas::bench::benchmark_controls},
    Benchmark{"vault", "The card vault", &takas::bench::benchmark_vault},
    Benchmark{"backtest", "Back-tests", &takas::bench::benchmark_backtest},
    Benchmark{"instructions", "Instructions", &takas::bench::benchmark_instructions},
};

int usage() {
    fmt::print(stderr, "usage: takas_bench NAME [--write]\n\n");
    for (const auto& b : benchmarks) fmt::print(stderr, "  {:<14}{}\n", b.name, b.title);
    fmt::print(stderr,
               "\n  load STORE SECONDS [RATE]: no benchmark, only a load on sqlite, postgres or the empty database of "
               "a URL, to look "
               "at with perf; TAKAS_* variables are the server's settings\n");
    return 2;
}

}  // namespace

int main(int count, char** words) try {
    const std::string_view name = count > 1 ? words[1] : "";
    // Not for people: what the instruction counts run under callgrind.
    if (name == "work" && count == 4) {
        const std::size_t times = std::stoul(words[3]);
        return takas::bench::do_work(words[2], times) || takas::bench::do_crypto_work(words[2], times) ||
                       takas::bench::do_rule_work(words[2], times) || takas::bench::do_control_work(words[2], times)
                   ? 0
                   : 2;
    }
    // For people with perf: a load without promises.
    if (name == "load" && (count == 4 || count == 5))
        return takas::bench::run_load_to_profile(words[2], std::stoi(words[3]), count == 5 ? std::stod(words[4]) : 0)
                   ? 0
                   : usage();
    const auto found = std::ranges::find(benchmarks, name, &Benchmark::name);
    const bool is_written = count == 3 && std::string_view(words[2]) == "--write";
    if (found == benchmarks.end() || count > (is_written ? 3 : 2)) return usage();
    Figures figures(std::string(found->title), fmt::format("./dev bench {} --write", found->name));
    found->run(figures);
    fmt::print("{}", figures.text());
    if (is_written && !figures.write(TAKAS_SOURCE_DIR "/docs/benchmarks.md")) {
        fmt::print(stderr, "docs/benchmarks.md cannot be written\n");
        return 1;
    }
    return figures.all_met() ? 0 : 1;
} catch (const std::exception& e) {
    fmt::print(stderr, "takas_bench: {}\n", e.what());
    return 1;
}
