// See sql_text.hpp. Names are quoted: a column may be called like an SQL word.
#include "store/sqlite/sql_text.hpp"

#include <fmt/format.h>

#include "app/ports/page.hpp"
#include "store/record/column.hpp"

namespace takas::store::sqlite {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Query;
using app::ports::Table;

void append_part(std::string& list, std::string_view separator, std::string part) {
    if (!list.empty()) list += separator;
    list += part;
}

std::string column_list(const Table& table) {
    std::string list;
    for (const Field& field : table.columns()) append_part(list, ", ", fmt::format("\"{}\"", field.name));
    return list;
}

/// "key1"=?1 AND "key2"=?4, with the columns' own parameter numbers
std::string key_test(const Table& table) {
    std::string test;
    int parameter = 0;
    for (const Field& field : table.columns()) {
        ++parameter;
        if (record::is_key(table, field.name))
            append_part(test, " AND ", fmt::format("\"{}\"=?{}", field.name, parameter));
    }
    return test;
}

std::string key_list(const Table& table) {
    std::string list;
    for (const std::string_view key : table.key) append_part(list, ", ", fmt::format("\"{}\"", key));
    return list;
}

std::string condition_sql(const Condition& c) {
    const auto compared = [&](std::string_view with) { return fmt::format("\"{}\"{}?", c.column, with); };
    switch (c.compare) {
        case Compare::equal:
            return compared("=");
        case Compare::not_equal:
            return compared("<>");
        case Compare::less:
            return compared("<");
        case Compare::less_or_equal:
            return compared("<=");
        case Compare::greater:
            return compared(">");
        case Compare::greater_or_equal:
            return compared(">=");
        case Compare::contains:  // SQLite's lower() knows ASCII only, as promised
            return fmt::format("instr(lower(\"{}\"),lower(?))>0", c.column);
        case Compare::starts_with: {  // a range, so that an index serves it
            const auto* prefix = std::get_if<std::string>(&c.value);
            if (!prefix || prefix_end(*prefix).empty()) return compared(">=");
            return fmt::format("\"{0}\">=? AND \"{0}\"<?", c.column);
        }
    }
    return "0";
}

std::string where_sql(std::span<const Condition> conditions) {
    std::string sql;
    for (const Condition& c : conditions) append_part(sql, " AND ", condition_sql(c));
    return sql.empty() ? sql : " WHERE " + sql;
}

}  // namespace

std::string prefix_end(std::string prefix) {
    while (!prefix.empty() && prefix.back() == '\xFF') prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
    return prefix;
}

std::string insert_sql(const Table& table) {
    std::string parameters;
    for (std::size_t i = 1; i <= table.columns().size(); ++i) append_part(parameters, ",", fmt::format("?{}", i));
    return fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, column_list(table), parameters);
}

std::string insert_if_absent_sql(const Table& table) {
    return fmt::format("{} ON CONFLICT ({}) DO NOTHING", insert_sql(table), key_list(table));
}

std::string upsert_sql(const Table& table) {
    std::string sets;
    for (const Field& field : table.columns())
        if (!record::is_key(table, field.name))
            append_part(sets, ", ", fmt::format("\"{0}\"=excluded.\"{0}\"", field.name));
    return fmt::format("{} ON CONFLICT ({}) DO {}", insert_sql(table), key_list(table),
                       sets.empty() ? "NOTHING" : "UPDATE SET " + sets);
}

std::string erase_sql(const Table& table) {
    return fmt::format("DELETE FROM \"{}\" WHERE {}", table.name, key_test(table));
}

std::string update_sql(const Table& table, bool guarded) {
    std::string sets;
    int parameter = 0;
    for (const Field& field : table.columns()) {
        ++parameter;
        if (!record::is_key(table, field.name))
            append_part(sets, ", ", fmt::format("\"{}\"=?{}", field.name, parameter));
    }
    std::string sql = fmt::format("UPDATE \"{}\" SET {} WHERE {}", table.name, sets, key_test(table));
    if (guarded) sql += fmt::format(" AND \"version\"=?{}", parameter + 1);
    return sql;
}

std::string require_sql(const Table& table, bool guarded) {
    std::string sql = fmt::format("SELECT 1 FROM \"{}\" WHERE {}", table.name, key_test(table));
    if (guarded) sql += fmt::format(" AND \"version\"=?{}", table.columns().size() + 1);
    return sql;
}

std::string forbid_sql(const Table& table, std::span<const Condition> conditions) {
    return fmt::format("SELECT 1 FROM \"{}\"{} LIMIT 1", table.name, where_sql(conditions));
}

std::string select_sql(const Table& table, const Query& query) {
    std::string order;
    for (const auto& o : app::ports::total_order(table, query.order))
        append_part(order, ", ", fmt::format("\"{}\"{}", o.column, o.descending ? " DESC" : ""));
    return fmt::format("SELECT {} FROM \"{}\"{} ORDER BY {} LIMIT ? OFFSET ?", column_list(table), table.name,
                       where_sql(query.conditions), order);
}

std::string count_sql(const Table& table, std::span<const Condition> conditions) {
    return fmt::format("SELECT count(*) FROM (SELECT 1 FROM \"{}\"{} LIMIT ?)", table.name, where_sql(conditions));
}

}  // namespace takas::store::sqlite
