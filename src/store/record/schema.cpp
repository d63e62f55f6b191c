// See schema.hpp.
#include "store/record/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "store/record/column.hpp"

namespace takas::store::record {
namespace {

using app::ports::Table;

void compare_columns(const Table& table, const FoundTable& found, std::string_view (*type_name)(const Field&),
                     std::vector<std::string>& differences) {
    const auto differs = [&](std::string_view column, std::string_view how) {
        differences.push_back(fmt::format("{}.{}: {}", table.name, column, how));
    };
    for (const Field& field : table.columns()) {
        const auto at = found.columns.find(field.name);
        if (at == found.columns.end()) {
            differs(field.name, "missing in the database");
            continue;
        }
        const FoundColumn& column = at->second;
        if (column.type != type_name(field))
            differs(field.name, fmt::format("is {}, should be {}", column.type, type_name(field)));
        // A key column may be missing from the database's key when the others alone are unique (card_transaction is
        // stored in the order of its ids): the promise of the description is kept.
        const bool is_described_key = is_key(table, field.name);
        if (column.is_key && !is_described_key && !found.is_partitioned)
            differs(field.name, "should not be part of the primary key");
        if (!is_described_key && column.not_null == field.type->optional)
            differs(field.name, column.not_null ? "is NOT NULL, but the field is optional" : "should be NOT NULL");
    }
    for (const auto& [name, column] : found.columns)
        if (!find_column(table, name)) differs(name, "is not in the record");
    if (std::ranges::none_of(found.columns, [](const auto& c) { return c.second.is_key; }))
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

}  // namespace

void compare_schema(const Table& table, const FoundTable& found, std::string_view (*type_name)(const Field&),
                    std::vector<std::string>& differences) {
    if (found.columns.empty()) {
        differences.push_back(fmt::format("{}: no such table", table.name));
        return;
    }
    compare_columns(table, found, type_name, differences);
    for (const std::string& name : found.partial_unique)
        differences.push_back(fmt::format("{}: unique index {} is partial", table.name, name));
    compare_unique(table, found.unique, differences);
}

}  // namespace takas::store::record
