// Reads how the database keeps the tables. See schema.hpp.
#include <fmt/format.h>

#include <algorithm>

#include "store/record/column.hpp"
#include "store/record/schema.hpp"
#include "store/sqlite/schema.hpp"

namespace takas::store::sqlite {
namespace {

using app::ports::Table;
using record::ColumnClass;

std::string text_at(sqlite3_stmt* statement, int column) {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
    return data ? std::string(data, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))) : std::string();
}

/// Runs a query and hands over each row; false when SQLite failed.
template <class EachRow>
bool query(const Connection& connection, const std::string& sql, EachRow each_row) {
    const Statement statement = connection.prepare(sql);
    int code = SQLITE_ERROR;
    while (statement && (code = sqlite3_step(statement.get())) == SQLITE_ROW) each_row(statement.get());
    return code == SQLITE_DONE;
}

std::string affinity_of(std::string type) {
    std::ranges::transform(type, type.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (type.find("INT") != std::string::npos) return "INTEGER";
    return type;
}

std::string_view expected_affinity(const Field& field) {
    switch (record::column_class(*field.type)) {
        case ColumnClass::integer:
            return "INTEGER";
        case ColumnClass::blob:
            return "BLOB";
        case ColumnClass::text:
        case ColumnClass::document:
            break;
    }
    return "TEXT";
}

bool read(const Connection& connection, const Table& table, record::FoundTable& found) {
    const bool read_columns = query(connection, fmt::format("PRAGMA table_info(\"{}\")", table.name), [&](auto* row) {
        found.columns[text_at(row, 1)] = {affinity_of(text_at(row, 2)), sqlite3_column_int(row, 3) != 0,
                                          sqlite3_column_int(row, 5) != 0};
    });
    std::vector<std::string> indexes;
    bool read_all = query(connection, fmt::format("PRAGMA index_list(\"{}\")", table.name), [&](auto* row) {
        const bool is_unique = sqlite3_column_int(row, 2) != 0, is_primary_key = text_at(row, 3) == "pk";
        if (is_unique && sqlite3_column_int(row, 4) != 0)
            found.partial_unique.push_back(text_at(row, 1));
        else if (is_unique && !is_primary_key)
            indexes.push_back(text_at(row, 1));
    });
    for (const std::string& index : indexes) {
        record::ColumnSet set;
        read_all = query(connection, fmt::format("PRAGMA index_info(\"{}\")", index),
                         [&](auto* row) { set.insert(text_at(row, 2)); }) &&
                   read_all;
        found.unique.insert(std::move(set));
    }
    return read_columns && read_all;
}

}  // namespace

Result<std::vector<std::string>> schema_differences(Connection& connection, std::span<const Table* const> tables) {
    std::vector<std::string> differences;
    for (const Table* table : tables) {
        record::FoundTable found;
        if (!read(connection, *table, found)) return connection.failure("cannot read the schema");
        record::compare_schema(*table, found, &expected_affinity, differences);
    }
    return differences;
}

}  // namespace takas::store::sqlite
