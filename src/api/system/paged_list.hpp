// One page of a table, for lists that need nothing but conditions and an order.
#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "api/framework/answer.hpp"
#include "api/framework/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::api::system {

/// `query` holds skip_count, max_result_count and sorting; without sorting the order is the table's key.
template <class Record, class Q, class Dto>
Result<Paged<Dto>> paged_list(app::ports::Store& store, const Q& query, std::vector<app::ports::Condition> conditions,
                              std::span<const SortColumn> sortable, Dto (*to_dto)(const Record&)) {
    auto order = parse_sorting(query.sorting, sortable);
    if (!order) return std::unexpected(std::move(order.error()));
    auto total = store.count_of<Record>(conditions);
    if (!total) return std::unexpected(std::move(total.error()));
    auto rows =
        store.list<Record>({std::move(conditions), std::move(*order), query.skip_count, query.max_result_count});
    if (!rows) return std::unexpected(std::move(rows.error()));
    Paged<Dto> page;
    page.total_count = *total;
    for (const Record& row : *rows) page.items.push_back(to_dto(row));
    return page;
}

/// Adds the condition when the filter is given.
template <auto Member, class V>
void filter(std::vector<app::ports::Condition>& conditions, const std::optional<V>& value,
            app::ports::Compare compare = app::ports::Compare::equal) {
    if (value) conditions.push_back(app::ports::where<Member>(compare, *value));
}

}  // namespace takas::api::system
