#include "api/framework/etag.hpp"
#include "api/products/endpoints.hpp"
#include "api/products/product_dto.hpp"
#include "app/transactions/amounts.hpp"

namespace takas::api {
namespace {

using core::product::CardProduct;

Result<void> check_currency(core::money::Currency currency) {
    FieldErrors errors;
    if (app::transactions::read_currency(currency, "currency", errors)) return {};
    return std::move(errors).as_error();
}

Result<CardProductDto> answer_of(Call& call, const Result<CardProduct>& product) {
    if (!product) return std::unexpected(product.error());
    set_etag(call, product->version);
    CardProductDto dto;
    fill(dto, *product);
    return dto;
}

Result<CardProductDto> create_product(Call& call, const CreateCardProductDto& body) {
    if (auto good = check_currency(body.currency); !good) return std::unexpected(good.error());
    call.on_conflict("card_product", ErrorCode::product_exists);
    return answer_of(call, app::products::create_product(call.context, product_of(body)));
}

Result<CardProductDto> update_product(Call& call, const UpdateCardProductDto& body) {
    if (auto good = check_currency(body.currency); !good) return std::unexpected(good.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of(call,
                     app::products::update_product(call.context, call.path_value("code"), product_of(body), *seen));
}

Result<CardProductDto> set_contactless_limit(Call& call, const core::product::ContactlessLimit& body) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of(call, app::products::set_contactless_limit(call.context, call.path_value("code"), body, *seen));
}

Result<NoContent> delete_product(Call& call) {
    auto done = app::products::delete_product(call.context, call.path_value("code"));
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

Result<CardProductDetailDto> detail_of(const Call& call, CardProduct product) {
    const auto detail = app::products::detail_of(call.context, std::move(product));
    if (!detail) return std::unexpected(detail.error());
    return to_dto(*detail);
}

Result<CardProductDetailDto> get_product(Call& call) {
    auto product = app::products::get_product(call.context, call.path_value("code"));
    if (!product) return std::unexpected(std::move(product.error()));
    set_etag(call, product->version);
    return detail_of(call, std::move(*product));
}

constexpr std::array sort_columns{
    SortColumn{"code", "code"},   SortColumn{"name", "name_key"}, SortColumn{"cardDci", "card_dci"},
    SortColumn{"brand", "brand"}, SortColumn{"status", "status"}, SortColumn{"creationTime", "creation_time"},
};

Result<Paged<CardProductDetailDto>> list_products(Call& call, const Query<CardProductListQuery>& query) {
    const CardProductListQuery& q = query.value;
    auto wish = page_wish(q, sort_columns);
    if (!wish) return std::unexpected(std::move(wish.error()));
    auto page = app::products::list_products(
        call.context, {q.code, q.name, q.card_dci, q.brand, q.group_id, q.status, std::move(*wish)});
    if (!page) return std::unexpected(std::move(page.error()));
    Paged<CardProductDetailDto> answer{page->total_count, {}, page->next_cursor};
    for (CardProduct& product : page->rows) {
        auto detail = detail_of(call, std::move(product));
        if (!detail) return std::unexpected(std::move(detail.error()));
        answer.items.push_back(std::move(*detail));
    }
    return answer;
}

using enum Method;

constexpr std::string_view tag = "CardProduct";
constexpr std::string_view one = "/api/v1/issuing/card-product/{code}";

constexpr std::array rows{
    with_etag(endpoint<&create_product>(
        post, "/api/v1/issuing/card-product", "createCardProduct", tag, "Create a card product",
        Permission::product_write, Idempotency::accepted,
        {ErrorCode::product_exists, ErrorCode::range_not_found, ErrorCode::art_not_found, ErrorCode::group_not_found})),
    endpoint<&list_products>(get, "/api/v1/issuing/card-product", "getCardProductList", tag, "List card products",
                             Permission::product_read, Idempotency::none),
    with_etag(endpoint<&get_product>(get, one, "getCardProduct", tag, "Get a card product", Permission::product_read,
                                     Idempotency::none, {ErrorCode::product_not_found})),
    with_if_match(with_etag(endpoint<&update_product>(
        put, one, "updateCardProduct", tag, "Replace a card product", Permission::product_write, Idempotency::none,
        {ErrorCode::product_not_found, ErrorCode::range_not_found, ErrorCode::art_not_found, ErrorCode::group_not_found,
         ErrorCode::concurrent_change}))),
    with_if_match(with_etag(endpoint<&set_contactless_limit>(
        put, "/api/v1/issuing/card-product/{code}/contactless-limit", "updateCardProductContactlessLimit", tag,
        "Set the contactless limits", Permission::product_write, Idempotency::none,
        {ErrorCode::product_not_found, ErrorCode::concurrent_change}))),
    endpoint<&delete_product>(del, one, "deleteCardProduct", tag, "Delete a product without cards",
                              Permission::product_write, Idempotency::none,
                              {ErrorCode::product_not_found, ErrorCode::product_in_use}),
};

}  // namespace

std::span<const Endpoint> product_endpoints() { return rows; }

}  // namespace takas::api
