// Card products with their art and groups: what an institution sells. Nothing that is in use can be deleted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/context/seen_version.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"
#include "app/products/bins.hpp"

namespace takas::app::products {

using core::product::CardArt;
using core::product::CardProduct;
using core::product::CardProductGroup;

/// `wanted` is what the caller sent. Errors: validation, product_exists, range_not_found, art_not_found,
/// group_not_found.
Result<CardProduct> create_product(Context& context, CardProduct wanted);
/// Replaces everything but the code. A product that has cards keeps its currency (validation).
/// Errors: as create_product, product_not_found, concurrent_change (another version than the caller has seen).
Result<CardProduct> update_product(Context& context, std::string_view code, CardProduct wanted, SeenVersion seen = {});
/// Errors: validation, product_not_found, concurrent_change.
Result<CardProduct> set_contactless_limit(Context& context, std::string_view code,
                                          core::product::ContactlessLimit limit, SeenVersion seen = {});
/// Errors: product_not_found, product_in_use.
Result<void> delete_product(Context& context, std::string_view code);
/// Error: product_not_found.
Result<CardProduct> get_product(const Context& context, std::string_view code);

/// A group with the number of its products.
struct GroupUse {
    CardProductGroup group;
    std::int64_t product_count = 0;
};

/// A product with what it refers to.
struct ProductDetail {
    CardProduct product;
    std::optional<CardArt> art;
    std::optional<GroupUse> group;
    std::optional<RangeUse> range;
    std::int64_t card_count = 0;
};
Result<ProductDetail> detail_of(const Context& context, CardProduct product);

struct ProductQuery {
    std::optional<std::string> code{}, name{};  ///< code exactly; name in part, as Turkish compares letters
    std::optional<core::product::CardDci> card_dci{};
    std::optional<core::product::CardBrand> brand{};
    std::optional<EntityId> group_id{};
    std::optional<core::product::ProductStatus> status{};
    ports::PageWish page{};  ///< usual order: by code
};
Result<ports::PageOf<CardProduct>> list_products(const Context& context, const ProductQuery& query);

/// An id that is given already stays. Error: art_exists.
Result<CardArt> create_art(Context& context, CardArt wanted);
/// By name unless an order is given.
Result<std::vector<CardArt>> list_arts(const Context& context, const std::optional<std::string>& name_part,
                                       std::vector<ports::Order> order = {}, std::int64_t skip = 0,
                                       std::int64_t limit = 1000);
/// Error: art_not_found.
Result<CardArt> get_art(const Context& context, EntityId id);
/// Errors: validation, art_not_found, concurrent_change (not the version seen).
Result<CardArt> rename_art(Context& context, EntityId id, std::string name, SeenVersion seen = {});
/// Errors: art_not_found, art_in_use, concurrent_change.
Result<void> delete_art(Context& context, EntityId id, SeenVersion seen = {});

/// Error: group_exists.
Result<GroupUse> create_group(Context& context, CardProductGroup wanted);
/// Usual order: by name.
Result<ports::PageOf<GroupUse>> list_groups(const Context& context, const ports::PageWish& page);
/// Error: group_not_found.
Result<GroupUse> get_group(const Context& context, EntityId id);
/// Errors: group_not_found, group_exists, concurrent_change (another version than the caller has seen).
Result<GroupUse> update_group(Context& context, EntityId id, CardProductGroup wanted, SeenVersion seen = {});
/// Errors: group_not_found, group_in_use.
Result<void> delete_group(Context& context, EntityId id);

}  // namespace takas::app::products
