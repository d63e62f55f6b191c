// Paging and sorting of lists. A list's query struct contains the three fields `skip_count`, `max_result_count` and
// `sorting` itself, with the rows below in its description.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ports/store.hpp"
#include "base/describe.hpp"
#include "base/error.hpp"

namespace takas::api {

inline constexpr std::int64_t default_page_size = 10;
inline constexpr std::int64_t max_page_size = 1000;

/// The three rows of a query struct T; use as `page_field_skip<T>()` inside its fields array.
template <class T>
constexpr Field page_field_skip() {
    return field<&T::skip_count>("How many items to leave out").range(0, 1'000'000'000).example("0");
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

/// A field that a list can be sorted by: its published name and the stored column.
struct SortColumn {
    std::string_view published_name;
    std::string_view column;
};

/// "creationTime desc, id" as store order; "" gives no order. Names compare without letter case, as the published API
/// does. Error: validation on "sorting".
Result<std::vector<app::ports::Order>> parse_sorting(std::string_view sorting, std::span<const SortColumn> columns);

}  // namespace takas::api
