#include "postgres.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <stdexcept>

#include "cards.hpp"
#include "classic.hpp"
#include "contender.hpp"
#include "private_postgres.hpp"
#include "two_servers.hpp"

namespace takas::bench {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t accounts = 10'000;
constexpr std::int64_t balance_minor = 100'000'000'000;  // no benchmark empties an account
constexpr int tpcb_scale = 100;  // ten million rows, and fewer clients than branches, as pgbench asks for
constexpr int turns = 7;
constexpr seconds turn{3};
constexpr seconds probe{2};  // a try of one connection count
constexpr int latency_turns = 5;
constexpr double open_share_of_peak = 0.5;
const std::vector<int> http_connections{64, 128, 256, 512};
const std::vector<int> database_clients{4, 8, 16, 32};

std::uint32_t percentile_us(const std::vector<std::uint32_t>& sorted, double share) {
    if (sorted.empty()) return 0;
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// The databases, the servers on them and the scripts.
class Arena {
  public:
    Arena() {
        postgres.query("postgres", "CREATE DATABASE takas");
        const std::vector<std::string> on_postgres{"--store", postgres.url("takas")};
        {
            const ServerProcess makes_the_tables(folder_ / "postgres", on_postgres);
            const ServerProcess makes_the_folder(folder_ / "sqlite");
        }
        const auto tokens = put_cards_into_database(postgres.url("takas"), accounts, balance_minor);
        const auto sqlite_tokens = put_cards_into_folder(folder_ / "sqlite", accounts, balance_minor);
        {
            Contender writes_the_model(std::make_unique<ServerProcess>(folder_ / "postgres", on_postgres), tokens);
            LoadPlan one;
            one.requests = models_;
            writes_the_model.run(one, 1);
        }
        classic = std::make_unique<Classic>(postgres, "takas", "classic", folder_);
        postgres.query("classic", "CREATE TABLE commit_probe (id BIGSERIAL PRIMARY KEY, filler TEXT NOT NULL)");
        postgres.query("postgres", "CREATE DATABASE tpcb");
        postgres.fill_tpcb("tpcb", tpcb_scale);
        postgres.query("takas", "VACUUM ANALYZE");
        postgres.query("postgres", "CHECKPOINT");
        takas = std::make_unique<Contender>(std::make_unique<ServerProcess>(folder_ / "postgres", on_postgres), tokens);
        sqlite = std::make_unique<Contender>(std::make_unique<ServerProcess>(folder_ / "sqlite"), sqlite_tokens);
        takas->skip_messages(models_);
    }

    PgbenchResult tpcb(int clients, seconds duration) const {
        PgbenchPlan plan;
        plan.database = "tpcb";
        plan.clients = clients;
        plan.duration = duration;
        return postgres.pgbench(plan);
    }

    /// One row, one commit, one client: what durability alone costs here.
    PgbenchResult commits(seconds duration) const {
        PgbenchPlan plan;
        plan.database = "classic";
        plan.script = TAKAS_SOURCE_DIR "/tests/bench/commit_probe.sql";
        plan.duration = duration;
        plan.logs_latencies = true;
        return postgres.pgbench(plan);
    }

    /// Every approval that was answered is a row, and there is no other.
    void prove_rows() const {
        const auto rows =
            std::stoll(postgres.query("takas",
                                      "SELECT count(*) FROM card_transaction t JOIN ledger_entry e USING (account_id, "
                                      "transaction_id) JOIN transaction_key k USING (account_id, transaction_id)"));
        if (rows != static_cast<std::int64_t>(takas->approved() + models_))
            throw std::runtime_error(fmt::format("{} approvals, but {} rows", takas->approved() + models_, rows));
    }

    /// The keys of the server on PostgreSQL, for another one on the same database.
    std::string data() const { return folder_ / "postgres"; }

    PrivatePostgres postgres;
    std::unique_ptr<Classic> classic;
    std::unique_ptr<Contender> takas, sqlite;

  private:
    static constexpr std::size_t models_ = 8;
    TemporaryFolder folder_;
};

int best_clients(const std::function<double(int)>& rate_of) {
    int best = 0;
    double best_rate = 0;
    for (const int clients : database_clients)
        if (const double rate = rate_of(clients); rate > best_rate) best = clients, best_rate = rate;
    return best;
}

/// What the turns have measured, one value a turn.
struct Rates {
    int http_connections = 0, tpcb_clients = 0, classic_clients = 0;
    std::vector<double> takas, sqlite, hot, tpcb, classic;
    std::vector<double> driver_us, tpcb_driver_us, classic_driver_us, wal_bytes, stored_bytes, classic_wal_bytes;
    double request_bytes = 0, answer_bytes = 0;
    CpuByRole server, database, tpcb_database, classic_database;
    double authorizations = 0, tpcb_transactions = 0, classic_transactions = 0;
};

void find_best_counts(Arena& arena, Rates& rates) {
    arena.takas->closed(http_connections.front(), probe, accounts);  // every account into memory
    arena.sqlite->closed(http_connections.front(), probe, accounts);
    rates.http_connections = best_connections(*arena.takas, http_connections, probe);
    rates.tpcb_clients = best_clients([&](int clients) { return arena.tpcb(clients, probe).per_second; });
    rates.classic_clients = best_clients(
        [&](int clients) { return arena.postgres.pgbench(arena.classic->plan(clients, probe)).per_second; });
}

void take_turn(Arena& arena, Rates& rates) {
    const auto server = arena.takas->server().cpu();
    const auto database = arena.postgres.cpu();
    const double wal = arena.postgres.wal_bytes();
    const double stored = arena.postgres.stored_bytes("takas");
    const auto result = arena.takas->closed(rates.http_connections, turn, accounts);
    const double count = static_cast<double>(result.approved + result.warm_up_approved);
    rates.server += arena.takas->server().cpu() - server;
    rates.database += arena.postgres.cpu() - database;
    rates.wal_bytes.push_back((arena.postgres.wal_bytes() - wal) / count);
    rates.stored_bytes.push_back((arena.postgres.stored_bytes("takas") - stored) / count);
    rates.request_bytes = result.sent_bytes, rates.answer_bytes = result.received_bytes;
    rates.authorizations += count;
    rates.takas.push_back(result.per_second());
    rates.driver_us.push_back(result.client_cpu_us);

    const auto before_tpcb = arena.postgres.cpu();
    const auto tpcb = arena.tpcb(rates.tpcb_clients, turn);
    rates.tpcb_database += arena.postgres.cpu() - before_tpcb;
    rates.tpcb_transactions += tpcb.transactions;
    rates.tpcb.push_back(tpcb.per_second);
    rates.tpcb_driver_us.push_back(tpcb.driver_us);

    const auto before_classic = arena.postgres.cpu();
    const double classic_wal = arena.postgres.wal_bytes();
    const auto classic = arena.postgres.pgbench(arena.classic->plan(rates.classic_clients, turn));
    rates.classic_database += arena.postgres.cpu() - before_classic;
    rates.classic_transactions += classic.transactions;
    rates.classic_wal_bytes.push_back((arena.postgres.wal_bytes() - classic_wal) / classic.transactions);
    rates.classic.push_back(classic.per_second);
    rates.classic_driver_us.push_back(classic.driver_us);

    rates.hot.push_back(arena.takas->closed(rates.http_connections, turn, 1).per_second());
    rates.sqlite.push_back(arena.sqlite->closed(rates.http_connections, turn, accounts).per_second());
}

/// "12,345 (11,900 to 12,800)": the median and the extremes of the turns.
std::string with_spread(const std::vector<double>& values) {
    return fmt::format("{} ({} to {})", whole(median(values)), whole(*std::ranges::min_element(values)),
                       whole(*std::ranges::max_element(values)));
}

/// The median of the turns' own ratios: neighbours in time met the same disturbances.
double ratio(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(a[i] / b[i]);
    return median(ratios);
}

void add_rates(const Rates& r, Figures& figures) {
    figures.group(
        "Against pgbench and the classic transaction",
        fmt::format(
            "One private PostgreSQL ({}), alternating turns of {} s, medians of {} (least to most); a ratio is the "
            "median of the ratios of neighbours. Takas: durable authorizations over HTTP (keep-alive, no pipelining) "
            "on "
            "10,000 accounts. tpcb-like: `pgbench -b tpcb-like -M prepared`, scale {}. Classic: the same authorization "
            "as BEGIN, SELECT FOR UPDATE, UPDATE, INSERTs, COMMIT, the same rows in the same tables, `pgbench -M "
            "prepared` straight on the socket: it is spared the HTTP that Takas answers through. Each at its best of a "
            "few connection counts.",
            PrivatePostgres::settings(), turn.count(), turns, tpcb_scale));
    figures.add(fmt::format("Takas, authorizations per second ({} connections)", r.http_connections),
                with_spread(r.takas));
    figures.add(fmt::format("tpcb-like, transactions per second ({} clients)", r.tpcb_clients), with_spread(r.tpcb));
    figures.add(fmt::format("classic, transactions per second ({} clients)", r.classic_clients),
                with_spread(r.classic));
    const double to_tpcb = ratio(r.takas, r.tpcb), to_classic = ratio(r.takas, r.classic);
    figures.add("Takas to tpcb-like", decimals(to_tpcb, 2), "at least 3 (goal 4)", to_tpcb >= 3);
    figures.add("Takas to classic", decimals(to_classic, 2), "at least 5", to_classic >= 5);
    const double hot = ratio(r.hot, r.takas);
    figures.add("Takas on one hot account, per second", with_spread(r.hot));
    figures.add("hot to uniform", decimals(hot, 2), "at least 0.8", hot >= 0.8);
    figures.add("Takas on SQLite, per second", with_spread(r.sqlite));
    figures.add("SQLite to PostgreSQL", decimals(ratio(r.sqlite, r.takas), 2));
}

/// What the server's http threads use for an authorization: framing, JSON, sign-in, sending.
double http_share(const Rates& r) {
    const auto http = r.server.find("http");
    return http == r.server.end() ? 0 : static_cast<double>(http->second) / 1000 / r.authorizations;
}

void add_cpu(const Rates& r, Figures& figures) {
    figures.group("CPU of an authorization on PostgreSQL",
                  "Processor time per authorization in the turns above, from the scheduler's account of every thread "
                  "and process. The database is all of its processes. The decision runs on the http and lane threads.");
    const auto us = [](std::int64_t ns, double count) { return static_cast<double>(ns) / 1000 / count; };
    const double server = us(total_ns(r.server), r.authorizations);
    const double database = us(total_ns(r.database), r.authorizations);
    for (const auto& [role, ns] : r.server)
        if (us(ns, r.authorizations) >= 0.05)
            figures.add(fmt::format("server thread {}, µs", role), decimals(us(ns, r.authorizations), 1));
    for (const auto& [role, ns] : r.database)
        if (us(ns, r.authorizations) >= 0.05)
            figures.add(fmt::format("database {}, µs", role), decimals(us(ns, r.authorizations), 1));
    figures.add("server, µs", decimals(server, 1));
    figures.add("database, µs", decimals(database, 1));
    figures.add("the load driver beside it, µs", decimals(median(r.driver_us), 1));
    const double tpcb = us(total_ns(r.tpcb_database), r.tpcb_transactions);
    const double classic = us(total_ns(r.classic_database), r.classic_transactions);
    figures.add("database for one tpcb-like, µs", decimals(tpcb, 1));
    figures.add("pgbench beside tpcb-like, µs", decimals(median(r.tpcb_driver_us), 1));
    figures.add("database for one classic transaction, µs", decimals(classic, 1));
    figures.add("pgbench beside the classic transaction, µs", decimals(median(r.classic_driver_us), 1));
    const double all = server + database + median(r.driver_us);
    figures.add("CPU of tpcb-like to that of an authorization, drivers included",
                decimals((tpcb + median(r.tpcb_driver_us)) / all, 2));
    figures.add("CPU of classic to that of an authorization, drivers included",
                decimals((classic + median(r.classic_driver_us)) / all, 2));
    figures.add("the same, if the classic one were asked over HTTP too",
                decimals((classic + median(r.driver_us) + http_share(r)) / all, 2));
    figures.add("write-ahead log of an authorization, bytes", whole(median(r.wal_bytes)));
    figures.add("write-ahead log of a classic transaction, bytes", whole(median(r.classic_wal_bytes)));
    figures.add("growth of the database by an authorization, bytes", whole(median(r.stored_bytes)));
    figures.add("request over HTTP, bytes", whole(r.request_bytes));
    figures.add("answer over HTTP, bytes", whole(r.answer_bytes));
}

void add_latency(Arena& arena, double peak, Figures& figures) {
    figures.group(
        "Latency on PostgreSQL at half of the peak",
        fmt::format(
            "Open loop: arrivals at a fixed rate for {} s, latency from the scheduled arrival, so that a server "
            "that falls behind cannot hide it; in alternating turns with one client that inserts one row and "
            "commits, again and again, and with one HTTP connection in a closed loop. Each turn follows a checkpoint: "
            "the "
            "log goes into recycled files then, as in a database that runs for longer. Medians of {} turns.",
            turn.count(), latency_turns));
    const double rate = peak * open_share_of_peak;
    std::vector<double> commit50, commit99, alone50, alone99, open50, open99, open999, to_commit;
    for (int i = 0; i < latency_turns; ++i) {
        arena.postgres.query("postgres", "CHECKPOINT");
        const auto commits = arena.commits(probe).latencies_us;
        commit50.push_back(percentile_us(commits, 0.5) / 1000.0);
        commit99.push_back(percentile_us(commits, 0.99) / 1000.0);
        const auto alone = arena.takas->closed(1, probe, accounts);
        alone50.push_back(alone.percentile_ms(0.5));
        alone99.push_back(alone.percentile_ms(0.99));
        const auto open = arena.takas->open(rate, turn, accounts);
        open50.push_back(open.percentile_ms(0.5));
        open99.push_back(open.percentile_ms(0.99));
        open999.push_back(open.percentile_ms(0.999));
        to_commit.push_back(open99.back() / commit99.back());
    }
    figures.add("arrivals per second", whole(rate));
    figures.add("p50, ms", decimals(median(open50), 2));
    figures.add("p99, ms", decimals(median(open99), 2));
    figures.add("p99.9, ms", decimals(median(open999), 2));
    figures.add("one insert and its commit alone, p50, ms", decimals(median(commit50), 2));
    figures.add("one insert and its commit alone, p99, ms", decimals(median(commit99), 2));
    figures.add("one authorization at a time over HTTP, p50, ms", decimals(median(alone50), 2));
    figures.add("one authorization at a time over HTTP, p99, ms", decimals(median(alone99), 2));
    figures.add("p99 to the p99 of a commit alone", decimals(median(to_commit), 2), "at most 4",
                median(to_commit) <= 4);
    figures.add("p99 to the p50 of a commit alone", decimals(ratio(open99, commit50), 2));
}

}  // namespace

void benchmark_postgres(Figures& figures) {
    Arena arena;
    Rates rates;
    find_best_counts(arena, rates);
    for (int i = 0; i < turns; ++i) take_turn(arena, rates);
    add_rates(rates, figures);
    add_cpu(rates, figures);
    add_latency(arena, median(rates.takas), figures);
    add_two_servers(arena.postgres, "takas", *arena.takas, arena.data(), rates.http_connections, figures);
    arena.prove_rows();
}

}  // namespace takas::bench
