#include "app/system/demo_seed.hpp"

#include <utility>

#include "app/audit/recorder.hpp"
#include "app/catalog/policy_sets.hpp"
#include "app/catalog/usage_policies.hpp"
#include "app/fees/fee_audit.hpp"
#include "app/fees/taxes.hpp"
#include "app/ports/tables.hpp"
#include "app/system/commit.hpp"
#include "app/system/first_start.hpp"
#include "app/system/tenants.hpp"
#include "core/product/range_rules.hpp"

namespace takas::app::system {

using core::identity::ExchangeRate;
using core::identity::Tenant;
using core::money::Currency;
using core::product::CardBin;
using core::product::CardBinRange;
using core::product::CardProduct;
using core::product::CardProductGroup;
using core::product::CardProductPhysical;
using core::product::ProductType;

namespace {

constexpr Currency lira{949}, euro{978}, dollar{840};

Result<bool> is_seeded(ports::Store& store) {
    auto tenant = store.find<Tenant>({ports::where<&Tenant::code>(demo_tenant_code)});
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    return tenant->has_value();
}

/// The tenant with its administrator and public client.
Result<TenantId> add_institution(Context& context) {
    NewTenant fresh;
    fresh.code = demo_tenant_code;
    fresh.name = "Demo Bank";
    fresh.country = "TR";
    fresh.is_demo = true;
    fresh.sandbox_enabled = true;
    const TenantId id = add_tenant(context, context.next_id<TenantId>(), fresh).tenant_id;
    auto user = make_user(context, id, {"demo", "demo", {"administrator"}});
    if (!user) return std::unexpected(std::move(user.error()));
    context.unit.insert(std::move(*user));
    context.unit.insert(make_api_client(context, id, {"demo", true, {}}).client);
    return id;
}

/// Returns the id of the BIN's range.
EntityId add_bin(Context& context, TenantId tenant, const DemoBin& row) {
    CardBin bin;
    bin.tenant_id = tenant;
    bin.id = context.next_id<EntityId>();
    bin.bin = row.bin;
    bin.brand = row.brand;
    bin.card_dci = row.card_dci;
    bin.card_type = "Consumer";
    bin.currency = lira;
    bin.country = "TR";
    CardBinRange range;
    range.tenant_id = tenant;
    range.id = context.next_id<EntityId>();
    range.bin_id = bin.id;
    range.bin = row.bin;
    range.name = row.range_name;
    range.start_range = demo_range_start;
    range.end_range = demo_range_end;
    range.segments = core::product::segments_between(range.start_range, range.end_range);
    context.unit.insert(std::move(bin));
    return context.unit.insert(std::move(range)).id;
}

CardProductPhysical form(ProductType type, bool is_default) {
    CardProductPhysical physical;
    physical.physical_type = type;
    physical.is_default = is_default;
    if (type == ProductType::emv) physical.service_code = "201";  // chip, normal authorization, no restrictions
    return physical;
}

CardProduct product(const Context& context, TenantId tenant, EntityId group, EntityId range, std::string_view code,
                    std::string_view name) {
    CardProduct made;
    made.tenant_id = tenant;
    made.code = code;
    made.name = name;
    made.card_dci = core::product::CardDci::prepaid;
    made.bin_range_id = range;
    made.product_group_id = group;
    made.currency = lira;
    made.creation_time = context.now;
    return made;
}

Result<void> add_products(Context& context, TenantId tenant, EntityId troy_range, EntityId master_card_range) {
    CardProductGroup group;
    group.tenant_id = tenant;
    group.id = context.next_id<EntityId>();
    group.name = demo_group_name;
    group.description = "Cards of the demo institution";

    CardProduct prepaid = product(context, tenant, group.id, troy_range, demo_prepaid_code, "Demo Prepaid");
    prepaid.brand = core::product::CardBrand::troy;
    prepaid.physicals = {form(ProductType::virtual_card, true), form(ProductType::emv, false)};
    CardProduct virtual_only = product(context, tenant, group.id, master_card_range, demo_virtual_code, "Demo Virtual");
    virtual_only.brand = core::product::CardBrand::master_card;
    virtual_only.physicals = {form(ProductType::virtual_card, true)};
    const TenantId own = std::exchange(context.tenant_id, tenant);  // the log's chains are the institution's
    auto noted = audit::created(context, group);
    if (noted) noted = audit::created(context, prepaid);
    if (noted) noted = audit::created(context, virtual_only);
    context.tenant_id = own;
    context.unit.insert(std::move(group));
    context.unit.insert(std::move(prepaid));
    context.unit.insert(std::move(virtual_only));
    return noted;
}

void add_rates(Context& context, TenantId tenant) {
    context.unit.insert(ExchangeRate{tenant, euro, lira, {475'000, 4}, context.now, "demo", {}, {}, {}});
    context.unit.insert(ExchangeRate{tenant, dollar, lira, {410'000, 4}, context.now, "demo", {}, {}, {}});
}

/// Banking and insurance transactions tax, 5 %.
Result<void> add_tax(Context& context, TenantId tenant) {
    core::fee::Tax bsmv;
    bsmv.tenant_id = tenant;
    bsmv.id = context.next_id<EntityId>();
    bsmv.name = fees::bsmv_name;
    bsmv.rate = {5, 0};
    const TenantId own = std::exchange(context.tenant_id, tenant);
    auto noted = fees::note_change<core::fee::Tax>(context, nullptr, &bsmv);
    context.tenant_id = own;
    context.unit.insert(std::move(bsmv));
    catalog::PolicySets::mark_changed(context.unit, context.services.ids);
    return noted;
}

}  // namespace

Result<void> seed_demo(Context& context) {
    const auto seeded = is_seeded(context.store());
    if (!seeded) return std::unexpected(seeded.error());
    if (*seeded) return {};
    if (auto added = add_operator(context, {"operator", "operator", {}}); !added) return added;
    const auto tenant = add_institution(context);
    if (!tenant) return std::unexpected(tenant.error());
    std::array<EntityId, demo_bins.size()> ranges{};
    for (std::size_t i = 0; i < demo_bins.size(); ++i) ranges[i] = add_bin(context, *tenant, demo_bins[i]);
    if (auto added = add_products(context, *tenant, ranges[0], ranges[1]); !added) return added;
    add_rates(context, *tenant);
    if (auto added = add_tax(context, *tenant); !added) return added;
    catalog::UsagePolicies::mark_changed(context.unit, context.services.ids);
    return commit_now(context, {{"tenant", ErrorCode::tenant_exists}, {"role", ErrorCode::tenant_exists}});
}

}  // namespace takas::app::system
