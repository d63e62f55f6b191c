#include "profile.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "cards.hpp"
#include "contender.hpp"
#include "figures.hpp"
#include "private_postgres.hpp"

namespace takas::bench {
namespace {

constexpr std::size_t accounts = 10'000;
constexpr std::int64_t balance_minor = 100'000'000'000;

int connections() {
    const char* stated = std::getenv("TAKAS_CONNECTIONS");
    return stated ? std::stoi(stated) : 256;
}

void load(Contender& contender, int seconds, double rate) {
    fmt::print("server {}\n", contender.server().pid());
    std::fflush(stdout);
    for (int i = 0; i < seconds; ++i) {
        const auto result = rate > 0 ? contender.open(rate, std::chrono::seconds(1), accounts)
                                     : contender.closed(connections(), std::chrono::seconds(1), accounts);
        fmt::print("{}/s  p50 {:.2f}  p99 {:.2f}  p99.9 {:.2f} ms  driver {:.1f} us\n", whole(result.per_second()),
                   result.percentile_ms(0.5), result.percentile_ms(0.99), result.percentile_ms(0.999),
                   result.client_cpu_us);
        std::fflush(stdout);
    }
}

}  // namespace

bool run_load_to_profile(const std::string& store, int seconds, double rate) {
    const bool is_url = store.contains("://");
    if (store != "sqlite" && store != "postgres" && !is_url) return false;
    const TemporaryFolder folder;
    const std::string data = folder / "data";
    std::unique_ptr<PrivatePostgres> postgres;
    std::vector<std::string> arguments;
    std::string url = is_url ? store : "";
    std::vector<std::int64_t> tokens;
    if (store == "postgres") {
        postgres = std::make_unique<PrivatePostgres>();
        url = postgres->url("postgres");
        fmt::print("postmaster {}\n", postgres->postmaster());
    }
    if (!url.empty()) arguments = {"--store", url};
    {
        const ServerProcess makes_the_tables(data, arguments);
    }
    if (!url.empty())
        tokens = put_cards_into_database(url, accounts, balance_minor);
    else
        tokens = put_cards_into_folder(data, accounts, balance_minor);
    Contender contender(std::make_unique<ServerProcess>(data, arguments), tokens);
    load(contender, seconds, rate);
    return true;
}

}  // namespace takas::bench
