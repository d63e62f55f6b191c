// Card products as the authorization path asks for them: read once and believed for a second, so that a change by any
// server counts within that time; one by this server counts at once. Reference data only: what must be exact is asked
// of the store.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "app/ports/clock.hpp"
#include "app/ports/store.hpp"
#include "core/product/product.hpp"

namespace takas::app::products {

class ProductCache {
  public:
    ProductCache(ports::Store& store, const ports::Clock& clock) : store_(store), clock_(clock) {}

    /// Errors: product_not_found, those of the store.
    Result<std::shared_ptr<const core::product::CardProduct>> find(TenantId tenant_id, std::string_view code);

    /// It was changed: from now on the store is asked again.
    void forget(TenantId tenant_id, std::string_view code);

  private:
    static constexpr std::int64_t lifetime_us = 1'000'000;
    /// About 2 KiB each; a full cache is emptied.
    static constexpr std::size_t products_max = 10'000;

    struct Entry {
        std::shared_ptr<const core::product::CardProduct> product;
        Instant read_at;
    };

    ports::Store& store_;
    const ports::Clock& clock_;
    std::mutex mutex_;
    std::map<std::pair<std::int64_t, std::string>, Entry> entries_;
    std::uint64_t forgotten_ = 0;  ///< how often: what was read before may be old
};

}  // namespace takas::app::products
