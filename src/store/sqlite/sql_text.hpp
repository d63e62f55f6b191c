// The SQL of a table, written from its description. Texts hold no values, only numbered parameters, so that a
// statement is prepared once for each table and kind, and once for each shape of a query.
#pragma once

#include <span>
#include <string>

#include "app/ports/store.hpp"

namespace takas::store::sqlite {

/// Parameter i + 1 of the writing statements is the i-th column of the table; erase uses only the key's parameters.
std::string insert_sql(const app::ports::Table& table);
std::string insert_if_absent_sql(const app::ports::Table& table);
std::string upsert_sql(const app::ports::Table& table);
std::string erase_sql(const app::ports::Table& table);
/// With `guarded` one more parameter, after the columns', is the version that must be stored.
std::string update_sql(const app::ports::Table& table, bool guarded);

/// Selects all columns in the description's order. Parameters in order: for each condition its value (and for
/// starts_with with an upper bound that bound), then limit and skip.
std::string select_sql(const app::ports::Table& table, const app::ports::Query& query);
/// 1 when the row with the key exists (with `guarded`: in that version), else no row. Parameters as in update_sql.
std::string require_sql(const app::ports::Table& table, bool guarded);
/// One row when any row meets the conditions.
std::string forbid_sql(const app::ports::Table& table, std::span<const app::ports::Condition> conditions);
std::string count_sql(const app::ports::Table& table, std::span<const app::ports::Condition> conditions);

/// The smallest text above all texts with this prefix; "" when there is none.
std::string prefix_end(std::string prefix);

}  // namespace takas::store::sqlite
