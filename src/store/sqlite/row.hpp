// Values into a statement's parameters and out of its result row. Texts are bound without a copy: they must stay alive
// and unchanged until the statement has been stepped.
#pragma once

#include <sqlite3.h>

#include <deque>
#include <span>
#include <string>

#include "app/ports/store.hpp"
#include "store/record/column.hpp"

namespace takas::store::sqlite {

/// Holds the JSON texts of one record while its statement runs.
class Binder {
  public:
    /// Binds all columns, or only the key's, at parameter i + 1 for column i. A sequence number of 0 is bound as NULL,
    /// which makes SQLite choose the next one.
    void bind_record(sqlite3_stmt* statement, const app::ports::Table& table, const void* record, bool key_only);

  private:
    std::deque<std::string> scratch_;
};

/// Binds the values of the conditions from parameter 1 on; answers the next free parameter. `bounds` keeps what had to
/// be computed.
int bind_conditions(sqlite3_stmt* statement, const app::ports::Table& table,
                    std::span<const app::ports::Condition> conditions, std::deque<std::string>& bounds);

/// Reads the current row into a default-constructed record.
Result<void> read_row(sqlite3_stmt* statement, const app::ports::Table& table, void* record);

}  // namespace takas::store::sqlite
