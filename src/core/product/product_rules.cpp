#include "core/product/product_rules.hpp"

#include <algorithm>
#include <set>

namespace takas::core::product {

const CardProductPhysical& default_physical(const CardProduct& product) {
    const auto found = std::ranges::find_if(product.physicals, &CardProductPhysical::is_default);
    return found == product.physicals.end() ? product.physicals.front() : *found;
}

void check_policy(const CardPolicy& policy, std::string_view path, FieldErrors& errors) {
    if (policy.active_from && policy.active_to && *policy.active_to < *policy.active_from)
        errors.add(std::string(path) + "policy.activeTo", "The date lies before activeFrom.",
                   "Tarih activeFrom tarihinden önce olamaz.");
}

void check_product(const CardProduct& product, FieldErrors& errors) {
    if (product.physicals.empty()) errors.add("physicals", "A value is required.", "Bu alan zorunludur.");
    std::set<ProductType> types;
    bool has_default = false;
    for (std::size_t i = 0; i < product.physicals.size(); ++i) {
        const CardProductPhysical& one = product.physicals[i];
        const std::string path = "physicals[" + std::to_string(i) + "].";
        if (!types.insert(one.physical_type).second)
            errors.add(path + "physicalType", "Each type may occur once.", "Her tür yalnızca bir kez kullanılabilir.");
        if (one.is_default && std::exchange(has_default, true))
            errors.add(path + "isDefault", "Only one form can be the default.", "Yalnızca bir varsayılan olabilir.");
    }
    if (product.activate_on_create && !product.physicals.empty() && is_printed(default_physical(product).physical_type))
        errors.add("activateOnCreate", "Only virtual cards can be active from the start.",
                   "Yalnızca sanal kartlar oluşturulurken aktifleştirilebilir.");
    if (product.contactless_limit && product.contactless_limit->currency != product.currency)
        errors.add("contactlessLimit.currency", "The product has another currency.", "Ürünün para birimi farklı.");
    if (product.policy) check_policy(*product.policy, "", errors);
}

}  // namespace takas::core::product
