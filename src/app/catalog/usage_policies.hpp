// The usage policies and currency mark-ups of all products and the countries of all BINs, kept in memory, because every
// authorization asks for them. One immutable snapshot; a changed version row in the store makes the next one (as in
// catalog.hpp, but on a version of its own: products change more often than institutions). A product that has neither a
// policy nor a mark-up is not in it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "core/product/usage_policy.hpp"

namespace takas::app::catalog {

class UsagePolicies {
  public:
    /// Empty until the first refresh.
    explicit UsagePolicies(ports::Store& store);
    ~UsagePolicies();

    Result<void> refresh();
    Result<void> refresh_if_changed();
    /// Puts a new version into a unit that changes products or BINs.
    static void mark_changed(ports::Unit& unit, ids::IdSource& ids);

    /// The product's policy; open when it has none. Never allocates.
    core::product::UsagePolicy of_product(TenantId tenant_id, std::string_view code) const;
    /// What the product adds to the institution's own exchange rates; 0 when it adds nothing. Never allocates.
    std::int16_t currency_markup_bps(TenantId tenant_id, std::string_view code) const;
    /// ISO 3166-1 alpha-2; zeros when it is not known.
    std::array<char, 2> country_of_bin(std::string_view bin) const;

  private:
    struct Snapshot;
    std::shared_ptr<const Snapshot> current() const;

    ports::Store& store_;
    std::mutex refreshing_;         ///< one reload at a time
    mutable std::mutex published_;  ///< held for the copy of one pointer only
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace takas::app::catalog
