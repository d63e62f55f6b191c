// Reads how the database keeps the tables. See schema.hpp.
#include <map>

#include "store/postgres/layout.hpp"
#include "store/postgres/schema.hpp"
#include "store/record/schema.hpp"

namespace takas::store::postgres {
namespace {

constexpr std::chrono::minutes patience{1};

std::string_view type_name(const Field& field) {
    const Oid type = type_of_column(field);
    return type == int8_type ? "bigint" : type == bytea_type ? "bytea" : "text COLLATE C";
}

constexpr const char* columns_sql =
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation = 0 THEN '' ELSE "
    "' COLLATE ' || (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END, a.attnotnull, "
    "coalesce(a.attnum = ANY(i.indkey), false), c.relkind = 'p' "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
    "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = current_schema()";

constexpr const char* unique_sql =
    "SELECT c.relname, x.relname, i.indpred IS NOT NULL OR 0 = ANY(i.indkey) OR NOT i.indisvalid, a.attname "
    "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY((i.indkey::int2[])[0:i.indnkeyatts - 1]) "
    "WHERE i.indisunique AND NOT i.indisprimary AND n.nspname = current_schema() AND NOT c.relispartition "
    "ORDER BY 1, 2, 4";

}  // namespace

Result<std::vector<std::string>> schema_differences(Connection& connection,
                                                    std::span<const app::ports::Table* const> tables) {
    const auto deadline = Clock::now() + patience;
    const PgResult columns = connection.run(columns_sql, {}, deadline);
    const PgResult unique = columns ? connection.run(unique_sql, {}, deadline) : nullptr;
    if (!unique) return connection.failure("cannot read the schema");
    const auto text = [](const PgResult& rows, int row, int column) {
        return std::string(PQgetvalue(rows.get(), row, column));
    };
    const auto is_true = [&](const PgResult& rows, int row, int column) { return text(rows, row, column) == "t"; };
    std::map<std::string, record::FoundTable, std::less<>> found;
    for (int i = 0; i < PQntuples(columns.get()); ++i) {
        record::FoundTable& table = found[text(columns, i, 0)];
        table.columns[text(columns, i, 1)] = {text(columns, i, 2), is_true(columns, i, 3), is_true(columns, i, 4)};
        table.is_partitioned = is_true(columns, i, 5);
    }
    std::map<std::pair<std::string, std::string>, record::ColumnSet> indexes;
    for (int i = 0; i < PQntuples(unique.get()); ++i) {
        if (!is_true(unique, i, 2))
            indexes[{text(unique, i, 0), text(unique, i, 1)}].insert(text(unique, i, 3));
        else if (auto& partial = found[text(unique, i, 0)].partial_unique;
                 partial.empty() || partial.back() != text(unique, i, 1))
            partial.push_back(text(unique, i, 1));
    }
    for (const auto& [name, set] : indexes) found[name.first].unique.insert(set);

    std::vector<std::string> differences;
    for (const auto* table : tables) {
        const auto at = found.find(table->name);
        record::compare_schema(*table, at == found.end() ? record::FoundTable{} : at->second, &type_name, differences);
    }
    return differences;
}

}  // namespace takas::store::postgres
