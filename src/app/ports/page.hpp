// One page of a list, the same for every list: how many rows there are (counted up to a bound, so that a list costs the
// same however much there is), the rows, and a cursor that says where the page ended. Reading on by the cursor neither
// skips nor doubles a row when others are inserted meanwhile; reading on by `skip` can.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"

namespace takas::app::ports {

/// A list counts its rows up to here, as far as one page can reach; a larger total is told as this.
inline constexpr std::int64_t counted_max = 1'000;

struct PageWish {
    std::vector<Order> order{};  ///< empty: the list's usual order
    std::int64_t skip = 0;       ///< left out when there is a cursor
    std::int64_t limit = 10;
    std::string cursor{};  ///< of the page before; "": from the beginning
};

template <class Record>
struct PageOf {
    std::int64_t total_count = 0;
    std::vector<Record> rows;
    std::string next_cursor;  ///< "": this was the last page
};

/// The sort columns as asked for, then the key columns in the direction of the last of them: every order is total.
std::vector<Order> total_order(const Table& table, std::span<const Order> order);

/// Where `record` stands in `order`, as printable text; "" when a column of it may be NULL: NULL has no "after".
std::string cursor_at(const Table& table, std::span<const Order> order, const void* record);

/// What follows the cursor, as queries to be read one after another until `query.limit` rows are found.
/// Error: validation on "cursor" when it is not one of this table and order.
Result<std::vector<Query>> queries_after(const Table& table, const Query& query, std::string_view cursor);

/// `usual` is the order when the caller names none.
template <class Record>
Result<PageOf<Record>> page_of(Store& store, std::vector<Condition> conditions, const PageWish& wish, Order usual) {
    Query query{std::move(conditions), wish.order, wish.skip, wish.limit + 1};
    if (query.order.empty()) query.order.push_back(usual);
    const Table& table = table_of<Record>();
    auto queries = queries_after(table, query, wish.cursor);
    if (!queries) return std::unexpected(std::move(queries.error()));
    PageOf<Record> page;
    const auto total = store.count_of<Record>(query.conditions, counted_max);
    if (!total) return std::unexpected(total.error());
    page.total_count = *total;
    for (Query& part : *queries) {
        part.limit -= static_cast<std::int64_t>(page.rows.size());
        if (part.limit <= 0) break;
        auto rows = store.list<Record>(part);
        if (!rows) return std::unexpected(std::move(rows.error()));
        std::ranges::move(*rows, std::back_inserter(page.rows));
    }
    if (static_cast<std::int64_t>(page.rows.size()) <= wish.limit) return page;
    page.rows.resize(static_cast<std::size_t>(wish.limit));
    page.next_cursor = cursor_at(table, query.order, &page.rows.back());
    return page;
}

}  // namespace takas::app::ports
