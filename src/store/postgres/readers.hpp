// Reads. Each scan has a connection to itself for as long as it runs; a few idle ones are kept. There is no upper
// bound, so that a scan within a scan cannot wait for itself: the server's threads are the bound. While the database is
// down reads fail at once but for one try in a while.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "app/ports/store.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/sql_text.hpp"

namespace takas::store::postgres {

class Horizon;

struct ReaderOptions {
    ConnectionOptions connection;
    std::size_t max_idle;
    std::chrono::milliseconds read_timeout;
    std::chrono::milliseconds large_read_timeout;
    std::chrono::milliseconds retry_interval;
    Horizon* horizon = nullptr;  ///< on a distributed database
};

class Readers {
  public:
    explicit Readers(ReaderOptions options) : options_(std::move(options)) {}

    Result<void> scan(const app::ports::Table& table, const app::ports::Query& query,
                      const app::ports::Store::Sink& sink);
    Result<std::int64_t> count(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                               std::int64_t at_most);
    /// See Store.
    Result<void> wait_until_readable(Clock::time_point deadline);
    Result<std::vector<std::string>> with_connection(
        const std::function<Result<std::vector<std::string>>(Connection&)>& use);

  private:
    /// How the table is read; adds the number below which it may be, where readers have to say it.
    Visible visible(const app::ports::Table& table, Parameters& parameters, std::deque<std::string>& scratch) const;
    /// `each_row` is given one row of a result; false stops.
    using EachRow = std::function<Result<bool>(const PGresult*, int row)>;
    struct Question {
        const std::string& sql;
        const Parameters& parameters;
        bool is_large;
        const EachRow& each_row;
    };
    enum class Ended : std::uint8_t { well, in_error, on_stale_connection };

    Result<void> ask(const Question& question);
    /// On a distributed database: names the account of a card that is asked for without it, so that one shard is asked
    /// instead of all.
    Result<void> locate(const app::ports::Table& table, std::vector<app::ports::Condition>& conditions);
    Ended ask_over(Connection& connection, const Question& question, Result<void>& result);
    bool prepare(Connection& connection, const Question& question, std::string& name, Clock::time_point deadline);
    Result<std::unique_ptr<Connection>> take(bool fresh);
    void give_back(std::unique_ptr<Connection> connection);

    const ReaderOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    Clock::time_point down_until_{};
};

}  // namespace takas::store::postgres
