// One table in memory: rows in primary key order, hash indexes for its unique keys, and an undo log so that a unit of
// writes is all or nothing. Knows no threads and no queue; rows are immutable once stored, so a reader may keep them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/ports/store.hpp"
#include "store/record/column.hpp"

namespace takas::store::memory {

using Row = std::shared_ptr<const void>;

class TableRows {
  public:
    explicit TableRows(const app::ports::Table& table);

    /// Applies one write, or changes nothing. `undo` gets what takes it back; run the undos last first.
    app::ports::CommitOutcome apply(app::ports::Write& write, std::vector<std::function<void()>>& undo);

    /// conflict when any row meets the conditions.
    app::ports::CommitOutcome forbid(std::span<const app::ports::Condition> conditions) const;

    /// Rows that meet the conditions, in the asked order, after skip and limit.
    std::vector<Row> select(const app::ports::Query& query) const;
    std::int64_t count(std::span<const app::ports::Condition> conditions, std::int64_t at_most) const;

  private:
    using Rows = std::map<std::string, Row>;  ///< by the encoded primary key

    struct UniqueIndex {
        std::vector<const Field*> columns;
        std::unordered_map<std::string, std::string> key_of;  ///< encoded values to the row's primary key
    };

    bool conflicts(const void* record, const std::string& own_key) const;
    void put(const std::string& key, Row row);
    void remove(Rows::iterator it);
    void number(void* record, std::vector<std::function<void()>>& undo);
    /// Calls `visit` for each matching row in primary key order until it says false.
    void each(std::span<const app::ports::Condition> conditions, const std::function<bool(const Row&)>& visit) const;

    const app::ports::Table& table_;
    std::vector<const Field*> key_;
    const Field* sequence_;
    std::int64_t last_sequence_ = 0;  ///< never goes back when rows are erased
    Rows rows_;
    std::vector<UniqueIndex> unique_;
};

}  // namespace takas::store::memory
