#include "api/products/dto.hpp"
#include "api/products/endpoints.hpp"

namespace takas::api {
namespace {

using app::products::RangeUse;
using app::products::WantedRange;

Result<CardBinRangeDto> answer_of(const Result<RangeUse>& use) {
    if (!use) return std::unexpected(use.error());
    return to_dto(*use);
}

WantedRange wanted_of(const CreateUpdateCardBinRangeDto& body) {
    return {body.bin_id, body.name, body.start_range, body.end_range, body.allocation, body.is_active.value_or(true)};
}

constexpr std::array bin_sort_columns{
    SortColumn{"id", "id"},
    SortColumn{"bin", "bin"},
    SortColumn{"brand", "brand"},
};

Result<Paged<CardBinDto>> list_bins(Call& call, const Query<CardBinListQuery>& query) {
    const CardBinListQuery& q = query.value;
    auto wish = page_wish(q, bin_sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::products::list_bins(call.context, {q.brand, q.bin, std::move(*wish)});
    if (!page) return std::unexpected(page.error());
    Paged<CardBinDto> answer{page->total_count, {}, page->next_cursor};
    for (const auto& bin : page->rows) answer.items.push_back(to_dto(bin));
    return answer;
}

constexpr std::array range_sort_columns{SortColumn{"id", "id"}, SortColumn{"name", "name"},
                                        SortColumn{"startRange", "start_range"}};

Result<std::vector<CardBinRangeDto>> list_ranges(Call& call, const Query<CardBinRangeListQuery>& query) {
    const CardBinRangeListQuery& q = query.value;
    auto order = parse_sorting(q.sorting, range_sort_columns);
    if (!order) return std::unexpected(std::move(order.error()));
    const auto uses =
        app::products::list_ranges(call.context, q.bin_id, std::move(*order), q.skip_count, q.max_result_count);
    if (!uses) return std::unexpected(uses.error());
    std::vector<CardBinRangeDto> answer;
    for (const RangeUse& use : *uses) answer.push_back(to_dto(use));
    return answer;
}

Result<CardBinRangeDto> create_range(Call& call, const CreateUpdateCardBinRangeDto& body) {
    return answer_of(app::products::create_range(call.context, wanted_of(body)));
}

Result<CardBinRangeDto> update_range(Call& call, const CreateUpdateCardBinRangeDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::range_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(app::products::update_range(call.context, *id, wanted_of(body)));
}

using enum Method;

constexpr std::array rows{
    endpoint<&list_bins>(get, "/api/v1/issuing/card-bin", "getCardBinList", "CardBin", "List the institution's BINs",
                         Permission::product_read, Idempotency::none),
    endpoint<&create_range>(post, "/api/v1/issuing/card-bin-range", "createCardBinRange", "CardBinRange",
                            "Cut a range out of a BIN", Permission::product_write, Idempotency::accepted,
                            {ErrorCode::bin_not_found, ErrorCode::range_overlap, ErrorCode::concurrent_change}),
    endpoint<&list_ranges>(get, "/api/v1/issuing/card-bin-range", "getCardBinRangeList", "CardBinRange", "List ranges",
                           Permission::product_read, Idempotency::none),
    endpoint<&update_range>(put, "/api/v1/issuing/card-bin-range/{id}", "updateCardBinRange", "CardBinRange",
                            "Change a range", Permission::product_write, Idempotency::none,
                            {ErrorCode::range_not_found, ErrorCode::bin_not_found, ErrorCode::range_overlap,
                             ErrorCode::range_in_use, ErrorCode::concurrent_change}),
};

}  // namespace

std::span<const Endpoint> bin_endpoints() { return rows; }

}  // namespace takas::api
