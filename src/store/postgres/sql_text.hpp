// The SQL of a table, written from its description. Texts hold no values, only numbered parameters, so that a
// statement is prepared once for each table and kind, and once for each shape of a query.
//
// Writing statements take all their rows in $1, an array of the table's row type. Those that need each of their rows
// fail with division_by_zero when one is missing: the pipeline's transaction has no other way to stop itself.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/ports/store.hpp"
#include "store/postgres/layout.hpp"

namespace takas::store::postgres {

enum class Verb : std::uint8_t {
    insert,
    insert_exactly,  ///< as insert, on a distributed table: slower, and its SQLSTATE is true
    insert_if_absent,
    update,
    update_guarded,
    upsert,
    erase,
    require,
    require_guarded,
    forbid,
    refuse,  ///< a change of an append-only table
};

/// $1 rows. A numbered table: $2 how many numbers this transaction has given before. update, erase and require: then
/// the count of rows; guarded: before it the array of versions; with a shard key: behind it the array of its values, so
/// that the statement goes to their shards only.
std::string write_sql(Verb verb, const Layout& layout);
/// One row as long as no row meets the conditions, else division_by_zero. Parameters as in select_sql.
std::string forbid_sql(const app::ports::Table& table, std::span<const app::ports::Condition> conditions);

/// Where a reader learns below which number the rows of a numbered table may be read.
enum class Visible : std::uint8_t {
    by_snapshot,   ///< the statement finds out
    by_parameter,  ///< a parameter after the conditions: see horizon.hpp
};

/// Selects all columns in the description's order. Parameters in order: for each condition its value (and for
/// starts_with with an upper bound that bound), for a numbered table perhaps the first number not to read, then limit
/// and skip.
std::string select_sql(const app::ports::Table& table, const app::ports::Query& query,
                       Visible visible = Visible::by_snapshot);
/// Parameters: those of the conditions as above, then the highest count.
std::string count_sql(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                      Visible visible = Visible::by_snapshot);

/// The smallest UTF-8 text above all texts with this prefix; "" when there is none or the prefix is not UTF-8.
std::string prefix_end(std::string_view prefix);

/// Numbers: (transaction id + epoch) << number_bits | place within the transaction.
inline constexpr int number_bits = 12;
inline constexpr std::int64_t max_numbers_per_commit = (1 << number_bits) - 1;

}  // namespace takas::store::postgres
