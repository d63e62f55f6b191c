#include "growth.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "cards.hpp"
#include "contender.hpp"
#include "history.hpp"
#include "private_postgres.hpp"

namespace takas::bench {
namespace {

using std::chrono::seconds;

constexpr std::size_t accounts = 100'000;
constexpr std::int64_t few = 100'000, many_usual = 20'000'000;
constexpr std::int64_t balance_minor = 100'000'000'000;  // no benchmark empties an account
constexpr int connections = 128;
constexpr int turns = 9;
constexpr seconds turn{3};
constexpr double ratio_max = 1.2;

std::int64_t many() {
    const char* text = std::getenv("TAKAS_GROWTH_TRANSACTIONS");
    return text ? std::stoll(text) : many_usual;
}

/// One database with its past and the server on it, and what its turns have used.
class Side {
  public:
    Side(const PrivatePostgres& postgres, const TemporaryFolder& folder, const std::string& name, std::int64_t past)
        : postgres_(postgres), name_(name) {
        postgres.query("postgres", "CREATE DATABASE " + name);
        const std::vector<std::string> arguments{"--store", postgres.url(name)};
        const auto serve = [&] { return std::make_unique<ServerProcess>(folder / name, arguments); };
        serve()->stop();
        const auto tokens = put_cards_into_database(postgres.url(name), accounts, balance_minor);
        LoadPlan one;
        one.requests = models_;
        Contender(serve(), tokens).run(one, models_);
        write_history(postgres, name, past);
        server_ = std::make_unique<Contender>(serve(), tokens);
        server_->skip_messages(models_);
        LoadPlan all;  // every account into its lane, and every page that is changed once into the log
        all.requests = accounts;
        all.connections = connections;
        server_->run(all, accounts);
    }

    void take_turn() {
        const auto server = server_->server().cpu();
        const auto database = postgres_.cpu();
        const auto result = server_->closed(connections, turn, accounts);
        const double count = static_cast<double>(result.approved + result.warm_up_approved);
        server_us.push_back(static_cast<double>(total_ns(server_->server().cpu() - server)) / 1000 / count);
        database_us.push_back(static_cast<double>(total_ns(postgres_.cpu() - database)) / 1000 / count);
        rates.push_back(result.per_second());
        p99_ms.push_back(result.percentile_ms(0.99));
    }

    double cpu_us() const { return median(server_us) + median(database_us); }
    double size_gib() const {
        return std::stod(postgres_.query(name_, "SELECT pg_database_size(current_database())")) / (1U << 30U);
    }

    std::vector<double> server_us, database_us, rates, p99_ms;

  private:
    static constexpr std::size_t models_ = 8;
    const PrivatePostgres& postgres_;
    std::string name_;
    std::unique_ptr<Contender> server_;
};

void add_side(const std::string& title, const Side& side, Figures& figures) {
    figures.add(title + ": database, GiB", decimals(side.size_gib(), 1));
    figures.add(title + ": CPU of the server, µs", decimals(median(side.server_us), 1));
    figures.add(title + ": CPU of the database, µs", decimals(median(side.database_us), 1));
    figures.add(title + ": authorizations per second", whole(median(side.rates)));
    figures.add(title + ": p99, ms", decimals(median(side.p99_ms), 1));
}

}  // namespace

void benchmark_growth(Figures& figures) {
    const TemporaryFolder folder;
    const PrivatePostgres postgres;
    Side small(postgres, folder, "small", few), large(postgres, folder, "large", many());
    std::vector<double> by_rate, by_cpu;
    for (int i = 0; i < turns; ++i) {
        small.take_turn();
        large.take_turn();
        by_rate.push_back(small.rates.back() / large.rates.back());
        by_cpu.push_back((large.server_us.back() + large.database_us.back()) /
                         (small.server_us.back() + small.database_us.back()));
    }
    figures.group(
        "Growth",
        fmt::format("Two databases on one PostgreSQL, one with {} transactions of {} months behind it and one "
                    "with {}, each with {} accounts that are used in turn; {} alternating turns of {} s over "
                    "HTTP with {} connections. The past is a copy of what the server writes, in monthly "
                    "partitions, the last of which is written to. Medians.",
                    whole(static_cast<double>(many())), history_months, whole(static_cast<double>(few)),
                    whole(static_cast<double>(accounts)), turns, turn.count(), connections));
    add_side("few", small, figures);
    add_side("many", large, figures);
    const double cpu = median(by_cpu);
    figures.add("CPU of an authorization, many to few", decimals(cpu, 2), "at most 1.2", cpu <= ratio_max);
    figures.add("time of an authorization at full load, many to few", decimals(median(by_rate), 2));
}

}  // namespace takas::bench
