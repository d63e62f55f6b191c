// See match.hpp.
#include "store/memory/match.hpp"

#include <algorithm>

#include "app/ports/page.hpp"

namespace takas::store::memory {
namespace {

using app::ports::Compare;
using app::ports::Condition;
using app::ports::Table;
using app::ports::Value;
using record::Cell;
using record::CellKind;

int three_way(const Cell& a, const Cell& b) {
    if (a.kind != b.kind) return a.kind < b.kind ? -1 : 1;  // null is the lowest kind; other kinds never meet
    if (a.kind == CellKind::integer) return a.integer < b.integer ? -1 : a.integer > b.integer ? 1 : 0;
    return a.text.compare(b.text);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view text, std::string_view part) {
    return !std::ranges::search(text, part, {}, lower, lower).empty() || part.empty();
}

bool meets(const Cell& cell, Compare compare, const Cell& value) {
    if (cell.kind == CellKind::null || value.kind == CellKind::null) return false;
    switch (compare) {
        case Compare::equal:
            return three_way(cell, value) == 0;
        case Compare::not_equal:
            return three_way(cell, value) != 0;
        case Compare::less:
            return three_way(cell, value) < 0;
        case Compare::less_or_equal:
            return three_way(cell, value) <= 0;
        case Compare::greater:
            return three_way(cell, value) > 0;
        case Compare::greater_or_equal:
            return three_way(cell, value) >= 0;
        case Compare::contains:
            return contains(cell.text, value.text);
        case Compare::starts_with:
            return cell.text.starts_with(value.text);
    }
    return false;
}

}  // namespace

Cell cell_of(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) return {CellKind::integer, *integer, {}};
    if (const auto* text = std::get_if<std::string>(&value)) return {CellKind::text, 0, *text};
    return {};
}

bool matches(const Table& table, std::span<const Condition> conditions, const void* record) {
    std::string scratch;
    return std::ranges::all_of(conditions, [&](const Condition& c) {
        return meets(record::read_cell(*record::find_column(table, c.column), record, scratch), c.compare,
                     cell_of(c.value));
    });
}

Ordering::Ordering(const Table& table, std::span<const app::ports::Order> order) {
    for (const auto& o : app::ports::total_order(table, order))
        parts_.push_back({record::find_column(table, o.column), o.descending});
}

bool Ordering::less(const void* a, const void* b) const {
    std::string scratch_a, scratch_b;
    for (const Part& part : parts_) {
        const int c =
            three_way(record::read_cell(*part.column, a, scratch_a), record::read_cell(*part.column, b, scratch_b));
        if (c != 0) return part.descending ? c > 0 : c < 0;
    }
    return false;
}

}  // namespace takas::store::memory
