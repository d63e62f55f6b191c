#include "app/catalog/usage_policies.hpp"

#include <string>
#include <unordered_map>

#include "app/ports/whole_tables.hpp"

namespace takas::app::catalog {

using core::product::CardBin;
using core::product::CardProduct;
using core::product::UsagePolicy;

namespace {

constexpr std::string_view version_name = "product_version";

struct ProductName {
    TenantId tenant_id;
    std::string_view code;
    friend bool operator==(const ProductName&, const ProductName&) = default;
};
struct ProductNameHash {
    std::size_t operator()(const ProductName& name) const noexcept {
        return std::hash<TenantId>{}(name.tenant_id) ^ std::hash<std::string_view>{}(name.code);
    }
};

}  // namespace

/// The views of the maps point into the lists.
struct UsagePolicies::Snapshot {
    bool is_loaded = false;
    std::string version;
    std::vector<CardProduct> products;  ///< those with a policy or a mark-up
    std::vector<CardBin> bins;
    std::unordered_map<ProductName, UsagePolicy, ProductNameHash> policies;
    std::unordered_map<ProductName, std::int16_t, ProductNameHash> markups_bps;
    std::unordered_map<std::string_view, std::array<char, 2>> countries;
};

UsagePolicies::UsagePolicies(ports::Store& store) : store_(store), snapshot_(std::make_shared<Snapshot>()) {}
UsagePolicies::~UsagePolicies() = default;

Result<void> UsagePolicies::refresh() {
    const std::lock_guard one_at_a_time(refreshing_);
    auto next = std::make_shared<Snapshot>();
    auto version = ports::stored_version(store_, version_name);  // first: what is read later is at least as new
    if (!version) return std::unexpected(std::move(version.error()));
    next->version = std::move(*version);
    next->is_loaded = true;

    auto products = ports::load_all<CardProduct>(
        store_, {{member_name<&CardProduct::tenant_id>}, {member_name<&CardProduct::code>}});
    if (!products) return std::unexpected(std::move(products.error()));
    for (CardProduct& one : *products)
        if (one.policy || one.currency_markup_bps != 0) next->products.push_back(std::move(one));
    for (const CardProduct& one : next->products) {
        const ProductName name{one.tenant_id, one.code};
        if (one.policy) next->policies.emplace(name, core::product::usage_policy(*one.policy));
        if (one.currency_markup_bps != 0) next->markups_bps.emplace(name, one.currency_markup_bps);
    }

    auto bins = ports::load_all<CardBin>(store_, {{member_name<&CardBin::tenant_id>}, {member_name<&CardBin::id>}});
    if (!bins) return std::unexpected(std::move(bins.error()));
    next->bins = std::move(*bins);
    for (const CardBin& one : next->bins)
        if (one.country.size() == 2) next->countries.emplace(one.bin, std::array{one.country[0], one.country[1]});

    const std::lock_guard lock(published_);
    snapshot_ = std::move(next);
    return {};
}

Result<void> UsagePolicies::refresh_if_changed() {
    auto version = ports::stored_version(store_, version_name);
    if (!version) return std::unexpected(std::move(version.error()));
    const auto known = current();
    if (known->is_loaded && *version == known->version) return {};
    return refresh();
}

void UsagePolicies::mark_changed(ports::Unit& unit, ids::IdSource& ids) {
    ports::move_version(unit, version_name, ids);
}

UsagePolicy UsagePolicies::of_product(TenantId tenant_id, std::string_view code) const {
    const auto snapshot = current();
    const auto found = snapshot->policies.find({tenant_id, code});
    return found == snapshot->policies.end() ? UsagePolicy{} : found->second;
}

std::int16_t UsagePolicies::currency_markup_bps(TenantId tenant_id, std::string_view code) const {
    const auto snapshot = current();
    const auto found = snapshot->markups_bps.find({tenant_id, code});
    return found == snapshot->markups_bps.end() ? std::int16_t{} : found->second;
}

std::array<char, 2> UsagePolicies::country_of_bin(std::string_view bin) const {
    const auto snapshot = current();
    const auto found = snapshot->countries.find(bin);
    return found == snapshot->countries.end() ? std::array<char, 2>{} : found->second;
}

std::shared_ptr<const UsagePolicies::Snapshot> UsagePolicies::current() const {
    const std::lock_guard lock(published_);
    return snapshot_;
}

}  // namespace takas::app::catalog
