// Compares the database with the descriptions. See schema.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "store/record/column.hpp"
#include "store/sqlite/schema.hpp"

namespace takas::store::sqlite {
namespace {

using app::ports::Table;
using record::ColumnClass;

struct DatabaseColumn {
    std::string affinity;
    bool not_null;
    bool is_key;
};

using Columns = std::map<std::string, DatabaseColumn, std::less<>>;
using ColumnSet = std::set<std::string, std::less<>>;

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

void compare_columns(const Table& table, const Columns& columns, std::vector<std::string>& differences) {
    const auto differs = [&](std::string_view column, std::string_view how) {
        differences.push_back(fmt::format("{}.{}: {}", table.name, column, how));
    };
    for (const Field& field : table.columns()) {
        const auto found = columns.find(field.name);
        if (found == columns.end()) {
            differs(field.name, "missing in the database");
            continue;
        }
        const DatabaseColumn& column = found->second;
        if (column.affinity != expected_affinity(field))
            differs(field.name, fmt::format("is {}, should be {}", column.affinity, expected_affinity(field)));
        // A key column may be missing from the database's key when the others alone are unique (card_transaction is
        // stored in the order of its ids): the promise of the description is kept.
        const bool is_key = record::is_key(table, field.name);
        if (column.is_key && !is_key) differs(field.name, "should not be part of the primary key");
        if (!is_key && column.not_null == field.type->optional)
            differs(field.name, column.not_null ? "is NOT NULL, but the field is optional" : "should be NOT NULL");
    }
    for (const auto& [name, column] : columns)
        if (!record::find_column(table, name)) differs(name, "is not in the record");
    if (std::ranges::none_of(columns, [](const auto& c) { return c.second.is_key; }))
        differences.push_back(fmt::format("{}: no primary key", table.name));
}

void compare_unique(const Table& table, const std::set<ColumnSet>& found, std::vector<std::string>& differences) {
    std::set<ColumnSet> expected;
    for (const auto& unique : table.unique) expected.emplace(unique.begin(), unique.end());
    for (const ColumnSet& set : expected)
        if (!found.contains(set))
            differences.push_back(fmt::format("{}: no unique index on ({})", table.name, fmt::join(set, ", ")));
    for (const ColumnSet& set : found)
        if (!expected.contains(set))
            differences.push_back(fmt::format("{}: unique index on ({}) is not in the table's description", table.name,
                                              fmt::join(set, ", ")));
}

bool compare(const Connection& connection, const Table& table, std::vector<std::string>& differences) {
    Columns columns;
    const bool read_columns = query(connection, fmt::format("PRAGMA table_info(\"{}\")", table.name), [&](auto* row) {
        columns[text_at(row, 1)] = {affinity_of(text_at(row, 2)), sqlite3_column_int(row, 3) != 0,
                                    sqlite3_column_int(row, 5) != 0};
    });
    if (!read_columns) return false;
    if (columns.empty()) {
        differences.push_back(fmt::format("{}: no such table", table.name));
        return true;
    }
    compare_columns(table, columns, differences);

    std::vector<std::string> indexes;
    const bool read_indexes = query(connection, fmt::format("PRAGMA index_list(\"{}\")", table.name), [&](auto* row) {
        const bool is_unique = sqlite3_column_int(row, 2) != 0, is_primary_key = text_at(row, 3) == "pk";
        if (is_unique && sqlite3_column_int(row, 4) != 0)
            differences.push_back(fmt::format("{}: unique index {} is partial", table.name, text_at(row, 1)));
        else if (is_unique && !is_primary_key)
            indexes.push_back(text_at(row, 1));
    });
    std::set<ColumnSet> unique;
    bool read_all = read_indexes;
    for (const std::string& index : indexes) {
        ColumnSet set;
        read_all = query(connection, fmt::format("PRAGMA index_info(\"{}\")", index),
                         [&](auto* row) { set.insert(text_at(row, 2)); }) &&
                   read_all;
        unique.insert(std::move(set));
    }
    compare_unique(table, unique, differences);
    return read_all;
}

}  // namespace

Result<std::vector<std::string>> schema_differences(Connection& connection, std::span<const Table* const> tables) {
    std::vector<std::string> differences;
    for (const Table* table : tables)
        if (!compare(connection, *table, differences)) return connection.failure("cannot read the schema");
    return differences;
}

}  // namespace takas::store::sqlite
