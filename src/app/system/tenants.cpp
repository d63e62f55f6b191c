#include "app/system/tenants.hpp"

#include <algorithm>

#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"
#include "core/identity/permissions.hpp"

namespace takas::app::system {

using core::identity::BuiltInRole;
using core::identity::platform_tenant;
using core::identity::Role;
using core::identity::Tenant;

namespace {

std::span<const BuiltInRole> built_in_roles(TenantId id) {
    return id == platform_tenant ? core::identity::built_in_platform_roles() : core::identity::built_in_tenant_roles();
}

/// The roles do not exist yet: they are made in the same unit.
Result<void> check_new_roles(std::span<const std::string> roles) {
    for (const std::string& name : roles)
        if (std::ranges::none_of(core::identity::built_in_tenant_roles(),
                                 [&](const BuiltInRole& role) { return role.name == name; }))
            return fail(ErrorCode::role_unknown, name);
    return {};
}

Result<void> check(const NewTenant& fresh) {
    FieldErrors errors;
    check_country(fresh.country, "country", errors);
    check_time_zone(fresh.time_zone, "timeZone", errors);
    if (fresh.administrator)
        check_password(fresh.administrator->password, fresh.administrator->user_name, "administrator.password", errors);
    if (fresh.client && fresh.client->is_public && !fresh.client->roles.empty())
        errors.add("client.roles", "A public client has no roles of its own.", "Açık istemcinin kendi rolleri olamaz.");
    if (!errors.empty()) return std::move(errors).as_error();
    if (fresh.client) return check_new_roles(fresh.client->roles);
    return {};
}

}  // namespace

Tenant& add_tenant(Context& context, TenantId id, const NewTenant& fresh) {
    for (const BuiltInRole& role : built_in_roles(id))
        context.unit.insert(Role{id, std::string(role.name), {role.permissions.begin(), role.permissions.end()}});
    Tenant tenant;
    tenant.tenant_id = id;
    tenant.tenant_uuid = auth::random_uuid(context.services.random);
    tenant.code = fresh.code;
    tenant.name = fresh.name;
    tenant.country = fresh.country;
    tenant.time_zone = fresh.time_zone;
    tenant.is_demo = fresh.is_demo;
    tenant.sandbox_enabled = fresh.sandbox_enabled;
    tenant.creation_time = context.now;
    return context.unit.insert(std::move(tenant));
}

Result<CreatedTenant> create_tenant(Context& context, const NewTenant& fresh) {
    if (auto ok = check(fresh); !ok) return std::unexpected(std::move(ok.error()));
    CreatedTenant created;
    created.tenant = add_tenant(context, context.next_id<TenantId>(), fresh);
    if (fresh.administrator) {
        NewUser administrator = *fresh.administrator;
        administrator.roles = {"administrator"};
        auto user = make_user(context, created.tenant.tenant_id, administrator);
        if (!user) return std::unexpected(std::move(user.error()));
        created.administrator = context.unit.insert(std::move(*user));
    }
    if (fresh.client) {
        created.client = make_api_client(context, created.tenant.tenant_id, *fresh.client);
        context.unit.insert(created.client->client);
    }
    auto done = commit_now(context, {{"tenant", ErrorCode::tenant_exists}});
    if (!done) return std::unexpected(std::move(done.error()));
    return created;
}

Result<Tenant> change_tenant(Context& context, TenantId id, const TenantChange& change) {
    auto tenant = find_tenant(context.store(), id);
    if (!tenant) return tenant;
    FieldErrors errors;
    if (change.country) check_country(*change.country, "country", errors);
    if (change.time_zone) check_time_zone(*change.time_zone, "timeZone", errors);
    if (id == platform_tenant && change.is_active == false)
        errors.add("isActive", "The platform itself stays active.", "Platformun kendisi pasif yapılamaz.");
    if (!errors.empty()) return std::move(errors).as_error();
    if (change.name) tenant->name = *change.name;
    if (change.country) tenant->country = *change.country;
    if (change.time_zone) tenant->time_zone = *change.time_zone;
    if (change.sandbox_enabled) tenant->sandbox_enabled = *change.sandbox_enabled;
    if (change.is_active) tenant->is_active = *change.is_active;
    if (change.may_card_limit_exceed) tenant->may_card_limit_exceed = *change.may_card_limit_exceed;
    context.unit.update(*tenant);
    auto done = commit_now(context, {});
    if (!done) return std::unexpected(std::move(done.error()));
    return tenant;
}

}  // namespace takas::app::system
