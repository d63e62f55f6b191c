// Between a described record and the columns of a stored row, the same for every adapter: which column class a field
// has, its value as a cell, and whether a query makes sense for a table. Knows no database.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/ports/store.hpp"
#include "base/describe.hpp"
#include "base/error.hpp"

namespace takas::store::record {

/// integer: numbers, booleans, dates, instants, enums. document: what only the record understands, as text (nested
/// objects, lists and maps as JSON, decimals in plain form): stored and given back, never compared or sorted by.
enum class ColumnClass : std::uint8_t { integer, text, blob, document };

ColumnClass column_class(const Type& type);

enum class CellKind : std::uint8_t { null, integer, text };

/// One column's value; the text belongs to the record, to the scratch buffer or to the database's row.
struct Cell {
    CellKind kind = CellKind::null;
    std::int64_t integer = 0;
    std::string_view text;
};

/// The field's value. A document is written into `scratch`, which must outlive the cell.
Cell read_cell(const Field& field, const void* record, std::string& scratch);

/// Puts a stored value into the field of a default-constructed record. NULL leaves the default.
Result<void> write_cell(const Field& field, void* record, const Cell& cell);

/// The error, with the table and the integer columns of the row's key, as far as they were read.
std::unexpected<Error> of_row(Error error, const app::ports::Table& table, const void* record);

/// A row into a default-constructed record. `cell_at(column number, its field)` gives the cells.
template <class CellAt>
Result<void> read_row(const app::ports::Table& table, void* record, CellAt cell_at) {
    int column = 0;
    for (const Field& field : table.columns())
        if (auto done = write_cell(field, record, cell_at(column++, field)); !done)
            return of_row(std::move(done.error()), table, record);
    return {};
}

using app::ports::find_column;
bool is_key(const app::ports::Table& table, std::string_view column);
/// The column that the store numbers: the only key column when it is called `sequence_no`, else nullptr.
const Field* sequence_column(const app::ports::Table& table);

/// Refuses unknown columns, documents, and values or comparisons that do not fit a column's class.
Result<void> check(const app::ports::Table& table, std::span<const app::ports::Condition> conditions,
                   std::span<const app::ports::Order> order = {});

}  // namespace takas::store::record
