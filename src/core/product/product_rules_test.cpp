#include "core/product/product_rules.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace takas::core::product {
namespace {

CardProduct virtual_product() {
    CardProduct product;
    product.currency = {949};
    product.physicals.resize(1);
    product.physicals[0].physical_type = ProductType::virtual_card;
    return product;
}

std::vector<std::string> refused(const std::function<void(CardProduct&)>& spoil) {
    CardProduct product = virtual_product();
    spoil(product);
    FieldErrors errors;
    check_product(product, errors);
    std::vector<std::string> paths;
    for (const FieldError& e : errors.list()) paths.push_back(e.path);
    return paths;
}

TEST(ProductRules, AcceptsAndRefuses) {
    using Paths = std::vector<std::string>;
    EXPECT_EQ(refused([](CardProduct&) {}), Paths{});
    EXPECT_EQ(refused([](CardProduct& p) { p.activate_on_create = true; }), Paths{});
    EXPECT_EQ(refused([](CardProduct& p) { p.physicals.clear(); }), Paths{"physicals"});
    EXPECT_EQ(refused([](CardProduct& p) { p.physicals.push_back(p.physicals[0]); }),
              Paths{"physicals[1].physicalType"});
    EXPECT_EQ(refused([](CardProduct& p) {
                  p.physicals.push_back({ProductType::emv, {}, {}, {}, {}, {}, {}, true});
                  p.physicals[0].is_default = true;
              }),
              Paths{"physicals[1].isDefault"});
    EXPECT_EQ(refused([](CardProduct& p) {
                  p.physicals[0].physical_type = ProductType::emv;
                  p.activate_on_create = true;
              }),
              Paths{"activateOnCreate"});
    EXPECT_EQ(refused([](CardProduct& p) { p.contactless_limit = ContactlessLimit{{840}, {}, {}, {}, {}}; }),
              Paths{"contactlessLimit.currency"});
    EXPECT_EQ(refused([](CardProduct& p) {
                  p.policy = CardPolicy{};
                  p.policy->active_from = Date{10}, p.policy->active_to = Date{9};
              }),
              Paths{"policy.activeTo"});
}

TEST(ProductRules, TheDefaultFormIsTheMarkedOneOrTheFirst) {
    CardProduct product = virtual_product();
    product.physicals.push_back({ProductType::emv, {}, {}, {}, {}, {}, {}, false});
    EXPECT_EQ(default_physical(product).physical_type, ProductType::virtual_card);
    product.physicals[1].is_default = true;
    EXPECT_EQ(default_physical(product).physical_type, ProductType::emv);
}

}  // namespace
}  // namespace takas::core::product
