// A writer's connection: its row types, its statements, and its mark. The mark is a row that every transaction of this
// connection rewrites with the number of its batch, so that after a broken connection another one can find out whether
// the last batch was committed. Whoever asks also closes the mark: a batch that is still on its way then fails.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/ports/store.hpp"
#include "store/postgres/batch.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/layout.hpp"

namespace takas::store::postgres {

/// How a batch ended.
struct Attempt {
    enum class End : std::uint8_t {
        committed,
        refused,   ///< nothing was written; see state and statement
        outdated,  ///< nothing was written: the mark is closed, the session must be opened anew
        lost,      ///< the outcome must be looked up
    } end = End::committed;
    std::string state;          ///< SQLSTATE of the refusal
    std::size_t statement = 0;  ///< which statement of the batch was refused
    std::string message;
};

/// What is looked up after a lost batch.
struct Mark {
    std::int64_t writer_id = 0;
    std::int64_t batch_no = 0;
};

class Session {
  public:
    static Result<std::unique_ptr<Session>> open(const ConnectionOptions& options,
                                                 const std::function<void()>& while_waiting = {});

    /// nullptr when the database has no such table, or another one.
    KnownTable* table(const app::ports::Table& table);
    Attempt run(Batch& batch, Clock::time_point deadline);
    /// Whether the marked batch of a session that is gone was committed; nullopt when it cannot be told (yet).
    std::optional<bool> was_committed(const Mark& mark, Clock::time_point deadline);
    /// Writes and takes back some pages, to see that the server has room again.
    bool probe(Clock::time_point deadline);
    /// Removes the mark. The session is good for nothing afterwards.
    void close(Clock::time_point deadline);

    /// On a distributed database errors of merged inserts are all XX000.
    bool is_distributed() const { return distribution_ != nullptr; }
    Mark mark() const { return mark_; }
    const Connection& connection() const { return *connection_; }

  private:
    struct Sent {
        std::string sql;   ///< to remember once it is prepared
        std::string name;  ///< "" for a statement's execution
        std::size_t statement;
    };
    explicit Session(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
    Result<void> set_up(Clock::time_point deadline);
    bool send(const std::string& sql, const Parameters& parameters, bool prepare, std::size_t statement);
    bool send(BatchStatement& statement, std::deque<std::string>& scratch, std::size_t index);
    Attempt receive(Clock::time_point deadline);
    Attempt roll_back(Attempt refused, Clock::time_point deadline);

    const std::unique_ptr<Connection> connection_;
    RowTypes row_types_;
    std::unordered_map<const app::ports::Table*, std::unique_ptr<KnownTable>> tables_;
    Mark mark_;
    bool explicit_transactions_ = false;
    std::shared_ptr<const Distribution> distribution_;
    std::vector<Sent> sent_;
};

}  // namespace takas::store::postgres
