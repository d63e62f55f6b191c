// See table_rows.hpp. Keys are encoded so that the order of the bytes is the order of the values.
#include "store/memory/table_rows.hpp"

#include <algorithm>
#include <optional>

#include "store/memory/match.hpp"

namespace takas::store::memory {
namespace {

using app::ports::CommitOutcome;
using app::ports::Compare;
using app::ports::Condition;
using app::ports::Order;
using app::ports::Query;
using app::ports::Table;
using app::ports::Value;
using app::ports::Write;
using record::Cell;
using record::CellKind;

/// NULL is 0x00 and a value 0x01 with its bytes: integers big-endian with the sign flipped, texts ended by 00 00 with
/// inner zeros written 00 FF.
void encode(std::string& out, const Cell& cell) {
    out.push_back(cell.kind == CellKind::null ? '\0' : '\1');
    if (cell.kind == CellKind::integer) {
        const auto bits = static_cast<std::uint64_t>(cell.integer) ^ (std::uint64_t{1} << 63);
        for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((bits >> shift) & 0xFF));
    } else if (cell.kind == CellKind::text) {
        for (const char c : cell.text) {
            out.push_back(c);
            if (c == '\0') out.push_back('\xFF');
        }
        out.append(2, '\0');
    }
}

std::string encode(std::span<const Field* const> columns, const void* record) {
    std::string out, scratch;
    for (const Field* column : columns) encode(out, record::read_cell(*column, record, scratch));
    return out;
}

bool has_null(std::span<const Field* const> columns, const void* record) {
    std::string scratch;
    return std::ranges::any_of(
        columns, [&](const Field* f) { return record::read_cell(*f, record, scratch).kind == CellKind::null; });
}

std::vector<const Field*> fields_of(const Table& table, std::span<const std::string_view> names) {
    std::vector<const Field*> fields;
    for (const std::string_view name : names) fields.push_back(record::find_column(table, name));
    return fields;
}

const Condition* equality(std::span<const Condition> conditions, const Field& column) {
    const auto found = std::ranges::find_if(conditions, [&](const Condition& c) {
        return c.compare == Compare::equal && c.column == column.name && c.value.index() != 0;
    });
    return found == conditions.end() ? nullptr : &*found;
}

/// As many leading columns as the conditions fix by equality, encoded.
std::pair<std::string, std::size_t> fixed_prefix(std::span<const Field* const> columns,
                                                 std::span<const Condition> conditions) {
    std::string prefix;
    std::size_t fixed = 0;
    for (const Field* column : columns) {
        const Condition* condition = equality(conditions, *column);
        if (!condition) break;
        encode(prefix, cell_of(condition->value));
        ++fixed;
    }
    return {prefix, fixed};
}

std::int64_t version_of(const Table& table, const void* record) {
    const Field* field = record::find_column(table, "version");
    std::string scratch;
    return field ? record::read_cell(*field, record, scratch).integer : 0;
}

}  // namespace

TableRows::TableRows(const Table& table)
    : table_(table), key_(fields_of(table, table.key)), sequence_(record::sequence_column(table)) {
    for (const auto& columns : table.unique) unique_.push_back({fields_of(table, columns), {}});
}

bool TableRows::conflicts(const void* record, const std::string& own_key) const {
    for (const UniqueIndex& index : unique_) {
        if (has_null(index.columns, record)) continue;
        const auto found = index.key_of.find(encode(index.columns, record));
        if (found != index.key_of.end() && found->second != own_key) return true;
    }
    return false;
}

void TableRows::put(const std::string& key, Row row) {
    if (const auto old = rows_.find(key); old != rows_.end()) remove(old);
    for (UniqueIndex& index : unique_)
        if (!has_null(index.columns, row.get())) index.key_of[encode(index.columns, row.get())] = key;
    rows_[key] = std::move(row);
}

void TableRows::remove(Rows::iterator it) {
    for (UniqueIndex& index : unique_)
        if (!has_null(index.columns, it->second.get())) index.key_of.erase(encode(index.columns, it->second.get()));
    rows_.erase(it);
}

void TableRows::number(void* record, std::vector<std::function<void()>>& undo) {
    undo.emplace_back([this, before = last_sequence_] { last_sequence_ = before; });
    void* member = sequence_->member(record);
    if (sequence_->type->get_integer(member) == 0) sequence_->type->set_integer(member, last_sequence_ + 1);
    last_sequence_ = std::max(last_sequence_, sequence_->type->get_integer(member));
}

CommitOutcome TableRows::apply(Write& write, std::vector<std::function<void()>>& undo) {
    using Kind = Write::Kind;
    if (table_.append_only && (write.kind == Kind::update || write.kind == Kind::upsert))
        return CommitOutcome::conflict;
    const bool needs_row = write.kind == Kind::update || write.kind == Kind::erase || write.kind == Kind::require;
    if (sequence_ && !needs_row) number(write.record.get(), undo);

    const std::string key = encode(key_, write.record.get());
    const auto old = rows_.find(key);
    const bool exists = old != rows_.end();
    if (write.kind == Kind::insert_if_absent && exists) return CommitOutcome::committed;
    if (write.kind == Kind::insert && exists) return CommitOutcome::conflict;
    if (write.kind == Kind::erase && !exists) return CommitOutcome::conflict;
    if (write.kind == Kind::update || write.kind == Kind::require) {
        const bool guarded = write.expected_version >= 0;
        if (!exists)
            return guarded || write.kind == Kind::require ? CommitOutcome::version_moved : CommitOutcome::conflict;
        if (guarded && version_of(table_, old->second.get()) != write.expected_version)
            return CommitOutcome::version_moved;
        if (write.kind == Kind::require) return CommitOutcome::committed;
    }
    if (write.kind != Kind::erase && conflicts(write.record.get(), key)) return CommitOutcome::conflict;

    undo.emplace_back([this, key, before = exists ? old->second : Row{}] {
        if (before) return put(key, before);
        if (const auto it = rows_.find(key); it != rows_.end()) remove(it);
    });
    if (write.kind == Kind::erase)
        remove(old);
    else
        put(key, Row(std::move(write.record)));
    return CommitOutcome::committed;
}

CommitOutcome TableRows::forbid(std::span<const Condition> conditions) const {
    bool found = false;
    each(conditions, [&](const Row&) { return found = true, false; });
    return found ? CommitOutcome::conflict : CommitOutcome::committed;
}

void TableRows::each(std::span<const Condition> conditions, const std::function<bool(const Row&)>& visit) const {
    for (const UniqueIndex& index : unique_) {
        const auto [values, fixed] = fixed_prefix(index.columns, conditions);
        if (fixed < index.columns.size()) continue;
        if (const auto found = index.key_of.find(values); found != index.key_of.end()) {
            const Row& row = rows_.at(found->second);
            if (matches(table_, conditions, row.get())) visit(row);
        }
        return;
    }
    const std::string prefix = fixed_prefix(key_, conditions).first;
    for (auto it = rows_.lower_bound(prefix); it != rows_.end() && it->first.starts_with(prefix); ++it)
        if (matches(table_, conditions, it->second.get()) && !visit(it->second)) return;
}

std::vector<Row> TableRows::select(const Query& query) const {
    const auto skip = static_cast<std::size_t>(std::max<std::int64_t>(query.skip, 0));
    const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(query.limit, 0));
    std::vector<Row> found;
    std::size_t seen = 0;
    if (query.order.empty()) {
        each(query.conditions, [&](const Row& row) {
            if (found.size() < limit && seen++ >= skip) found.push_back(row);
            return found.size() < limit;
        });
        return found;
    }
    each(query.conditions, [&](const Row& row) { return found.push_back(row), true; });
    std::ranges::sort(found, [order = Ordering(table_, query.order)](const Row& a, const Row& b) {
        return order.less(a.get(), b.get());
    });
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(std::min(skip, found.size())));
    if (found.size() > limit) found.resize(limit);
    return found;
}

std::int64_t TableRows::count(std::span<const Condition> conditions, std::int64_t at_most) const {
    std::int64_t n = 0;
    each(conditions, [&](const Row&) { return ++n < at_most; });
    return n;
}

}  // namespace takas::store::memory
