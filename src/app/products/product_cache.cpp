#include "app/products/product_cache.hpp"

#include "app/ports/tables.hpp"

namespace takas::app::products {

using core::product::CardProduct;
using ports::where;

Result<std::shared_ptr<const CardProduct>> ProductCache::find(TenantId tenant_id, std::string_view code) {
    const Instant now = clock_.now();
    std::pair key{tenant_id.value, std::string(code)};
    std::uint64_t forgotten_before = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto known = entries_.find(key);
        // A clock that was set back makes nothing younger.
        if (known != entries_.end() && now >= known->second.read_at &&
            now.value - known->second.read_at.value < lifetime_us)
            return known->second.product;
        forgotten_before = forgotten_;
    }
    auto stored =
        store_.find<CardProduct>({where<&CardProduct::tenant_id>(tenant_id), where<&CardProduct::code>(code)});
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (!*stored) return fail(ErrorCode::product_not_found);
    auto product = std::make_shared<const CardProduct>(std::move(**stored));
    const std::lock_guard lock(mutex_);
    if (forgotten_ != forgotten_before) return product;
    if (entries_.size() >= products_max) entries_.clear();
    entries_.insert_or_assign(std::move(key), Entry{product, now});
    return product;
}

void ProductCache::forget(TenantId tenant_id, std::string_view code) {
    const std::lock_guard lock(mutex_);
    ++forgotten_;
    entries_.erase({tenant_id.value, std::string(code)});
}

}  // namespace takas::app::products
