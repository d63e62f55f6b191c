// See connection.hpp.
#include "store/postgres/connection.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace takas::store::postgres {
namespace {

using std::chrono::milliseconds;
using Settings = std::vector<std::pair<std::string, std::string>>;

/// PostgreSQL 14 brought what we need of pipelines and snapshots; 15 is the oldest that is tested.
constexpr int oldest_server = 150000;
/// A dead peer is noticed after idle + interval * count seconds at the latest.
constexpr int keepalive_idle_s = 5, keepalive_interval_s = 2, keepalive_count = 3;
/// How long a wait for a connection may keep others waiting.
constexpr milliseconds waiting_slice{20};

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> parts(1);
    for (const char c : list)
        if (c == ',')
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

struct OptionsFree {
    void operator()(PQconninfoOption* o) const { PQconninfoFree(o); }
};

/// The URL's settings; empty when it cannot be parsed. The reason is not told: libpq quotes the URL in it.
Settings parse_url(const std::string& url) {
    char* error = nullptr;
    const std::unique_ptr<PQconninfoOption, OptionsFree> options(PQconninfoParse(url.c_str(), &error));
    PQfreemem(error);
    Settings settings;
    for (const PQconninfoOption* o = options.get(); o && o->keyword; ++o)
        if (o->val) settings.emplace_back(o->keyword, o->val);
    return settings;
}

std::string* find(Settings& settings, std::string_view name) {
    const auto found = std::ranges::find(settings, name, &std::pair<std::string, std::string>::first);
    return found == settings.end() ? nullptr : &found->second;
}

void put(Settings& settings, std::string_view name, std::string value) {
    if (std::string* old = find(settings, name))
        *old = std::move(value);
    else
        settings.emplace_back(name, std::move(value));
}

/// libpq goes on to the next host when one refuses, but not when one is silent. So each host is tried by itself.
std::vector<Settings> for_each_host(Settings settings) {
    std::size_t count = 1;
    for (const std::string_view name : {"host", "hostaddr"})
        if (const std::string* list = find(settings, name)) count = std::max(count, split(*list).size());
    std::vector<Settings> all(count, settings);
    for (const std::string_view name : {"host", "hostaddr", "port"})
        if (const std::string* list = find(settings, name))
            if (const auto parts = split(*list); parts.size() == count)
                for (std::size_t i = 0; i < count; ++i) put(all[i], name, parts[i]);
    return all;
}

void add_our_settings(Settings& settings, milliseconds timeout) {
    put(settings, "target_session_attrs", "read-write");
    put(settings, "client_encoding", "UTF8");
    put(settings, "application_name", "takas");
    put(settings, "keepalives", "1");
    put(settings, "keepalives_idle", std::to_string(keepalive_idle_s));
    put(settings, "keepalives_interval", std::to_string(keepalive_interval_s));
    put(settings, "keepalives_count", std::to_string(keepalive_count));
    put(settings, "tcp_user_timeout", std::to_string(std::max<std::int64_t>(timeout.count(), 1000)));
}

int poll_ms(Clock::time_point deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

/// Waits until the socket is ready; false when the time is over.
bool wait_for(PGconn* connection, bool to_write, Clock::time_point deadline) {
    pollfd fd{PQsocket(connection), static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN), 0};
    while (true) {
        const int ready = poll(&fd, 1, poll_ms(deadline));
        if (ready > 0) return true;
        if (Clock::now() >= deadline) return false;
    }
}

std::string trimmed(const char* text) {
    std::string out = text ? text : "";
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

std::string connect_error(PGconn* connection) {
    std::string message = trimmed(PQerrorMessage(connection));
    const std::string password = PQpass(connection) ? PQpass(connection) : "";
    for (auto at = message.find(password); !password.empty() && at != std::string::npos; at = message.find(password))
        message.replace(at, password.size(), 1, '*');
    return message.empty() ? "cannot connect" : message;
}

}  // namespace

bool is_valid_url(const std::string& url) {
    char* error = nullptr;
    const std::unique_ptr<PQconninfoOption, OptionsFree> options(PQconninfoParse(url.c_str(), &error));
    PQfreemem(error);
    return options != nullptr;
}

void Parameters::add(Oid type, const char* data, std::size_t size) {
    types.push_back(type);
    values.push_back(data);
    sizes.push_back(static_cast<int>(size));
    formats.push_back(1);
}

Connection::Connection(std::unique_ptr<PGconn, Finish> handle) : handle_(std::move(handle)) {
    PQsetnonblocking(this->handle(), 1);
    PQsetNoticeReceiver(
        this->handle(), [](void* self, const PGresult* result) { static_cast<Connection*>(self)->on_notice(result); },
        this);
}

void Connection::on_notice(const PGresult* result) {
    // "canceling wait for synchronous replication": committed here, perhaps nowhere else. Its text is translated.
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state ? state : "";
    if (code == "57014" || code == "57P01") replication_doubt_ = true;
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options,
                                                     const std::function<void()>& while_waiting) {
    if (!is_valid_url(options.url)) return fail(ErrorCode::internal, "the database URL cannot be read");
    Result<std::unique_ptr<Connection>> result = fail(ErrorCode::unavailable, "no host");
    for (Settings& settings : for_each_host(parse_url(options.url))) {
        add_our_settings(settings, options.connect_timeout);
        const auto deadline = Clock::now() + options.connect_timeout;
        result = open_host(settings, deadline, while_waiting);
        if (!result) continue;
        if (auto ready = (*result)->set_up(options, deadline); !ready)
            result = std::unexpected(std::move(ready.error()));
        else
            return result;
    }
    return result;
}

Result<std::unique_ptr<Connection>> Connection::open_host(std::span<const std::pair<std::string, std::string>> settings,
                                                          Clock::time_point deadline,
                                                          const std::function<void()>& while_waiting) {
    std::vector<const char*> names, values;
    for (const auto& [name, value] : settings) names.push_back(name.c_str()), values.push_back(value.c_str());
    names.push_back(nullptr), values.push_back(nullptr);
    std::unique_ptr<PGconn, Finish> handle(PQconnectStartParams(names.data(), values.data(), 0));
    if (!handle) return fail(ErrorCode::unavailable, "out of memory");
    auto status = PQstatus(handle.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED) return fail(ErrorCode::unavailable, connect_error(handle.get()));
        pollfd fd{PQsocket(handle.get()), static_cast<short>(status == PGRES_POLLING_WRITING ? POLLOUT : POLLIN), 0};
        const auto slice = while_waiting ? std::min(deadline, Clock::now() + waiting_slice) : deadline;
        const int ready = poll(&fd, 1, poll_ms(slice));
        if (while_waiting) while_waiting();
        if (ready > 0)
            status = PQconnectPoll(handle.get());
        else if (Clock::now() >= deadline)
            return fail(ErrorCode::unavailable, "the database server does not answer");
    }
    return std::unique_ptr<Connection>(new Connection(std::move(handle)));
}

Result<void> Connection::set_up(const ConnectionOptions& options, Clock::time_point deadline) {
    if (PQserverVersion(handle()) < oldest_server)
        return fail(ErrorCode::internal, "the database server is older than PostgreSQL 15");
    const auto timeout = options.statement_timeout.count();
    // Generic plans and only index paths for writing: a plan made while a table was empty must be good when it is full.
    std::string sql = fmt::format(
        "SET TimeZone = 'UTC'; SET statement_timeout = {0}; SET lock_timeout = {0}; "
        "SET idle_in_transaction_session_timeout = {1}; SET default_transaction_isolation = 'read committed'; "
        "SET jit = off; SET client_connection_check_interval = 2000; SET tcp_keepalives_idle = {2}; "
        "SET tcp_keepalives_interval = {3}; SET tcp_keepalives_count = {4};",
        timeout, std::max<std::int64_t>(2 * timeout, 1000), keepalive_idle_s, keepalive_interval_s, keepalive_count);
    if (options.writes) sql += "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off;";
    // Of a generic plan Citus sends each statement to all shards.
    if (options.writes && !options.distribution) sql += "SET plan_cache_mode = force_generic_plan;";
    // One connection to each worker: a batch has a PREPARE and a COMMIT PREPARED on every one, and opening several for
    // a short question to all shards costs more than asking one shard after another.
    if (options.distribution)
        sql += "SET citus.multi_shard_modify_mode = 'sequential'; SET citus.max_adaptive_executor_pool_size = 1;";
    if (!run_script(sql, deadline)) return failure("cannot set up the session");
    const PgResult row =
        run("SELECT current_setting('synchronous_commit'), current_setting('fsync'), pg_is_in_recovery()::text, "
            "current_setting('transaction_read_only'), current_setting('server_encoding')",
            {}, deadline);
    if (!row || PQntuples(row.get()) != 1) return failure("cannot look at the server's settings");
    const auto setting = [&](int column) { return std::string_view(PQgetvalue(row.get(), 0, column)); };
    if (setting(2) == "true" || setting(3) == "on")
        return fail(ErrorCode::unavailable, "the database server is read-only");
    if (setting(4) != "UTF8") return fail(ErrorCode::internal, "the database's encoding is not UTF8");
    if (!options.allow_weak_durability && (setting(0) == "off" || setting(1) == "off"))
        return fail(ErrorCode::internal,
                    fmt::format("the database server has {} = off: what it acknowledges may be lost",
                                setting(1) == "off" ? "fsync" : "synchronous_commit"));
    if (options.newest_timeline) {
        timeline_ = read_timeline(deadline);
        if (!options.newest_timeline->admits(timeline_))
            return fail(ErrorCode::unavailable, "the database server is a former primary: another one was promoted");
    }
    return {};
}

/// From the name of the log's segment. A hosted service may not allow the question.
Timeline Connection::read_timeline(Clock::time_point deadline) {
    const PgResult row = run("SELECT pg_walfile_name(pg_current_wal_insert_lsn())", {}, deadline);
    if (!row || PQntuples(row.get()) != 1) return 0;
    constexpr std::size_t digits = 8;  // hexadecimal
    const std::string_view name = std::string_view(PQgetvalue(row.get(), 0, 0)).substr(0, digits);
    Timeline timeline = 0;
    std::from_chars(name.data(), name.data() + name.size(), timeline, 16);
    return timeline;
}

Arrival Connection::next(Clock::time_point deadline) {
    while (true) {
        if (!PQisBusy(handle())) {
            PgResult result(PQgetResult(handle()));
            if (result) return {Arrival::Kind::result, std::move(result)};
            return {is_broken() ? Arrival::Kind::lost : Arrival::Kind::end, nullptr};
        }
        const int pending = PQflush(handle());
        if (!wait_for(handle(), pending > 0, deadline)) {
            abandoned_ = true;
            return {Arrival::Kind::lost, nullptr};
        }
        if (PQconsumeInput(handle()) == 0 && PQisBusy(handle())) {
            last_state_.clear();
            last_message_ = "the connection to the database server broke";
            return {Arrival::Kind::lost, nullptr};
        }
    }
}

PgResult Connection::collect(Clock::time_point deadline) {
    PgResult last;
    bool failed = false;
    while (true) {
        Arrival arrival = next(deadline);
        if (arrival.kind == Arrival::Kind::end) return failed ? nullptr : std::move(last);
        if (arrival.kind == Arrival::Kind::lost) return nullptr;
        const auto status = PQresultStatus(arrival.result.get());
        if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
            note_failure(arrival.result.get());
            failed = true;
        }
        last = std::move(arrival.result);
    }
}

PgResult Connection::run(const std::string& sql, std::span<const std::string> parameters, Clock::time_point deadline) {
    std::vector<const char*> values;
    for (const std::string& p : parameters) values.push_back(p.c_str());
    forget_failure();
    if (PQsendQueryParams(handle(), sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                          nullptr, 0) == 0)
        return nullptr;
    return collect(deadline);
}

bool Connection::run_script(const std::string& sql, Clock::time_point deadline) {
    forget_failure();
    return PQsendQuery(handle(), sql.c_str()) != 0 && collect(deadline) != nullptr;
}

std::string_view Connection::prepared_name(const std::string& sql) const {
    const auto found = prepared_.find(sql);
    return found == prepared_.end() ? std::string_view() : found->second;
}

std::string Connection::next_prepared_name() { return fmt::format("s{}", ++names_given_); }

void Connection::forget_failure() {
    last_state_.clear();
    last_message_ = "the database server does not answer";
}

void Connection::note_failure(const PGresult* result) {
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    last_state_ = state ? state : "";
    last_message_ = message ? message : "the connection to the database server broke";
}

std::unexpected<Error> Connection::failure(std::string_view what) const {
    return fail(ErrorCode::unavailable,
                fmt::format("{}: {}{}{}", what, last_message_, last_state_.empty() ? "" : ", SQLSTATE ", last_state_));
}

}  // namespace takas::store::postgres
