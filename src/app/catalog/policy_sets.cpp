#include "app/catalog/policy_sets.hpp"

#include <string>
#include <unordered_map>

#include "app/ports/whole_tables.hpp"

namespace takas::app::catalog {

namespace {

constexpr std::string_view version_name = "policy_version";

}  // namespace

struct PolicySets::Snapshot {
    bool is_loaded = false;
    std::string version;
    std::unordered_map<TenantId, std::shared_ptr<const core::control::PolicySet>> sets;
};

PolicySets::PolicySets(ports::Store& store) : store_(store), snapshot_(std::make_shared<Snapshot>()) {}
PolicySets::~PolicySets() = default;

Result<void> PolicySets::refresh() {
    const std::lock_guard one_at_a_time(refreshing_);
    auto next = std::make_shared<Snapshot>();
    auto version = ports::stored_version(store_, version_name);  // first: what is read later is at least as new
    if (!version) return std::unexpected(std::move(version.error()));
    next->version = std::move(*version);
    next->is_loaded = true;

    const std::lock_guard lock(published_);
    snapshot_ = std::move(next);
    return {};
}

Result<void> PolicySets::refresh_if_changed() {
    auto version = ports::stored_version(store_, version_name);
    if (!version) return std::unexpected(std::move(version.error()));
    const auto known = current();
    if (known->is_loaded && *version == known->version) return {};
    return refresh();
}

void PolicySets::mark_changed(ports::Unit& unit, ids::IdSource& ids) { ports::move_version(unit, version_name, ids); }

std::shared_ptr<const core::control::PolicySet> PolicySets::of(TenantId tenant_id) const {
    const auto snapshot = current();
    const auto found = snapshot->sets.find(tenant_id);
    return found == snapshot->sets.end() ? nullptr : found->second;
}

std::shared_ptr<const PolicySets::Snapshot> PolicySets::current() const {
    const std::lock_guard lock(published_);
    return snapshot_;
}

}  // namespace takas::app::catalog
