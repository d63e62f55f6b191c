// How a table's rows look on the wire: the type numbers and the column order of this database. They differ from
// database to database and change when a table is made anew, so every connection reads them for itself.
#pragma once

#include <libpq-fe.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"
#include "store/postgres/connection.hpp"

namespace takas::store::postgres {

/// Built-in types, whose numbers never change (pg_type.dat).
inline constexpr Oid bytea_type = 17, int8_type = 20, text_type = 25, int8_array_type = 1016;

struct Attribute {
    std::string name;
    Oid type;
    bool in_primary_key;
};

struct RowType {
    Oid row = 0, array = 0;
    std::vector<Attribute> attributes;  ///< in the database's order, without dropped ones
};

using RowTypes = std::map<std::string, RowType, std::less<>>;

/// The tables of the connection's schema.
Result<RowTypes> read_row_types(Connection& connection, Clock::time_point deadline);

/// A described table as this database keeps it.
struct Layout {
    struct Slot {
        Oid type;
        const Field* field;  ///< nullptr: a column that the record does not have
        bool is_key;
    };
    const app::ports::Table* table = nullptr;
    Oid row = 0, array = 0;
    std::vector<Slot> slots;
    std::vector<std::string> primary_key;  ///< the database's: may have more columns than the description's
    const Field* sequence = nullptr;       ///< the column that the store numbers
    bool is_distributed = false;
    const Field* shard_key = nullptr;  ///< the column of the key that says on which shard a row is, if any
};

/// Fails when a column is missing or of another type. `distributed_by`: the column by which the table is; "" when not.
Result<Layout> make_layout(const app::ports::Table& table, const RowType& type, std::string_view distributed_by = "");

Oid type_of_column(const Field& field);

}  // namespace takas::store::postgres
