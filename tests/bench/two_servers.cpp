#include "two_servers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <span>
#include <sstream>
#include <thread>

#include "app/cluster/ring.hpp"
#include "cpu_time.hpp"

namespace takas::bench {
namespace {

constexpr int turns = 5;
constexpr std::chrono::seconds turn{3};
/// The others hear within a second that a server has joined or left.
constexpr std::chrono::milliseconds settling{1500};

/// The cards of each of the two nodes, as the servers themselves share them out.
std::array<std::vector<std::int64_t>, 2> cards_by_owner(const PrivatePostgres& postgres, const std::string& database) {
    const app::cluster::Ring ring(std::array<std::int64_t, 2>{0, 1});
    std::istringstream rows(
        postgres.query(database, "SELECT token_id || ' ' || account_id FROM card ORDER BY token_id"));
    std::array<std::vector<std::int64_t>, 2> cards;
    for (std::int64_t token = 0, account = 0; rows >> token >> account;)
        cards[static_cast<std::size_t>(ring.owner_of(AccountId{account}).value_or(0))].push_back(token);
    return cards;
}

/// Processor time of one authorization in a turn, of the servers and of the database.
struct Cost {
    std::vector<double> servers_us, database_us;

    template <class Turn>
    void measure(const PrivatePostgres& postgres, std::span<const ServerProcess* const> servers, Turn take_turn) {
        std::int64_t before = 0, after = 0;
        for (const ServerProcess* server : servers) before += total_ns(server->cpu());
        const std::int64_t database = total_ns(postgres.cpu());
        const LoadResult result = take_turn();
        for (const ServerProcess* server : servers) after += total_ns(server->cpu());
        const double count = static_cast<double>(result.approved + result.warm_up_approved);
        servers_us.push_back(static_cast<double>(after - before) / 1000 / count);
        database_us.push_back(static_cast<double>(total_ns(postgres.cpu()) - database) / 1000 / count);
    }
    std::string text() const {
        return fmt::format("{} + {}", decimals(median(servers_us), 1), decimals(median(database_us), 1));
    }
};

double ratio(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
    return median(ratios);
}

}  // namespace

void add_two_servers(const PrivatePostgres& postgres, const std::string& database, Contender& first,
                     const std::string& data, int connections, Figures& figures) {
    figures.group(
        "Two servers on one database",
        fmt::format("One server against two on the same two cores: what sharing a database costs, not what a "
                    "second machine brings. Alternating turns of {} s, medians of {}; the second server joins "
                    "and leaves in each. To the owner: each card to the server that owns its account, as a "
                    "client does that heeds `Takas-Owner`. Random: to either, which sends half of them on. A "
                    "server may refuse a request that was overtaken too often (503, nothing changed).",
                    turn.count(), turns));
    const TemporaryFolder folder;
    const std::string second_data = folder / "second";
    std::filesystem::copy(data, second_data, std::filesystem::copy_options::recursive);
    const auto cards = cards_by_owner(postgres, database);
    LoadPlan one;
    one.connections = connections;
    one.warm_up = std::chrono::milliseconds(250);
    one.duration = turn;
    std::vector<double> alone, to_owner, random, taken_over;
    Cost cost_alone, cost_of_two;
    // Each measured turn follows one pass over all accounts: they are in memory then, as the last server left them.
    const auto pass = [&](LoadPlan plan) {
        plan.duration = plan.warm_up = {};
        plan.requests = first.accounts();
        return first.run(plan, first.accounts()).per_second();
    };
    first.tolerate_refusals();
    for (int i = 0; i < turns; ++i) {
        std::this_thread::sleep_for(settling);
        if (i == 0)
            pass(one);
        else
            taken_over.push_back(pass(one));
        cost_alone.measure(postgres, std::array{&first.server()}, [&] {
            auto result = first.run(one, first.accounts());
            alone.push_back(result.per_second());
            return result;
        });
        const ServerProcess second(second_data, {"--store", postgres.url(database), "--node", "1"});
        std::this_thread::sleep_for(settling);
        LoadPlan two = one;
        two.tokens = cards[0];
        two.more_servers = {{second.port(), cards[1]}};
        pass(two);
        cost_of_two.measure(postgres, std::array{&first.server(), &second}, [&] {
            auto result = first.run(two, 0);
            to_owner.push_back(result.per_second());
            return result;
        });
        two.tokens = first.tokens();
        two.more_servers = {{second.port(), first.tokens()}};
        random.push_back(first.run(two, 0).per_second());
    }
    figures.add("one server, authorizations per second", whole(median(alone)));
    figures.add("two servers, to the owner", whole(median(to_owner)));
    figures.add("two servers, random", whole(median(random)));
    figures.add("one server, while it takes over the other's accounts", whole(median(taken_over)));
    figures.add("CPU of an authorization, one server: server + database, µs", cost_alone.text());
    figures.add("CPU of an authorization, two servers: servers + database, µs", cost_of_two.text());
    figures.add("requests refused with 503 in this group", whole(static_cast<double>(first.refused())));
    const double share = ratio(to_owner, alone);
    figures.add("two to one, to the owner", decimals(share, 2), "at least 0.95", share >= 0.95);
    figures.add("two to one, random", decimals(ratio(random, alone), 2));
}

}  // namespace takas::bench
