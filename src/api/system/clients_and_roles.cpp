#include "api/system/handlers.hpp"
#include "api/system/paged_list.hpp"
#include "app/system/api_clients.hpp"
#include "app/system/roles.hpp"

namespace takas::api::system {

using core::identity::ApiClient;
using core::identity::Role;

namespace {

constexpr std::array sortable_clients{SortColumn{"clientId", member_name<&ApiClient::client_id>},
                                      SortColumn{"tenantId", member_name<&ApiClient::tenant_id>}};
constexpr std::array sortable_roles{SortColumn{"tenantId", member_name<&Role::tenant_id>},
                                    SortColumn{"name", member_name<&Role::name>}};

ApiClientDto client_dto(const ApiClient& client) {
    return {client.client_id, client.tenant_id, client.secret_hash.empty(), client.roles, client.is_active};
}

RoleDto role_dto(const Role& role) { return {role.tenant_id, role.name, role.permissions}; }

}  // namespace

Result<CreatedApiClientDto> create_api_client(Call& call, const CreateApiClientDto& dto) {
    auto created =
        app::system::create_api_client(call.context, dto.tenant_id, {dto.client_id, dto.is_public, dto.roles});
    if (!created) return std::unexpected(std::move(created.error()));
    CreatedApiClientDto answer{client_dto(created->client), {}};
    if (!created->secret.empty()) answer.client_secret = std::move(created->secret);
    return answer;
}

Result<Paged<ApiClientDto>> list_api_clients(Call& call, const Query<TenantQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&ApiClient::tenant_id>(conditions, query.value.tenant_id);
    return paged_list<ApiClient, TenantQuery, ApiClientDto>(call.context.store(), query.value, std::move(conditions),
                                                            sortable_clients, client_dto);
}

Result<NoContent> delete_api_client(Call& call) {
    auto done = app::system::deactivate_api_client(call.context, call.path_value("clientId"));
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

Result<RoleDto> create_role(Call& call, const RoleDto& dto) {
    auto role = app::system::create_role(call.context, {dto.tenant_id, dto.name, dto.permissions});
    if (!role) return std::unexpected(std::move(role.error()));
    return role_dto(*role);
}

Result<Paged<RoleDto>> list_roles(Call& call, const Query<TenantQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&Role::tenant_id>(conditions, query.value.tenant_id);
    return paged_list<Role, TenantQuery, RoleDto>(call.context.store(), query.value, std::move(conditions),
                                                  sortable_roles, role_dto);
}

}  // namespace takas::api::system
