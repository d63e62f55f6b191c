// See sql_text.hpp. Names are quoted: a column may be called like an SQL word.
#include "store/postgres/sql_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/ports/page.hpp"
#include "store/record/column.hpp"

namespace takas::store::postgres {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Query;
using app::ports::Table;

void append_part(std::string& list, std::string_view separator, std::string part) {
    if (!list.empty()) list += separator;
    list += part;
}

std::string column_list(const Table& table, std::string_view prefix = "") {
    std::string list;
    for (const Field& field : table.columns()) append_part(list, ", ", fmt::format("{}\"{}\"", prefix, field.name));
    return list;
}

std::string conflict_key(const Layout& layout) {
    std::string list;
    for (const std::string& key : layout.primary_key) append_part(list, ", ", fmt::format("\"{}\"", key));
    return list;
}

/// The stored row t is the one that row x of the parameter means.
std::string same_key(const Table& table) {
    std::string test;
    for (const std::string_view key : table.key) append_part(test, " AND ", fmt::format("t.\"{0}\" = x.\"{0}\"", key));
    return test;
}

std::string sets(const Table& table, std::string_view from) {
    std::string list;
    for (const Field& field : table.columns())
        if (!record::is_key(table, field.name))
            append_part(list, ", ", fmt::format("\"{0}\" = {1}.\"{0}\"", field.name, from));
    return list;
}

/// A transaction id is given out before its transaction can be seen by anyone and never again, so numbers made of it
/// rise from a transaction to those that saw it. The epoch lifts them above those of another cluster's past.
constexpr std::string_view number_of_transaction =
    "(pg_current_xact_id()::text::int8 + (SELECT epoch FROM store_epoch))";
/// Below it every transaction has ended: what is not visible now never will be.
constexpr std::string_view first_open_number =
    "((pg_snapshot_xmin(pg_current_snapshot())::text::int8 + (SELECT epoch FROM store_epoch)) << 12)";
static_assert(number_bits == 12);

std::string insert_sql(const Layout& layout) {
    const Table& table = *layout.table;
    std::string values = column_list(table, "x.");
    if (layout.sequence) {
        const std::string column = fmt::format("x.\"{}\"", layout.sequence->name);
        values.replace(values.find(column), column.size(),
                       fmt::format("CASE WHEN {0} <> 0 THEN {0} ELSE ({1} << 12) + $2 + x.ordinality END", column,
                                   number_of_transaction));
    }
    return fmt::format("INSERT INTO \"{}\" ({}) SELECT {} FROM unnest($1){} AS x", table.name, column_list(table),
                       values, layout.sequence ? " WITH ORDINALITY" : "");
}

std::string upsert_sql(const Layout& layout) {
    const std::string changes = sets(*layout.table, "excluded");
    return fmt::format("{} ON CONFLICT ({}) DO {}", insert_sql(layout), conflict_key(layout),
                       changes.empty() ? "NOTHING" : "UPDATE SET " + changes);
}

std::string rows_sql(bool guarded) { return guarded ? "ROWS FROM (unnest($1), unnest($2)) AS x" : "unnest($1) AS x"; }

/// Wraps a changing or locking statement: it must have met as many rows as the parameter after its own says.
std::string counted(const std::string& statement, bool guarded) {
    return fmt::format("WITH met AS ({}) SELECT 1 / ((SELECT count(*) FROM met) = ${})::int", statement,
                       guarded ? 3 : 2);
}

/// The stored row t is one that the parameters mean.
std::string is_meant(const Layout& layout, bool guarded) {
    std::string test = same_key(*layout.table);
    if (guarded) test += " AND t.\"version\" = x.\"unnest\"";
    if (layout.shard_key) test += fmt::format(" AND t.\"{}\" = ANY(${})", layout.shard_key->name, guarded ? 4 : 3);
    return test;
}

std::string update_sql(const Layout& layout, bool guarded, std::string_view from = "x") {
    return counted(fmt::format("UPDATE \"{}\" AS t SET {} FROM {} WHERE {} RETURNING 1", layout.table->name,
                               sets(*layout.table, from), rows_sql(guarded), is_meant(layout, guarded)),
                   guarded);
}

std::string erase_sql(const Layout& layout) {
    return counted(fmt::format("DELETE FROM \"{}\" AS t USING {} WHERE {} RETURNING 1", layout.table->name,
                               rows_sql(false), is_meant(layout, false)),
                   false);
}

std::string require_sql(const Layout& layout, bool guarded) {
    // Citus locks rows of one shard at a time only; an update that changes nothing holds them as well.
    if (layout.is_distributed) return update_sql(layout, guarded, "t");
    return counted(fmt::format("SELECT 1 FROM {} JOIN \"{}\" AS t ON {} FOR SHARE OF t", rows_sql(guarded),
                               layout.table->name, is_meant(layout, guarded)),
                   guarded);
}

/// `next` is the number of the next parameter.
std::string condition_sql(const Condition& c, int& next) {
    const int parameter = next++;
    const auto compared = [&](std::string_view with) {
        return fmt::format("\"{}\" {} ${}", c.column, with, parameter);
    };
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
        case Compare::contains:  // lower() knows only ASCII under this collation, as promised
            return fmt::format("strpos(lower(\"{}\"), lower(${} COLLATE \"C\")) > 0", c.column, parameter);
        case Compare::starts_with: {  // a range, so that an index serves it
            const auto* prefix = std::get_if<std::string>(&c.value);
            if (!prefix || prefix_end(*prefix).empty()) return compared(">=");
            return fmt::format("\"{0}\" >= ${1} AND \"{0}\" < ${2}", c.column, parameter, next++);
        }
    }
    return "false";
}

std::string where_sql(const Table& table, std::span<const Condition> conditions, Visible visible, int& next) {
    std::string sql;
    for (const Condition& c : conditions) append_part(sql, " AND ", condition_sql(c, next));
    if (const Field* sequence = record::sequence_column(table))
        append_part(
            sql, " AND ",
            fmt::format("\"{}\" < {}", sequence->name,
                        visible == Visible::by_snapshot ? std::string(first_open_number) : fmt::format("${}", next++)));
    return sql.empty() ? sql : " WHERE " + sql;
}

}  // namespace

std::string prefix_end(std::string_view prefix) {
    while (!prefix.empty()) {
        std::size_t start = prefix.size() - 1;
        while (start > 0 && (static_cast<unsigned char>(prefix[start]) & 0xC0U) == 0x80U) --start;
        const std::size_t length = prefix.size() - start;
        const auto first = static_cast<unsigned char>(prefix[start]);
        const std::size_t expected = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length != expected) return {};
        char32_t code = expected == 1 ? first : first & (0x7FU >> expected);
        for (std::size_t i = 1; i < length; ++i)
            code = (code << 6U) | (static_cast<unsigned char>(prefix[start + i]) & 0x3FU);
        prefix = prefix.substr(0, start);
        if (code >= 0x10FFFF) continue;
        code = code == 0xD7FF ? 0xE000 : code + 1;  // what lies between is no character
        std::string end(prefix);
        const auto tail = [&](unsigned shift) { end += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
        if (code < 0x80) {
            end += static_cast<char>(code);
        } else if (code < 0x800) {
            end += static_cast<char>(0xC0U | (code >> 6U)), tail(0);
        } else if (code < 0x10000) {
            end += static_cast<char>(0xE0U | (code >> 12U)), tail(6), tail(0);
        } else {
            end += static_cast<char>(0xF0U | (code >> 18U)), tail(12), tail(6), tail(0);
        }
        return end;
    }
    return {};
}

std::string write_sql(Verb verb, const Layout& layout) {
    switch (verb) {
        case Verb::insert:
            return insert_sql(layout);
        case Verb::insert_exactly:
            // Without RETURNING it is a COPY to the shards, all of whose errors Citus calls XX000.
            return insert_sql(layout) + " RETURNING 1";
        case Verb::insert_if_absent:
            return fmt::format("{} ON CONFLICT ({}) DO NOTHING", insert_sql(layout), conflict_key(layout));
        case Verb::update:
            return update_sql(layout, false);
        case Verb::update_guarded:
            return update_sql(layout, true);
        case Verb::upsert:
            return upsert_sql(layout);
        case Verb::erase:
            return erase_sql(layout);
        case Verb::require:
            return require_sql(layout, false);
        case Verb::require_guarded:
            return require_sql(layout, true);
        case Verb::forbid:
        case Verb::refuse:
            break;
    }
    return "SELECT 1 / 0";
}

std::string forbid_sql(const Table& table, std::span<const Condition> conditions) {
    int next = 1;
    std::string test;
    for (const Condition& c : conditions) append_part(test, " AND ", condition_sql(c, next));
    return fmt::format("SELECT 1 / (NOT EXISTS (SELECT 1 FROM \"{}\" WHERE {}))::int", table.name,
                       test.empty() ? "true" : test);
}

std::string select_sql(const Table& table, const Query& query, Visible visible) {
    int next = 1;
    const std::string where = where_sql(table, query.conditions, visible, next);
    std::string order;
    for (const auto& o : app::ports::total_order(table, query.order)) {
        // NULL is the smallest value. Said only where there can be one: an index serves the plain order.
        const std::string_view nulls = !record::find_column(table, o.column)->type->optional ? ""
                                       : o.descending                                        ? " NULLS LAST"
                                                                                             : " NULLS FIRST";
        append_part(order, ", ", fmt::format("\"{}\"{}{}", o.column, o.descending ? " DESC" : "", nulls));
    }
    return fmt::format("SELECT {} FROM \"{}\"{} ORDER BY {} LIMIT ${} OFFSET ${}", column_list(table), table.name,
                       where, order, next, next + 1);
}

std::string count_sql(const Table& table, std::span<const Condition> conditions, Visible visible) {
    int next = 1;
    const std::string where = where_sql(table, conditions, visible, next);
    return fmt::format("SELECT count(*) FROM (SELECT 1 FROM \"{}\"{} LIMIT ${}) counted", table.name, where, next);
}

}  // namespace takas::store::postgres
