// What a card product must be like beyond what each field says alone. Knows no store: whether its range, art and group
// exist is not asked here.
#pragma once

#include "base/error.hpp"
#include "core/product/product.hpp"

namespace takas::core::product {

/// Emv and magnetic cards are made of plastic and delivered; virtual and HCE cards exist as data only.
constexpr bool is_printed(ProductType type) { return type == ProductType::emv || type == ProductType::magnetic; }

/// The form a card of the product has when none is named: the default one, else the first. The product has one.
const CardProductPhysical& default_physical(const CardProduct& product);

void check_policy(const CardPolicy& policy, std::string_view path, FieldErrors& errors);
/// Forms, limits and policy together.
void check_product(const CardProduct& product, FieldErrors& errors);

}  // namespace takas::core::product
