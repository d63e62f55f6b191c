// Paging and sorting of lists. A list's query struct derives from PageFields, with the rows below in its description.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/page.hpp"
#include "base/describe.hpp"
#include "base/error.hpp"

namespace takas::api {

inline constexpr std::int64_t default_page_size = 10;
inline constexpr std::int64_t max_page_size = 1000;

/// The part of a query that every list has.
struct PageFields {
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = default_page_size;
    std::string sorting, cursor;
};

/// The rows of a query struct T; use as `page_field_skip<T>()` inside its fields array.
template <class T>
constexpr Field page_field_skip() {
    return field<&T::skip_count>("How many items to leave out; not counted when there is a cursor")
        .range(0, 1'000'000'000)
        .example("0");
}
template <class T>
constexpr Field page_field_max() {
    return field<&T::max_result_count>("How many items at most").range(1, max_page_size).example("10");
}
template <class T>
constexpr Field page_field_sorting() {
    return field<&T::sorting>("Order: field names with asc or desc, comma separated")
        .length(0, 128)
        .example("creationTime desc");
}

template <class T>
constexpr Field page_field_cursor() {
    return field<&T::cursor>(
               "nextCursor of the page before: goes on behind its last item. Unlike skipCount it neither skips nor "
               "doubles an item when others are made meanwhile. Same filters and sorting as for that page")
        .length(0, 1024);
}

/// A field that a list can be sorted by: its published name and the stored column.
struct SortColumn {
    std::string_view published_name;
    std::string_view column;
};

/// "creationTime desc, id" as store order; "" gives no order. Names compare without letter case, as the published API
/// does. Error: validation on "sorting".
Result<std::vector<app::ports::Order>> parse_sorting(std::string_view sorting, std::span<const SortColumn> columns);

/// Error: validation on "sorting".
Result<app::ports::PageWish> page_wish(const PageFields& fields, std::span<const SortColumn> columns);

}  // namespace takas::api
