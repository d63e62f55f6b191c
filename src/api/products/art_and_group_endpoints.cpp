#include "api/framework/etag.hpp"
#include "api/products/dto.hpp"
#include "api/products/endpoints.hpp"
#include "app/products/art_images.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using app::products::GroupUse;
using core::product::CardArt;

template <class Dto, class T>
Result<Dto> answer_of(const Result<T>& result) {
    if (!result) return std::unexpected(result.error());
    return to_dto(*result);
}

Result<NoContent> answer_of(const Result<void>& done) {
    if (!done) return std::unexpected(done.error());
    return NoContent{};
}

core::product::CardProductGroup group_of(const CreateUpdateCardProductGroupDto& body) {
    core::product::CardProductGroup group;
    group.name = body.name;
    group.description = text_or_empty(body.description);
    return group;
}

Result<CardArtDto> answer_with_etag(Call& call, const Result<CardArt>& art) {
    if (art) set_etag(call, art->version);
    return answer_of<CardArtDto>(art);
}

Result<CardArtDto> create_art(Call& call, const CreateCardArtDto& body) {
    CardArt art;
    art.name = body.name, art.code = body.code;
    art.description = text_or_empty(body.description);
    return answer_with_etag(
        call, app::products::create_art_with_images(call.context, std::move(art), text_or_empty(body.front_image),
                                                    text_or_empty(body.back_image)));
}

constexpr std::array art_sort_columns{SortColumn{"id", "id"}, SortColumn{"name", "name_key"},
                                      SortColumn{"code", "code"}};

Result<std::vector<CardArtDto>> list_arts(Call& call, const Query<CardArtListQuery>& query) {
    const CardArtListQuery& q = query.value;
    auto order = parse_sorting(q.sorting, art_sort_columns);
    if (!order) return std::unexpected(std::move(order.error()));
    const auto arts =
        app::products::list_arts(call.context, q.name, std::move(*order), q.skip_count, q.max_result_count);
    if (!arts) return std::unexpected(arts.error());
    std::vector<CardArtDto> answer;
    for (const CardArt& art : *arts) answer.push_back(to_dto(art));
    return answer;
}

Result<CardArtDto> update_art(Call& call, const UpdateCardArtDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::art_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_with_etag(call, app::products::rename_art(call.context, *id, body.name, *seen));
}

Result<NoContent> delete_art(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::art_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of(app::products::delete_art(call.context, *id, *seen));
}

Result<CardProductGroupDto> answer_with_etag(Call& call, const Result<GroupUse>& use) {
    if (use) set_etag(call, use->group.version);
    return answer_of<CardProductGroupDto>(use);
}

Result<CardProductGroupDto> create_group(Call& call, const CreateUpdateCardProductGroupDto& body) {
    return answer_with_etag(call, app::products::create_group(call.context, group_of(body)));
}

constexpr std::array group_sort_columns{SortColumn{"id", "id"}, SortColumn{"name", "name_key"}};

Result<Paged<CardProductGroupDto>> list_groups(Call& call, const Query<CardProductGroupListQuery>& query) {
    const CardProductGroupListQuery& q = query.value;
    auto wish = page_wish(q, group_sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    const auto page = app::products::list_groups(call.context, *wish);
    if (!page) return std::unexpected(page.error());
    Paged<CardProductGroupDto> answer{page->total_count, {}, page->next_cursor};
    for (const GroupUse& group : page->rows) answer.items.push_back(to_dto(group));
    return answer;
}

Result<CardProductGroupDto> update_group(Call& call, const CreateUpdateCardProductGroupDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::group_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_with_etag(call, app::products::update_group(call.context, *id, group_of(body), *seen));
}

Result<NoContent> delete_group(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::group_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(app::products::delete_group(call.context, *id));
}

using enum Method;

constexpr std::array rows{
    with_etag(endpoint<&create_art>(post, "/api/v1/issuing/card-art", "createCardArt", "CardArt", "Register card art",
                                    Permission::product_write, Idempotency::accepted, {ErrorCode::art_exists})),
    endpoint<&list_arts>(get, "/api/v1/issuing/card-art", "getCardArtList", "CardArt", "List card art",
                         Permission::product_read, Idempotency::none),
    with_if_match(with_etag(endpoint<&update_art>(put, "/api/v1/issuing/card-art/{id}", "updateCardArtName", "CardArt",
                                                  "Rename card art", Permission::product_write, Idempotency::none,
                                                  {ErrorCode::art_not_found}))),
    with_if_match(endpoint<&delete_art>(del, "/api/v1/issuing/card-art/{id}", "deleteCardArt", "CardArt",
                                        "Delete card art that nothing uses", Permission::product_write,
                                        Idempotency::none, {ErrorCode::art_not_found, ErrorCode::art_in_use})),
    with_etag(endpoint<&create_group>(post, "/api/v1/issuing/card-product-group", "createCardProductGroup",
                                      "CardProductGroup", "Create a product group", Permission::product_write,
                                      Idempotency::accepted, {ErrorCode::group_exists})),
    endpoint<&list_groups>(get, "/api/v1/issuing/card-product-group", "getCardProductGroupList", "CardProductGroup",
                           "List product groups", Permission::product_read, Idempotency::none),
    with_if_match(with_etag(endpoint<&update_group>(
        put, "/api/v1/issuing/card-product-group/{id}", "updateCardProductGroup", "CardProductGroup",
        "Change a product group", Permission::product_write, Idempotency::none,
        {ErrorCode::group_not_found, ErrorCode::group_exists, ErrorCode::concurrent_change}))),
    endpoint<&delete_group>(del, "/api/v1/issuing/card-product-group/{id}", "deleteCardProductGroup",
                            "CardProductGroup", "Delete a group without products", Permission::product_write,
                            Idempotency::none, {ErrorCode::group_not_found, ErrorCode::group_in_use}),
};

}  // namespace

std::span<const Endpoint> art_and_group_endpoints() { return rows; }

}  // namespace takas::api
