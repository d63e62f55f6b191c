// See row.hpp.
#include "store/sqlite/row.hpp"

#include "store/sqlite/sql_text.hpp"

namespace takas::store::sqlite {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Table;
using record::Cell;
using record::CellKind;
using record::ColumnClass;

void bind_bytes(sqlite3_stmt* statement, int parameter, ColumnClass column, std::string_view bytes) {
    // An empty view may point nowhere, and SQLite reads a null pointer as NULL.
    const char* data = bytes.empty() ? "" : bytes.data();
    // -Wold-style-cast: SQLITE_STATIC is written as a C cast, and is a null pointer.
    if (column == ColumnClass::blob)
        sqlite3_bind_blob64(statement, parameter, data, bytes.size(), nullptr);
    else
        sqlite3_bind_text64(statement, parameter, data, bytes.size(), nullptr, SQLITE_UTF8);
}

Cell cell_at(sqlite3_stmt* statement, int index) {
    switch (sqlite3_column_type(statement, index)) {
        case SQLITE_INTEGER:
            return {CellKind::integer, sqlite3_column_int64(statement, index), {}};
        case SQLITE_NULL:
            return {};
        default: {  // the blob pointer of a text is its text
            const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, index));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
            return {CellKind::text, 0, data ? std::string_view(data, size) : std::string_view()};
        }
    }
}

}  // namespace

void Binder::bind_record(sqlite3_stmt* statement, const Table& table, const void* record, bool key_only) {
    const Field* sequence = record::sequence_column(table);
    std::size_t used = 0;
    int parameter = 0;
    for (const Field& field : table.columns()) {
        ++parameter;
        if (key_only && !record::is_key(table, field.name)) continue;
        if (used == scratch_.size()) scratch_.emplace_back();
        const Cell cell = record::read_cell(field, record, scratch_[used]);
        if (cell.text.data() == scratch_[used].data()) ++used;
        if (cell.kind == CellKind::null || (&field == sequence && cell.integer == 0))
            sqlite3_bind_null(statement, parameter);
        else if (cell.kind == CellKind::integer)
            sqlite3_bind_int64(statement, parameter, cell.integer);
        else
            bind_bytes(statement, parameter, record::column_class(*field.type), cell.text);
    }
}

int bind_conditions(sqlite3_stmt* statement, const Table& table, std::span<const Condition> conditions,
                    std::deque<std::string>& bounds) {
    int parameter = 0;
    for (const Condition& c : conditions) {
        ++parameter;
        if (const auto* integer = std::get_if<std::int64_t>(&c.value)) {
            sqlite3_bind_int64(statement, parameter, *integer);
            continue;
        }
        const auto* text = std::get_if<std::string>(&c.value);
        if (!text) {
            sqlite3_bind_null(statement, parameter);
            continue;
        }
        const ColumnClass column = record::column_class(*record::find_column(table, c.column)->type);
        bind_bytes(statement, parameter, column, *text);
        if (c.compare != Compare::starts_with) continue;
        if (std::string end = prefix_end(*text); !end.empty())
            bind_bytes(statement, ++parameter, column, bounds.emplace_back(std::move(end)));
    }
    return parameter + 1;
}

Result<void> read_row(sqlite3_stmt* statement, const Table& table, void* record) {
    return record::read_row(table, record, [&](int column, const Field&) { return cell_at(statement, column); });
}

}  // namespace takas::store::sqlite
