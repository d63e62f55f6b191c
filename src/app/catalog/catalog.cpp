// Loading and asking the snapshot. The pointer is copied under a mutex and not by std::atomic<std::shared_ptr>:
// libstdc++ 12 locks inside that as well, in a way ThreadSanitizer cannot follow.
#include "app/catalog/catalog.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "app/catalog/time_zone.hpp"
#include "app/ports/whole_tables.hpp"

namespace takas::app::catalog {

using core::identity::Tenant;
using core::money::Currency;
using core::money::ExchangeRate;

namespace {

constexpr std::string_view version_name = "catalog_version";

/// At nine digits. A side that was not published is the middle.
Result<core::money::PublishedRate> published(const core::identity::ExchangeRate& row) {
    const auto middle = rescale(row.rate, 9);
    const auto buy = rescale(row.buy_rate.value_or(row.rate), 9), sell = rescale(row.sell_rate.value_or(row.rate), 9);
    if (!middle || !buy || !sell || *middle <= 0 || *buy <= 0 || *sell <= 0)
        return fail(ErrorCode::internal, "a stored exchange rate is not usable");
    return core::money::PublishedRate{
        row.source_currency, row.target_currency, row.valid_from, row.valid_to, *middle, *buy, *sell, row.source};
}

/// The rows are by tenant.
Result<std::map<TenantId, core::money::RateTable>> tables_of(const std::vector<core::identity::ExchangeRate>& rows) {
    std::map<TenantId, core::money::RateTable> tables;
    for (auto row = rows.begin(); row != rows.end();) {
        const TenantId tenant_id = row->tenant_id;
        std::vector<core::money::PublishedRate> of_tenant;
        for (; row != rows.end() && row->tenant_id == tenant_id; ++row) {
            auto one = published(*row);
            if (!one) return std::unexpected(std::move(one.error()));
            of_tenant.push_back(std::move(*one));
        }
        tables.emplace(tenant_id, core::money::RateTable(std::move(of_tenant)));
    }
    return tables;
}

}  // namespace

struct Catalog::Snapshot {
    std::string version;
    std::vector<Tenant> tenants;  ///< by id
    std::map<TenantId, core::money::RateTable> rates;
};

Catalog::Catalog(ports::Store& store)
    : store_(store),
      snapshot_(std::make_shared<Snapshot>()),
      usage_policies_(store),
      policy_sets_(store),
      owners_(store) {}
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
    auto tables = tables_of(*rates);
    if (!tables) return std::unexpected(std::move(tables.error()));
    next->rates = std::move(*tables);

    {
        const std::lock_guard lock(published_);
        snapshot_ = std::move(next);
    }
    if (auto done = usage_policies_.refresh_if_changed(); !done) return done;
    return policy_sets_.refresh_if_changed();
}

Result<void> Catalog::refresh_if_changed() {
    if (auto done = usage_policies_.refresh_if_changed(); !done) return done;
    if (auto done = policy_sets_.refresh_if_changed(); !done) return done;
    auto version = ports::stored_version(store_, version_name);
    if (!version) return std::unexpected(std::move(version.error()));
    if (*version == current()->version) return {};
    return refresh();
}

void Catalog::mark_changed(ports::Unit& unit, ids::IdSource& ids) { ports::move_version(unit, version_name, ids); }

std::optional<ExchangeRate> Catalog::rate(TenantId tenant, Currency from, Currency to, Instant at,
                                          core::money::RateSide side) const {
    if (from == to) return ExchangeRate{1'000'000'000};
    const auto snapshot = current();
    const auto table = snapshot->rates.find(tenant);
    return table == snapshot->rates.end() ? std::nullopt : table->second.find(from, to, at, side);
}

Date Catalog::local_date(TenantId id, Instant at) const {
    const auto institution = tenant(id);
    return institution ? catalog::local_date(institution->time_zone, at) : date_of(at);
}

LocalTime Catalog::local_time(TenantId id, Instant at) const {
    const auto institution = tenant(id);
    return catalog::local_time(institution ? institution->time_zone : "UTC", at);
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
