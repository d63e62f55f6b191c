// One libpq connection that never blocks longer than it is told to. Opens only a server that can be trusted with
// money: new enough, writable, durable. Error texts hold the server's words and the SQLSTATE, never a password and
// never the DETAIL of an error, which quotes stored values.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "store/postgres/timeline.hpp"

namespace takas::store::postgres {

using Clock = std::chrono::steady_clock;

struct ResultFree {
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ResultFree>;

struct Distribution;

struct ConnectionOptions {
    std::string url;
    std::chrono::milliseconds connect_timeout;
    std::chrono::milliseconds statement_timeout;  ///< also for locks; 0 is none
    bool writes = false;
    bool allow_weak_durability = false;
    bool explicit_transactions = false;                     ///< see PostgresOptions
    std::shared_ptr<const Distribution> distribution = {};  ///< nullptr: the database is not distributed
    std::shared_ptr<NewestTimeline> newest_timeline = {};   ///< nullptr: any server will do
};

/// What came next from the server.
struct Arrival {
    enum class Kind : std::uint8_t { result, end, lost } kind;
    PgResult result;
};

/// The parameters of one statement, in binary. The bytes belong to the caller.
class Parameters {
  public:
    void add(Oid type, const char* data, std::size_t size);
    void add_null(Oid type) { add(type, nullptr, 0); }
    int count() const { return static_cast<int>(types.size()); }

    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> sizes, formats;
};

class Connection {
  public:
    /// Tries the hosts of the URL one after another. `while_waiting` is called now and then during the wait.
    static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options,
                                                    const std::function<void()>& while_waiting = {});
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    PGconn* handle() const { return handle_.get(); }
    /// Broken, or with an answer outstanding that nobody waits for any more: good for nothing but closing.
    bool is_broken() const { return abandoned_ || PQstatus(handle()) == CONNECTION_BAD; }

    Timeline timeline() const { return timeline_; }

    /// The next result of what was sent; `end` between statements; `lost` when the connection or the time is over.
    Arrival next(Clock::time_point deadline);

    /// One statement with text parameters and text results, outside a pipeline. nullptr when it failed: see failure().
    PgResult run(const std::string& sql, std::span<const std::string> parameters, Clock::time_point deadline);
    /// Several statements without parameters, in one transaction.
    bool run_script(const std::string& sql, Clock::time_point deadline);

    /// The name of the prepared statement with this text; "" until remember_prepared().
    std::string_view prepared_name(const std::string& sql) const;
    std::string next_prepared_name();
    void remember_prepared(const std::string& sql, std::string name) { prepared_[sql] = std::move(name); }
    void forget_prepared(const std::string& sql) { prepared_.erase(sql); }
    std::size_t prepared_count() const { return prepared_.size(); }

    void forget_failure();
    /// Keeps the SQLSTATE and the words of a failed result.
    void note_failure(const PGresult* result);
    std::string_view last_state() const { return last_state_; }
    const std::string& last_message() const { return last_message_; }
    std::unexpected<Error> failure(std::string_view what) const;

    /// A commit that gave up waiting for its standby says so in a warning only. Answers once.
    bool take_replication_doubt() { return std::exchange(replication_doubt_, false); }

  private:
    struct Finish {
        void operator()(PGconn* c) const { PQfinish(c); }
    };
    explicit Connection(std::unique_ptr<PGconn, Finish> handle);
    static Result<std::unique_ptr<Connection>> open_host(std::span<const std::pair<std::string, std::string>> settings,
                                                         Clock::time_point deadline,
                                                         const std::function<void()>& while_waiting);
    Result<void> set_up(const ConnectionOptions& options, Clock::time_point deadline);
    Timeline read_timeline(Clock::time_point deadline);
    PgResult collect(Clock::time_point deadline);
    void on_notice(const PGresult* result);

    std::unique_ptr<PGconn, Finish> handle_;
    std::unordered_map<std::string, std::string> prepared_;
    std::size_t names_given_ = 0;
    std::string last_state_, last_message_;
    Timeline timeline_ = 0;
    bool replication_doubt_ = false;
    bool abandoned_ = false;
};

/// Whether libpq understands the URL. Its own words about a bad one would quote the URL.
bool is_valid_url(const std::string& url);

}  // namespace takas::store::postgres
