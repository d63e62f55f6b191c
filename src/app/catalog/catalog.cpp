// Loading and asking the snapshot. The pointer is copied under a mutex and not by std::atomic<std::shared_ptr>:
// libstdc++ 12 locks inside that as well, in a way ThreadSanitizer cannot follow.
#include "app/catalog/catalog.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/catalog/time_zone.hpp"
#include "app/ports/whole_tables.hpp"

namespace takas::app::catalog {

using core::identity::Tenant;
using core::money::Currency;
using core::money::ExchangeRate;

namespace {

constexpr std::string_view version_name = "catalog_version";
constexpr __int128 one_e18 = static_cast<__int128>(1'000'000'000) * 1'000'000'000;

struct Pair {
    TenantId tenant;
    Currency from, to;
    friend bool operator==(const Pair&, const Pair&) = default;
};
struct PairHash {
    std::size_t operator()(const Pair& p) const noexcept {
        return std::hash<TenantId>{}(p.tenant) ^
               (static_cast<std::size_t>(static_cast<std::uint16_t>(p.from.value)) << 16) ^
               static_cast<std::size_t>(static_cast<std::uint16_t>(p.to.value));
    }
};

struct Step {
    Instant valid_from;
    std::int64_t rate_e9;
};

}  // namespace

struct Catalog::Snapshot {
    std::string version;
    std::vector<Tenant> tenants;                                  ///< by id
    std::unordered_map<Pair, std::vector<Step>, PairHash> rates;  ///< each list by valid_from

    std::optional<std::int64_t> newest(const Pair& pair, Instant at) const {
        const auto found = rates.find(pair);
        if (found == rates.end()) return std::nullopt;
        const auto after = std::ranges::upper_bound(found->second, at, {}, &Step::valid_from);
        if (after == found->second.begin()) return std::nullopt;
        return std::prev(after)->rate_e9;
    }
};

Catalog::Catalog(ports::Store& store)
    : store_(store), snapshot_(std::make_shared<Snapshot>()), usage_policies_(store) {}
Catalog::~Catalog() = default;

Result<void> Catalog::refresh() {
    const std::lock_guard one_at_a_time(refreshing_);
    generation_.fetch_add(1, std::memory_order_acq_rel);  // even when reading fails: old answers are suspect
    auto next = std::make_shared<Snapshot>();
    auto version = ports::stored_version(store_, version_name);  // first: what is read later is at least as new
    if (!version) return std::unexpected(std::move(version.error()));
    next->version = std::move(*version);

    auto tenants = ports::load_all<Tenant>(store_, {{member_name<&Tenant::tenant_id>}});
    if (!tenants) return std::unexpected(std::move(tenants.error()));
    next->tenants = std::move(*tenants);

    using Row = core::identity::ExchangeRate;
    auto rates = ports::load_all<Row>(store_, {{member_name<&Row::tenant_id>},
                                               {member_name<&Row::source_currency>},
                                               {member_name<&Row::target_currency>},
                                               {member_name<&Row::valid_from>}});
    if (!rates) return std::unexpected(std::move(rates.error()));
    for (const Row& row : *rates) {
        const auto rate_e9 = rescale(row.rate, 9);
        if (!rate_e9 || *rate_e9 <= 0) return fail(ErrorCode::internal, "a stored exchange rate is not usable");
        next->rates[{row.tenant_id, row.source_currency, row.target_currency}].push_back({row.valid_from, *rate_e9});
    }

    {
        const std::lock_guard lock(published_);
        snapshot_ = std::move(next);
    }
    return usage_policies_.refresh_if_changed();
}

Result<void> Catalog::refresh_if_changed() {
    if (auto done = usage_policies_.refresh_if_changed(); !done) return done;
    auto version = ports::stored_version(store_, version_name);
    if (!version) return std::unexpected(std::move(version.error()));
    if (*version == current()->version) return {};
    return refresh();
}

void Catalog::mark_changed(ports::Unit& unit, ids::IdSource& ids) { ports::move_version(unit, version_name, ids); }

std::optional<ExchangeRate> Catalog::rate(TenantId tenant, Currency from, Currency to, Instant at) const {
    if (from == to) return ExchangeRate{1'000'000'000};
    const auto snapshot = current();
    if (const auto direct = snapshot->newest({tenant, from, to}, at)) return ExchangeRate{*direct};
    const auto opposite = snapshot->newest({tenant, to, from}, at);
    if (!opposite) return std::nullopt;
    const auto inverted = static_cast<std::int64_t>((one_e18 + *opposite / 2) / *opposite);
    if (inverted == 0) return std::nullopt;
    return ExchangeRate{inverted};
}

Date Catalog::local_date(TenantId id, Instant at) const {
    const auto institution = tenant(id);
    return institution ? catalog::local_date(institution->time_zone, at) : date_of(at);
}

std::shared_ptr<const Tenant> Catalog::tenant(TenantId id) const {
    const auto snapshot = current();
    const auto found = std::ranges::lower_bound(snapshot->tenants, id, {}, &Tenant::tenant_id);
    if (found == snapshot->tenants.end() || found->tenant_id != id) return nullptr;
    return {snapshot, &*found};
}

std::shared_ptr<const Tenant> Catalog::tenant_by_uuid(std::string_view uuid) const {
    const auto snapshot = current();
    const auto found = std::ranges::find(snapshot->tenants, uuid, &Tenant::tenant_uuid);
    if (found == snapshot->tenants.end()) return nullptr;
    return {snapshot, &*found};
}

std::shared_ptr<const Catalog::Snapshot> Catalog::current() const {
    const std::lock_guard lock(published_);
    return snapshot_;
}

}  // namespace takas::app::catalog
