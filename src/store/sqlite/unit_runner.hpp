// Runs the writes of one unit inside the transaction that is open on a connection. Decides what a refused statement
// means for its unit; transactions and savepoints are the writer's business.
#pragma once

#include <unordered_map>

#include "app/ports/store.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/row.hpp"

namespace takas::store::sqlite {

struct UnitRun {
    app::ports::CommitResult result;
    bool left_writes = false;    ///< refused after some of its writes were done: they must be rolled back
    bool store_trouble = false;  ///< disk or locks, not the unit: the whole transaction is lost
};

class UnitRunner {
  public:
    explicit UnitRunner(Connection& connection) : connection_(connection) {}

    UnitRun run(const app::ports::Unit& unit);

  private:
    enum class Verb : std::uint8_t {
        insert,
        insert_if_absent,
        update,
        update_guarded,
        upsert,
        erase,
        require,
        require_guarded,
        count_
    };
    struct TableStatements {
        Statement by_verb[static_cast<std::size_t>(Verb::count_)];
    };

    /// committed, conflict, version_moved; unavailable when SQLite failed in another way.
    app::ports::CommitOutcome run(const app::ports::Write& write, int& code);
    app::ports::CommitOutcome forbid(const app::ports::Write& write, int& code);
    sqlite3_stmt* statement(const app::ports::Table& table, Verb verb);
    static Verb verb_of(const app::ports::Write& write);
    static std::string sql_of(const app::ports::Table& table, Verb verb);

    Connection& connection_;
    Binder binder_;
    std::unordered_map<const app::ports::Table*, TableStatements> tables_;
};

}  // namespace takas::store::sqlite
