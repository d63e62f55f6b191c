// Whose token it is: the second half of TokenService, asked by the door at every request it has not cached.
#include "app/auth/random_text.hpp"
#include "app/auth/token_service.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::auth {

using core::identity::ApiClient;
using core::identity::Permission;
using core::identity::PermissionSet;
using core::identity::Role;
using core::identity::Tenant;
using core::identity::User;
using ports::where;

Result<crypto::JwtClaims> TokenService::verify(std::string_view access_token) const {
    crypto::JwtPolicy policy;
    policy.issuer = settings_.issuer;
    policy.audience = settings_.audience;
    policy.now = clock_.now();
    auto verified = crypto::verify_jwt(access_token, keys_.verification, policy);
    if (!verified) return std::unexpected(std::move(verified.error()));
    return std::move(verified->claims);
}

Result<Caller> TokenService::caller_of(const crypto::JwtClaims& claims) const {
    auto tenant = store_.find<Tenant>({where<&Tenant::tenant_uuid>(claims.tenant_id)});
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    if (!*tenant || !(*tenant)->is_active) return fail(ErrorCode::unauthenticated, "tenant gone or inactive");
    const TenantId tenant_id = (*tenant)->tenant_id;

    auto client = store_.find<ApiClient>({where<&ApiClient::client_id>(claims.client_id)});
    if (!client) return std::unexpected(std::move(client.error()));
    if (!*client || !(*client)->is_active || (*client)->tenant_id != tenant_id)
        return fail(ErrorCode::unauthenticated, "client gone or inactive");

    std::vector<std::string> roles = std::move((*client)->roles);
    if (claims.sub != client_subject(claims.client_id)) {
        auto user = store_.find<User>({where<&User::tenant_id>(tenant_id), where<&User::user_name>(claims.username)});
        if (!user) return std::unexpected(std::move(user.error()));
        if (!*user || !(*user)->is_active || (*user)->user_uuid != claims.sub)
            return fail(ErrorCode::unauthenticated, "user gone or inactive");
        if (claims.iat < (*user)->tokens_valid_after.seconds())
            return fail(ErrorCode::unauthenticated, "token from before the user changed");
        roles = std::move((*user)->roles);
    }
    auto permissions = permissions_of(tenant_id, roles);
    if (!permissions) return std::unexpected(std::move(permissions.error()));
    return Caller{tenant_id, claims.tenant_id, claims.sub, claims.username, *permissions, claims.scope};
}

Result<PermissionSet> TokenService::permissions_of(TenantId tenant, std::span<const std::string> roles) const {
    PermissionSet set;
    for (const std::string& name : roles) {
        auto role = store_.find<Role>({where<&Role::tenant_id>(tenant), where<&Role::name>(name)});
        if (!role) return std::unexpected(std::move(role.error()));
        if (*role) set |= core::identity::permissions_from_names((*role)->permissions);
    }
    if (tenant != core::identity::platform_tenant) set.reset(static_cast<std::size_t>(Permission::system));
    return set;
}

}  // namespace takas::app::auth
