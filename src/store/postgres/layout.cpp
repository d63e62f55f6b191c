// See layout.hpp.
#include "store/postgres/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "store/record/column.hpp"

namespace takas::store::postgres {
namespace {

Oid oid_at(const PGresult* result, int row, int column) {
    return static_cast<Oid>(std::strtoul(PQgetvalue(result, row, column), nullptr, 10));
}

}  // namespace

Oid type_of_column(const Field& field) {
    switch (record::column_class(*field.type)) {
        case record::ColumnClass::integer:
            return int8_type;
        case record::ColumnClass::blob:
            return bytea_type;
        case record::ColumnClass::text:
        case record::ColumnClass::document:
            break;
    }
    return text_type;
}

Result<RowTypes> read_row_types(Connection& connection, Clock::time_point deadline) {
    const PgResult rows = connection.run(
        "SELECT c.relname, c.reltype, t.typarray, a.attname, a.atttypid, coalesce(a.attnum = ANY(i.indkey), false) "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = c.reltype "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
        "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = current_schema() "
        "ORDER BY c.oid, a.attnum",
        {}, deadline);
    if (!rows) return connection.failure("cannot read the row types");
    RowTypes types;
    for (int i = 0; i < PQntuples(rows.get()); ++i) {
        RowType& type = types[PQgetvalue(rows.get(), i, 0)];
        type.row = oid_at(rows.get(), i, 1);
        type.array = oid_at(rows.get(), i, 2);
        type.attributes.push_back(
            {PQgetvalue(rows.get(), i, 3), oid_at(rows.get(), i, 4), *PQgetvalue(rows.get(), i, 5) == 't'});
    }
    return types;
}

Result<Layout> make_layout(const app::ports::Table& table, const RowType& type, std::string_view distributed_by) {
    Layout layout;
    layout.table = &table;
    layout.row = type.row, layout.array = type.array;
    layout.sequence = record::sequence_column(table);
    layout.is_distributed = !distributed_by.empty();
    if (record::is_key(table, distributed_by)) layout.shard_key = record::find_column(table, distributed_by);
    std::size_t found = 0;
    for (const Attribute& a : type.attributes) {
        const Field* field = record::find_column(table, a.name);
        if (field && type_of_column(*field) != a.type)
            return fail(ErrorCode::internal, fmt::format("{}.{} has another type", table.name, a.name));
        found += field ? 1 : 0;
        layout.slots.push_back({a.type, field, record::is_key(table, a.name)});
        if (a.in_primary_key) layout.primary_key.push_back(a.name);
    }
    if (found != table.columns().size()) return fail(ErrorCode::internal, fmt::format("{} lacks a column", table.name));
    return layout;
}

}  // namespace takas::store::postgres
