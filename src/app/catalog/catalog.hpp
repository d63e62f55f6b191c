// Small reference data that the authorization path asks for at every step, kept in memory: institutions and exchange
// rates. Readers see one immutable snapshot; a changed version row in the store makes the next one. Writers call
// mark_changed on their unit; refresh_if_changed runs every second, so that other servers follow too.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "app/catalog/owners.hpp"
#include "app/catalog/policy_sets.hpp"
#include "app/catalog/time_zone.hpp"
#include "app/catalog/usage_policies.hpp"
#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "core/identity/identity.hpp"
#include "core/money/rate_table.hpp"

namespace takas::app::catalog {

/// How often the composition root should call refresh_if_changed.
inline constexpr std::int64_t poll_interval_s = 1;

class Catalog {
  public:
    /// Empty until the first refresh.
    explicit Catalog(ports::Store& store);
    ~Catalog();

    /// Reads everything again.
    Result<void> refresh();
    /// Reads everything again when another version is stored than the one in memory.
    Result<void> refresh_if_changed();
    /// Puts a new version into a unit that changes tenants, exchange rates, users, roles or clients.
    static void mark_changed(ports::Unit& unit, ids::IdSource& ids);

    /// Rises with every refresh: who caches what tenants, users or roles say asks again when it has moved.
    std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }

    /// How many major units of `to` one major unit of `from` costs at `at` by the institution's own tables: which row
    /// counts, and how pairs without one are converted, is told in core/money/rate_table.hpp. No mark-up is on it.
    std::optional<core::money::ExchangeRate> rate(TenantId tenant, core::money::Currency from, core::money::Currency to,
                                                  Instant at,
                                                  core::money::RateSide side = core::money::RateSide::middle) const;

    /// The institution's calendar date (contract 1.5); UTC's when there is no such institution.
    Date local_date(TenantId id, Instant at) const;
    LocalTime local_time(TenantId id, Instant at) const;

    /// nullptr when there is no such institution. Valid for as long as the caller holds it.
    std::shared_ptr<const core::identity::Tenant> tenant(TenantId id) const;
    std::shared_ptr<const core::identity::Tenant> tenant_by_uuid(std::string_view uuid) const;

    /// Refreshed together with the rest, but on a version of their own.
    UsagePolicies& usage_policies() { return usage_policies_; }
    const UsagePolicies& usage_policies() const { return usage_policies_; }
    PolicySets& policy_sets() { return policy_sets_; }
    const PolicySets& policy_sets() const { return policy_sets_; }
    Owners& owners() { return owners_; }

  private:
    struct Snapshot;
    std::shared_ptr<const Snapshot> current() const;

    ports::Store& store_;
    std::mutex refreshing_;         ///< one reload at a time
    mutable std::mutex published_;  ///< held for the copy of one pointer only
    std::shared_ptr<const Snapshot> snapshot_;
    std::atomic<std::uint64_t> generation_ = 0;
    UsagePolicies usage_policies_;
    PolicySets policy_sets_;
    Owners owners_;
};

}  // namespace takas::app::catalog
