#include "api/framework/page.hpp"

#include <algorithm>

#include "base/trimmed.hpp"
#include "net/http_message.hpp"

namespace takas::api {

Result<std::vector<app::ports::Order>> parse_sorting(std::string_view sorting, std::span<const SortColumn> columns) {
    const auto refuse = [] {
        return fail_field("sorting", "The list cannot be sorted like this.", "Liste bu şekilde sıralanamaz.");
    };
    std::vector<app::ports::Order> orders;
    if (trimmed(sorting).empty()) return orders;
    for (std::size_t begin = 0; begin <= sorting.size();) {
        const auto end = std::min(sorting.find(',', begin), sorting.size());
        const std::string_view part = trimmed(sorting.substr(begin, end - begin));
        begin = end + 1;
        const auto space = std::min(part.find(' '), part.size());
        const std::string_view name = part.substr(0, space), direction = trimmed(part.substr(space));
        const bool descending = net::equals_ignoring_case(direction, "desc");
        if (!descending && !direction.empty() && !net::equals_ignoring_case(direction, "asc")) return refuse();
        const auto found = std::ranges::find_if(
            columns, [&](const SortColumn& c) { return net::equals_ignoring_case(c.published_name, name); });
        if (found == columns.end()) return refuse();
        orders.push_back({found->column, descending});
    }
    return orders;
}

Result<app::ports::PageWish> page_wish(const PageFields& fields, std::span<const SortColumn> columns) {
    auto order = parse_sorting(fields.sorting, columns);
    if (!order) return std::unexpected(std::move(order.error()));
    return app::ports::PageWish{std::move(*order), fields.skip_count, fields.max_result_count, fields.cursor};
}

}  // namespace takas::api
