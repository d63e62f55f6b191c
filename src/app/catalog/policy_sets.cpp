#include "app/catalog/policy_sets.hpp"

#include <string>
#include <unordered_map>

#include "app/ports/whole_tables.hpp"
#include "base/log.hpp"
#include "core/control/policy_set.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::catalog {

namespace {

using core::control::ControlVersion;
using core::control::Family;
using core::control::PolicySet;
using core::control::VersionState;
using core::product::CardProduct;

constexpr std::string_view version_name = "policy_version", products_version_name = "product_version";

using Sources = std::unordered_map<TenantId, PolicySet::Source>;

/// Every row of a table goes into its institution's source.
template <class Record, class Put>
Result<void> each(ports::Store& store, std::string_view key, Sources& sources, Put put) {
    auto rows = ports::load_all<Record>(store, {{member_name<&Record::tenant_id>}, {key}});
    if (!rows) return std::unexpected(std::move(rows.error()));
    for (Record& row : *rows) put(sources[row.tenant_id], std::move(row));
    return {};
}

/// A draft that cannot be read is nobody's policy: it is told and left out.
template <class Control>
void add_shadow(const ControlVersion& version, std::vector<std::pair<Control, std::int64_t>>& shadows) {
    auto control = protocol::json::decode<Control>(version.definition.text, protocol::json::storage_read);
    if (control) return shadows.emplace_back(std::move(*control), version.version_no), void();
    log::warning("shadow_version_unreadable").add("control_id", version.control_id);
}

Result<void> load_shadows(ports::Store& store, Sources& sources) {
    auto versions = store.list<ControlVersion>({{ports::where<&ControlVersion::state>(VersionState::shadow)},
                                                {{member_name<&ControlVersion::tenant_id>},
                                                 {member_name<&ControlVersion::family>},
                                                 {member_name<&ControlVersion::control_id>}},
                                                0,
                                                core::control::items_max});
    if (!versions) return std::unexpected(std::move(versions.error()));
    for (const ControlVersion& one : *versions) {
        auto& source = sources[one.tenant_id];
        if (one.family == Family::authorization_control) add_shadow(one, source.authorization_shadows);
        if (one.family == Family::velocity_control) add_shadow(one, source.velocity_shadows);
    }
    return {};
}

Result<Sources> load_sources(ports::Store& store) {
    using namespace core;
    Sources sources;
    auto done = each<control::AuthorizationControl>(
        store, "id", sources, [](auto& s, auto&& row) { s.authorization_controls.push_back(std::move(row)); });
    if (done)
        done = each<control::VelocityControl>(
            store, "id", sources, [](auto& s, auto&& row) { s.velocity_controls.push_back(std::move(row)); });
    if (done)
        done = each<fee::TransactionFee>(store, "id", sources,
                                         [](auto& s, auto&& row) { s.transaction_fees.push_back(std::move(row)); });
    if (done) done = load_shadows(store, sources);
    if (!done) return std::unexpected(std::move(done.error()));
    std::erase_if(sources, [](const auto& one) {
        const PolicySet::Source& s = one.second;
        return s.authorization_controls.empty() && s.velocity_controls.empty() && s.transaction_fees.empty();
    });
    if (sources.empty()) return sources;
    done = each<control::ControlLink>(store, "id", sources,
                                      [](auto& s, auto&& row) { s.links.push_back(std::move(row)); });
    if (done)
        done = each<fee::Tax>(store, "name", sources, [](auto& s, auto&& row) {
            if (row.is_active) s.taxes.push_back(std::move(row));
        });
    if (done)
        done = each<CardProduct>(store, "code", sources, [](auto& s, auto&& row) {
            if (row.product_group_id) s.product_groups.emplace_back(row.code, row.product_group_id);
        });
    if (!done) return std::unexpected(std::move(done.error()));
    return sources;
}

/// Products are part of it: they are in groups.
Result<std::string> current_version(ports::Store& store) {
    auto policies = ports::stored_version(store, version_name);
    if (!policies) return policies;
    auto products = ports::stored_version(store, products_version_name);
    if (!products) return products;
    return *policies + " " + *products;
}

}  // namespace

struct PolicySets::Snapshot {
    bool is_loaded = false;
    std::string version;
    std::unordered_map<TenantId, std::shared_ptr<const core::control::PolicySet>> sets;
    std::int64_t broken_rules = 0;
};

PolicySets::PolicySets(ports::Store& store) : store_(store), snapshot_(std::make_shared<Snapshot>()) {}
PolicySets::~PolicySets() = default;

Result<void> PolicySets::refresh() {
    const std::lock_guard one_at_a_time(refreshing_);
    auto next = std::make_shared<Snapshot>();
    auto version = current_version(store_);  // first: what is read later is at least as new
    if (!version) return std::unexpected(std::move(version.error()));
    next->version = std::move(*version);
    next->is_loaded = true;
    auto sources = load_sources(store_);
    if (!sources) return std::unexpected(std::move(sources.error()));
    for (auto& [tenant_id, source] : *sources) {
        std::vector<core::control::BrokenRule> broken;
        next->sets.emplace(tenant_id, PolicySet::compile(std::move(source), &broken));
        next->broken_rules += static_cast<std::int64_t>(broken.size());
        for (const auto& one : broken)
            log::error("stored_rule_unusable")
                .add("tenant_id", tenant_id)
                .add("family", to_name(one.family))
                .add("control_id", one.control_id)
                .add("control_name", one.name)
                .add("link_id", one.link_id);
    }

    const std::lock_guard lock(published_);
    snapshot_ = std::move(next);
    return {};
}

Result<void> PolicySets::refresh_if_changed() {
    auto version = current_version(store_);
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

std::int64_t PolicySets::broken_rules() const { return current()->broken_rules; }

std::shared_ptr<const PolicySets::Snapshot> PolicySets::current() const {
    const std::lock_guard lock(published_);
    return snapshot_;
}

}  // namespace takas::app::catalog
