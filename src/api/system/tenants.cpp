#include "app/system/tenants.hpp"

#include "api/system/handlers.hpp"
#include "api/system/paged_list.hpp"
#include "app/system/checks.hpp"

namespace takas::api::system {

using app::ports::Compare;
using core::identity::Tenant;

namespace {

constexpr std::array sortable{
    SortColumn{"id", member_name<&Tenant::tenant_id>}, SortColumn{"code", member_name<&Tenant::code>},
    SortColumn{"name", member_name<&Tenant::name>}, SortColumn{"creationTime", member_name<&Tenant::creation_time>}};

TenantDetailDto to_dto(const Tenant& tenant) {
    return {tenant.tenant_id,
            tenant.tenant_uuid,
            tenant.code,
            tenant.name,
            tenant.country,
            tenant.time_zone,
            tenant.is_demo,
            tenant.sandbox_enabled,
            tenant.is_active,
            tenant.creation_time,
            tenant.may_card_limit_exceed};
}

Result<TenantDetailDto> to_dto(Result<Tenant> tenant) {
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    return to_dto(*tenant);
}

app::system::NewTenant from_dto(const CreateTenantDto& dto) {
    app::system::NewTenant fresh;
    fresh.code = dto.code;
    fresh.name = dto.name;
    fresh.country = dto.country;
    if (dto.time_zone) fresh.time_zone = *dto.time_zone;
    fresh.is_demo = dto.is_demo;
    fresh.sandbox_enabled = dto.sandbox_enabled;
    if (dto.administrator) fresh.administrator = {dto.administrator->user_name, dto.administrator->password, {}};
    if (dto.client) fresh.client = {dto.client->client_id, dto.client->is_public, dto.client->roles};
    return fresh;
}

}  // namespace

Result<CreatedTenantDto> create_tenant(Call& call, const CreateTenantDto& dto) {
    auto created = app::system::create_tenant(call.context, from_dto(dto));
    if (!created) return std::unexpected(std::move(created.error()));
    CreatedTenantDto answer;
    answer.tenant = to_dto(created->tenant);
    if (created->administrator) answer.administrator_id = created->administrator->user_id;
    if (created->client) {
        answer.client_id = created->client->client.client_id;
        if (!created->client->secret.empty()) answer.client_secret = created->client->secret;
    }
    return answer;
}

Result<Paged<TenantDetailDto>> list_tenants(Call& call, const Query<TenantListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&Tenant::code>(conditions, query.value.code, Compare::starts_with);
    filter<&Tenant::name>(conditions, query.value.name, Compare::contains);
    return paged_list<Tenant, TenantListQuery, TenantDetailDto>(call.context.store(), query.value,
                                                                std::move(conditions), sortable, to_dto);
}

Result<TenantDetailDto> get_tenant(Call& call) {
    const auto id = call.path_id<TenantId>("id", ErrorCode::tenant_not_found);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::find_tenant(call.context.store(), *id));
}

Result<TenantDetailDto> update_tenant(Call& call, const UpdateTenantDto& dto) {
    const auto id = call.path_id<TenantId>("id", ErrorCode::tenant_not_found);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::change_tenant(
        call.context, *id,
        {dto.name, dto.country, dto.time_zone, dto.sandbox_enabled, dto.is_active, dto.may_card_limit_exceed}));
}

}  // namespace takas::api::system
