#include "vault.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/credentials.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/rotation.hpp"
#include "app/vault/unique_code.hpp"
#include "main/server.hpp"
#include "server_process.hpp"

namespace takas::bench {
namespace {

using namespace app::vault;
using std::chrono::steady_clock;

constexpr std::int64_t few = 1'000, many_usual = 1'000'000;
constexpr int connections = 64, turns = 5;
constexpr std::chrono::seconds turn_length{3};
constexpr std::int64_t cards_per_commit = 2'000;
constexpr double ratio_min = 0.8, resealed_per_second_min = 20'000;

std::int64_t many() {
    const char* text = std::getenv("TAKAS_VAULT_CARDS");
    return text ? std::stoll(text) : many_usual;
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// One connection that is kept; blocking.
class Connection {
  public:
    explicit Connection(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
        if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
            throw std::runtime_error("the server cannot be reached");
    }
    ~Connection() { close(fd_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Was it done, by the contract's own word?
    bool ask(const std::string& request) {
        if (send(fd_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            return false;
        answer_.clear();
        std::size_t size = std::string::npos;
        char buffer[16 * 1024];
        while (answer_.size() < size) {
            const ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
            if (n <= 0) return false;
            answer_.append(buffer, static_cast<std::size_t>(n));
            if (size != std::string::npos) continue;
            const auto end = answer_.find("\r\n\r\n"), at = answer_.find("Content-Length: ");
            if (end != std::string::npos && at < end) size = end + 4 + std::stoul(answer_.substr(at + 16, 12));
        }
        return answer_.find(R"("ErrorCode":0)") != std::string::npos;
    }

  private:
    int fd_;
    std::string answer_;
};

/// A server of this process with a merchant and so many cards, one for each owner.
class Side {
  public:
    Side(const std::string& data, std::int64_t cards) : cards_(cards) {
        main::ServerOptions options;
        options.data_dir = data;
        options.demo = true;
        options.does_chores = options.delivers_webhooks = false;
        auto started = main::Server::start(options);
        if (!started) throw std::runtime_error("the server does not start: " + started.error().internal_detail);
        server_ = std::move(*started);
        make_merchant();
        for (std::int64_t first = 0; first < cards; first += cards_per_commit)
            put_cards(first, std::min(first + cards_per_commit, cards));
    }
    std::int64_t size() const { return cards_; }
    std::uint16_t port() const { return server_->http_port(); }

    std::string list_of(std::int64_t owner) const {
        return fmt::format("GET /paywall/card HTTP/1.1\r\nHost: bench\r\n{}relationalid1: u{}\r\n\r\n", credentials_,
                           owner);
    }
    std::string reading_of(std::int64_t owner) {
        auto work = context();
        const auto pool = pool_of(work, caller_, wish(owner));
        const auto row = work.store().find<VaultCard>({app::ports::where<&VaultCard::merchant_id>(caller_.merchant->id),
                                                       app::ports::where<&VaultCard::owner_mac>(pool->owner_mac)});
        const auto code = unique_code_of((*row)->id, {*pool->keys, pool->owner_mac.bytes, 24}, work.now);
        const std::string body = fmt::format(R"({{"RelationalId1":"u{}","UniqueCode":"{}","Reference":"r{}"}})", owner,
                                             *code, next_reference_++);
        return fmt::format(
            "POST /paywall/card/resolve HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
            "{}\r\n{}\r\n{}",
            body.size(), credentials_, body);
    }
    struct Resealed {
        double per_second = 0, per_cpu_second = 0;
    };
    Resealed rotate() {
        auto work = context();
        if (!rotate_data_key(work, caller_.merchant->id)) throw std::runtime_error("no rotation");
        commit(work);
        const double cpu = cpu_seconds();
        const auto begin = steady_clock::now();
        const auto outcome = reseal_cards(server_->services(), {});
        const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
        if (!outcome || outcome->resealed != cards_) throw std::runtime_error("not all cards were sealed anew");
        return {static_cast<double>(cards_) / seconds, static_cast<double>(cards_) / (cpu_seconds() - cpu)};
    }

  private:
    static OwnerWish wish(std::int64_t owner) { return {false, {}, fmt::format("u{}", owner), {}, {}}; }
    app::Context context() {
        app::Context out = main::operator_context(server_->services());
        if (caller_.merchant) out.tenant_id = caller_.merchant->tenant_id;
        return out;
    }
    static void commit(app::Context& work) {
        if (work.store().commit_and_wait(std::move(work.unit)).outcome != app::ports::CommitOutcome::committed)
            throw std::runtime_error("no commit");
        for (const auto& step : work.after_commit) step();
    }
    void make_merchant() {
        auto work = context();
        const auto made = create_merchant(work, core::identity::platform_tenant, "bench", {});
        if (!made) throw std::runtime_error("no merchant");
        commit(work);
        auto second = context();
        using enum CredentialScope;
        const auto pair = create_credential(second, made->id, {CredentialKind::private_pair, {cards, resolve}, {}, {}});
        if (!pair) throw std::runtime_error("no credential");
        commit(second);
        credentials_ =
            fmt::format("apikeyprivate: {}\r\napiclientprivate: {}\r\n", pair->credential.key_id, pair->secret);
        caller_ = {*server_->services().vault->directory.merchant(made->id), "bench"};
    }
    /// As stored by the API, without its audit records.
    void put_cards(std::int64_t first, std::int64_t end) {
        auto work = context();
        app::ports::Unit unit;
        for (std::int64_t owner = first; owner < end; ++owner) {
            const auto pool = pool_of(work, caller_, wish(owner));
            CardContent content;
            content.number = "5528790000000008";
            content.holder = "Ayşe Yılmaz", content.nickname = "Bench";
            content.year = 2099, content.month = 12;
            VaultCard row;
            row.merchant_id = row.stored_by = caller_.merchant->id;
            row.id = work.next_id<EntityId>();
            row.owner_mac = pool->owner_mac;
            row.scope = CardScope::ecom;
            row.creation_time = row.last_modification_time = row.last_used_at = work.now;
            auto sealed =
                seal(content, *pool->keys, {"vault_card", row.id, row.merchant_id, row.owner_mac.bytes, row.scope});
            row.sealed = std::move(sealed->sealed);
            row.key_version = sealed->key_version;
            unit.insert(std::move(row));
        }
        if (work.store().commit_and_wait(std::move(unit)).outcome != app::ports::CommitOutcome::committed)
            throw std::runtime_error("no commit");
    }

    std::int64_t cards_;
    std::unique_ptr<main::Server> server_;
    Caller caller_;
    std::string credentials_;
    std::int64_t next_reference_ = 1;
};

struct Turn {
    double per_second = 0, p99_ms = 0;
};

/// Each connection asks as soon as it has its answer; `requests` are shared out among them and used in turn.
Turn run(const Side& side, const std::vector<std::string>& requests, bool each_once) {
    std::atomic<std::size_t> next = 0, refused = 0;
    std::vector<std::vector<double>> times(connections);
    const auto begin = steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < connections; ++i)
            threads.emplace_back([&, i] {
                Connection connection(side.port());
                while (steady_clock::now() - begin < turn_length) {
                    const std::size_t number = next++;
                    if (each_once && number >= requests.size()) return;
                    const auto sent = steady_clock::now();
                    if (!connection.ask(requests[number % requests.size()])) ++refused;
                    times[static_cast<std::size_t>(i)].push_back(
                        std::chrono::duration<double, std::milli>(steady_clock::now() - sent).count());
                }
            });
    }
    const double seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    if (refused > 0) throw std::runtime_error(fmt::format("{} requests were refused", refused.load()));
    std::vector<double> all;
    for (const auto& some : times) all.insert(all.end(), some.begin(), some.end());
    std::ranges::sort(all);
    return {static_cast<double>(all.size()) / seconds, all[all.size() * 99 / 100]};
}

struct Pair {
    std::vector<double> few_per_second, many_per_second, few_p99_ms, many_p99_ms;
    void add(const Turn& small, const Turn& large) {
        few_per_second.push_back(small.per_second), many_per_second.push_back(large.per_second);
        few_p99_ms.push_back(small.p99_ms), many_p99_ms.push_back(large.p99_ms);
    }
    void report(std::string_view what, Figures& figures) const {
        const double ratio = median(many_per_second) / median(few_per_second);
        figures.add(fmt::format("{}: per second, few and many", what),
                    fmt::format("{}, {}", whole(median(few_per_second)), whole(median(many_per_second))));
        figures.add(fmt::format("{}: p99 in ms, few and many", what),
                    fmt::format("{}, {}", decimals(median(few_p99_ms), 1), decimals(median(many_p99_ms), 1)));
        figures.add(fmt::format("{}: many to few", what), decimals(ratio, 2), "at least 0.8", ratio >= ratio_min);
    }
};

}  // namespace

void benchmark_vault(Figures& figures) {
    constexpr std::size_t lists = 20'000, readings = 30'000;
    const TemporaryFolder folder;
    Side small(folder / "small", few), large(folder / "large", many());
    figures.group("Full and almost empty",
                  fmt::format("Two servers on SQLite in this process, one with {} cards, the other with {}; each of {} "
                              "connections asks again when it has its answer; lists and readings of owners at random, "
                              "audited each. Medians of {} turns of {} s, taken in turn.",
                              whole(static_cast<double>(few)), whole(static_cast<double>(large.size())), connections,
                              turns, turn_length.count()));
    std::mt19937_64 chance(1);
    const auto owner_of = [&](const Side& side) {
        return static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(side.size()));
    };
    Pair listing, reading;
    for (int turn = 0; turn < turns; ++turn) {
        std::vector<std::string> of_small, of_large;
        for (std::size_t i = 0; i < lists; ++i)
            of_small.push_back(small.list_of(owner_of(small))), of_large.push_back(large.list_of(owner_of(large)));
        const Turn first = run(small, of_small, false);
        listing.add(first, run(large, of_large, false));
        of_small.clear(), of_large.clear();
        for (std::size_t i = 0; i < readings; ++i)
            of_small.push_back(small.reading_of(owner_of(small))),
                of_large.push_back(large.reading_of(owner_of(large)));
        const Turn second = run(small, of_small, true);
        reading.add(second, run(large, of_large, true));
    }
    listing.report("lists", figures);
    reading.report("readings", figures);
    figures.group("A rotation", "All cards of the fuller server are sealed under a new key, 500 in a commit.");
    const auto resealed = large.rotate();
    figures.add("cards per second", whole(resealed.per_second));
    figures.add("cards per second of one core", whole(resealed.per_cpu_second), "at least 20,000",
                resealed.per_cpu_second >= resealed_per_second_min);
}

}  // namespace takas::bench
