// See horizon.hpp.
#include "store/postgres/horizon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/log.hpp"
#include "base/thread_name.hpp"
#include "store/postgres/distribution.hpp"
#include "store/postgres/sql_text.hpp"

namespace takas::store::postgres {
namespace {

/// What a webhook waits longer for, once or twice; a look costs a worker well under a millisecond.
constexpr std::chrono::milliseconds interval{100};
constexpr std::chrono::seconds patience{5};
/// A commit takes milliseconds. One that is open for so long lost its coordinator or worker; Citus would look after it
/// within a minute, and until then the account's row is locked.
constexpr std::chrono::seconds orphaned_after{2};

/// Two statements: the list must be made after the number was noted.
constexpr const char* number_sql =
    "SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::int8 + (SELECT epoch FROM store_epoch)) << 12";
static_assert(number_bits == 12);
constexpr const char* open_sql = "SELECT success, result FROM run_command_on_workers($1)";

/// Nothing when a worker did not say.
std::optional<std::set<std::string>> names_in(const PGresult* rows) {
    std::set<std::string> names;
    for (int i = 0; i < PQntuples(rows); ++i) {
        if (*PQgetvalue(rows, i, 0) != 't') return std::nullopt;
        // Names of several workers never meet: each has the number of its coordinator's connection in it.
        std::string name;
        for (const char c : std::string_view(PQgetvalue(rows, i, 1)))
            if (c == ',')
                names.insert(std::exchange(name, {}));
            else
                name += c;
        if (!name.empty()) names.insert(std::move(name));
    }
    return names;
}

}  // namespace

std::int64_t OpenCommits::see(std::int64_t number, const std::set<std::string>& prepared) {
    std::erase_if(awaited_, [&](const std::string& name) { return !prepared.contains(name); });
    if (!awaited_.empty()) return visible_;
    visible_ = std::max(visible_, prepared.empty() ? number : candidate_);
    candidate_ = number;
    awaited_ = prepared;
    return visible_;
}

Horizon::Horizon(ConnectionOptions options, std::chrono::milliseconds retry_interval)
    : options_(std::move(options)), retry_interval_(retry_interval) {
    thread_ = std::thread([this] { work(); });
}

Horizon::~Horizon() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

Result<void> Horizon::wait_for(std::int64_t number, Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_until(lock, deadline, [&] { return number_ >= number; })) return {};
    return fail(ErrorCode::unavailable, "a worker of the database does not answer, or keeps a commit open");
}

void Horizon::work() {
    name_this_thread("store-horizon");
    std::unique_ptr<Connection> connection;
    bool is_ending = false;
    while (!is_ending) {
        if (!connection)
            if (auto opened = Connection::open(options_)) connection = std::move(*opened);
        if (connection && !look(*connection)) connection.reset();
        std::unique_lock lock(mutex_);
        is_ending = changed_.wait_for(lock, connection ? interval : retry_interval_, [this] { return is_ending_; });
    }
}

bool Horizon::look(Connection& connection) {
    const auto deadline = Clock::now() + patience;
    const PgResult number = connection.run(number_sql, {}, deadline);
    if (!number || PQntuples(number.get()) != 1) return false;
    const std::array parameters{std::string(prepared_sql)};
    const PgResult rows = connection.run(open_sql, parameters, deadline);
    if (!rows) return false;
    const auto prepared = names_in(rows.get());
    if (!prepared) return true;
    const bool was_waiting = commits_.is_waiting();
    const std::int64_t before = number_;
    const std::int64_t now = commits_.see(std::strtoll(PQgetvalue(number.get(), 0, 0), nullptr, 10), *prepared);
    if (now != before || !was_waiting) waiting_since_ = Clock::now();
    if (now != before) {
        const std::lock_guard lock(mutex_);
        number_ = now;
        changed_.notify_all();
    }
    if (commits_.is_waiting() && Clock::now() - waiting_since_ > orphaned_after) recover(connection);
    return !connection.is_broken();
}

void Horizon::recover(Connection& connection) {
    waiting_since_ = Clock::now();
    if (!may_recover_) return;
    const PgResult done = connection.run("SELECT recover_prepared_transactions()", {}, Clock::now() + patience);
    if (done) {
        log::warning("orphaned_commits_settled").add("count", PQgetvalue(done.get(), 0, 0));
    } else if (connection.last_state() == "42501") {  // Citus's own daemon does it, but once a minute
        may_recover_ = false;
        log::warning("orphaned_commits_not_settled").add("reason", "no right to recover_prepared_transactions()");
    }
}

}  // namespace takas::store::postgres
