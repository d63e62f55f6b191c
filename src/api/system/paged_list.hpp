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

/// `query` derives from PageFields; without sorting the order is the table's key.
template <class Record, class Q, class Dto>
Result<Paged<Dto>> paged_list(app::ports::Store& store, const Q& query, std::vector<app::ports::Condition> conditions,
                              std::span<const SortColumn> sortable, Dto (*to_dto)(const Record&)) {
    auto wish = page_wish(query, sortable);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto found =
        app::ports::page_of<Record>(store, std::move(conditions), *wish, {app::ports::table_of<Record>().key.front()});
    if (!found) return std::unexpected(found.error());
    Paged<Dto> page{found->total_count, {}, found->next_cursor};
    for (const Record& row : found->rows) page.items.push_back(to_dto(row));
    return page;
}

/// Adds the condition when the filter is given.
template <auto Member, class V>
void filter(std::vector<app::ports::Condition>& conditions, const std::optional<V>& value,
            app::ports::Compare compare = app::ports::Compare::equal) {
    if (value) conditions.push_back(app::ports::where<Member>(compare, *value));
}

}  // namespace takas::api::system
