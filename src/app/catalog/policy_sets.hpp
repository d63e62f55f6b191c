// The controls, limits and fees of all institutions, compiled and kept in memory, because every authorization asks for
// them. One immutable set for each institution; a changed version row in the store makes the next ones (as in
// catalog.hpp, on a version of its own).
#pragma once

#include <memory>
#include <mutex>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"
#include "base/strong_id.hpp"

namespace takas::core::control {
class PolicySet;
}

namespace takas::app::catalog {

class PolicySets {
  public:
    /// Empty until the first refresh.
    explicit PolicySets(ports::Store& store);
    ~PolicySets();

    Result<void> refresh();
    Result<void> refresh_if_changed();
    /// Puts a new version into a unit that changes controls, limits, fees, taxes, their links or versions.
    static void mark_changed(ports::Unit& unit, ids::IdSource& ids);

    /// nullptr when the institution has nothing set up. Valid for as long as the caller holds it.
    std::shared_ptr<const core::control::PolicySet> of(TenantId tenant_id) const;

    /// Stored rules, of all institutions, that cannot be compiled: what they belong to fails closed.
    std::int64_t broken_rules() const;

  private:
    struct Snapshot;
    std::shared_ptr<const Snapshot> current() const;

    ports::Store& store_;
    std::mutex refreshing_;         ///< one reload at a time
    mutable std::mutex published_;  ///< held for the copy of one pointer only
    std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace takas::app::catalog
