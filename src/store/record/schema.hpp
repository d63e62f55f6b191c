// Compares a table as a database has it with its description: the same sentences for every database.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"

namespace takas::store::record {

struct FoundColumn {
    std::string type;  ///< in the words of type_name
    bool not_null;
    bool is_key;
};

using ColumnSet = std::set<std::string, std::less<>>;

struct FoundTable {
    std::map<std::string, FoundColumn, std::less<>> columns;  ///< none: there is no such table
    std::set<ColumnSet> unique;                               ///< unique indexes besides the primary key
    std::vector<std::string> partial_unique;                  ///< names of unique indexes that do not hold for all rows
    bool is_partitioned = false;                              ///< its key has the partition's column besides
};

/// Adds one sentence for each difference.
void compare_schema(const app::ports::Table& table, const FoundTable& found,
                    std::string_view (*type_name)(const Field&), std::vector<std::string>& differences);

}  // namespace takas::store::record
