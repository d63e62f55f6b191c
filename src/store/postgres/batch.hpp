// The statements of one transaction. Merged: the rows of many units in as few statements as their meaning allows.
// Strict: one statement for each write in the unit's order, to learn which write was refused.
//
// Writes on different tables commute, for there are no foreign keys. On one table a write may join an earlier statement
// of its kind when no statement from there on has touched its key; where a table has further unique keys, only the last
// statement, because one row's update may free what the next one takes.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "app/ports/store.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/row_array.hpp"
#include "store/postgres/sql_text.hpp"

namespace takas::store::postgres {

/// A table's layout with its statements' texts, made when they are first needed.
struct KnownTable {
    Layout layout;
    std::array<std::string, 11> sql_by_verb;
    const std::string& sql(Verb verb);
};

struct BatchStatement {
    Verb verb;
    KnownTable* table;
    RowArray rows;
    IntegerArray versions;
    IntegerArray shard_keys;
    const app::ports::Write* forbidden = nullptr;
    std::int64_t numbers_before = 0;  ///< rows that this transaction has numbered in the table before
};

class Batch {
  public:
    void add_merged(KnownTable& table, const app::ports::Write& write);
    void add_strictly(KnownTable& table, const app::ports::Write& write);

    /// In the order to run. Every connection takes the tables in the same order, which avoids most deadlocks.
    std::vector<BatchStatement*> statements();
    /// Rows that one table numbers, at most.
    std::int64_t number_count() const;

  private:
    struct Chain {
        KnownTable* table;
        std::deque<BatchStatement> statements;
    };
    /// Which statement of its chain touched a key last, by the key's hash. Two keys with one hash cost a statement.
    class Touches {
      public:
        /// The slot of the key's hash; -1 in it when the key is new. Valid until the next call.
        std::int32_t& operator[](std::uint64_t hash);

      private:
        void grow();
        struct Slot {
            std::uint64_t hash = 0;  ///< 0 is empty
            std::int32_t statement = -1;
        };
        std::vector<Slot> slots_ = std::vector<Slot>(64);
        std::size_t used_ = 0;
    };

    Chain& chain_of(KnownTable& table);
    BatchStatement& statement_for(Chain& chain, Verb verb, const app::ports::Write& write);
    static void add_row(BatchStatement& statement, const app::ports::Write& write);

    std::deque<Chain> chains_;
    std::vector<std::pair<Chain*, std::size_t>> strict_order_;
    Touches touches_;
    std::string scratch_;
};

Verb verb_of(const app::ports::Write& write);
/// The statement's parameters; `scratch` must outlive them.
Parameters parameters_of(const BatchStatement& statement, std::deque<std::string>& scratch);
std::string sql_of(BatchStatement& statement);

}  // namespace takas::store::postgres
