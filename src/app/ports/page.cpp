#include "app/ports/page.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/encoding.hpp"

namespace takas::app::ports {
namespace {

/// The columns behind an order; nothing when one of them may be NULL or does not compare.
std::optional<std::vector<const Field*>> comparable_columns(const Table& table, std::span<const Order> order) {
    std::vector<const Field*> columns;
    for (const Order& o : order) {
        const Field* field = find_column(table, o.column);
        if (!field || field->type->optional || (!field->type->get_integer && !field->type->get_text)) return {};
        columns.push_back(field);
    }
    return columns;
}

// A cursor's text is a row of pieces "<length>:<octets>", for each column its name with + or -, then its value.

void put(std::string& text, std::string_view piece) {
    text += std::to_string(piece.size()) + ':';
    text += piece;
}

std::optional<std::string_view> take(std::string_view& text) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || digits == text.size() || *end != ':' || size > text.size() - digits - 1) return {};
    const std::string_view piece = text.substr(digits + 1, size);
    text.remove_prefix(digits + 1 + size);
    return piece;
}

std::string name_of(const Order& order) { return std::string(order.column) + (order.descending ? '-' : '+'); }

std::optional<Value> value_of(const Field& field, std::string_view text) {
    if (field.type->get_text) return Value(std::string(text));
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return Value(number);
}

std::optional<std::vector<Value>> read_cursor(const Table& table, std::span<const Order> order,
                                              std::string_view cursor) {
    const auto columns = comparable_columns(table, order);
    const auto octets = base64url_decode(cursor);
    if (!columns || !octets) return {};
    std::string_view text = text_of(*octets);
    std::vector<Value> values;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto name = take(text), written = take(text);
        if (!name || !written || *name != name_of(order[i])) return {};
        auto value = value_of(*(*columns)[i], *written);
        if (!value) return {};
        values.push_back(std::move(*value));
    }
    if (!text.empty()) return {};
    return values;
}

}  // namespace

std::vector<Order> total_order(const Table& table, std::span<const Order> order) {
    std::vector<Order> total(order.begin(), order.end());
    const bool descending = !order.empty() && order.back().descending;  // an index serves both in one direction
    for (const std::string_view key : table.key)
        if (std::ranges::find(total, key, &Order::column) == total.end()) total.push_back({key, descending});
    return total;
}

std::string cursor_at(const Table& table, std::span<const Order> order, const void* record) {
    const auto total = total_order(table, order);
    const auto columns = comparable_columns(table, total);
    if (!columns) return {};
    std::string text;
    for (std::size_t i = 0; i < total.size(); ++i) {
        const Field& field = *(*columns)[i];
        const void* member = member_of(field, record);
        put(text, name_of(total[i]));
        put(text, field.type->get_text ? std::string(field.type->get_text(member))
                                       : std::to_string(field.type->get_integer(member)));
    }
    return base64url_encode(bytes_of(text));
}

Result<std::vector<Query>> queries_after(const Table& table, const Query& query, std::string_view cursor) {
    if (cursor.empty()) return std::vector{query};
    const auto order = total_order(table, query.order);
    const auto values = read_cursor(table, order, cursor);
    if (!values)
        return fail_field("cursor", "This is not a cursor of this list in this order.",
                          "Bu, bu listenin bu sıralamadaki bir imleci değil.");
    // Behind (a, b) stand first the rows with this a and a later b, then those with a later a.
    std::vector<Query> queries;
    for (std::size_t later = order.size(); later-- > 0;) {
        const bool is_fixed = std::ranges::any_of(query.conditions, [&](const Condition& c) {
            return c.compare == Compare::equal && c.column == order[later].column;
        });
        if (is_fixed) continue;
        Query part = query;
        part.skip = 0;
        for (std::size_t i = 0; i < later; ++i)
            part.conditions.push_back({order[i].column, Compare::equal, (*values)[i]});
        const auto beyond = order[later].descending ? Compare::less : Compare::greater;
        part.conditions.push_back({order[later].column, beyond, (*values)[later]});
        queries.push_back(std::move(part));
    }
    return queries;
}

}  // namespace takas::app::ports
