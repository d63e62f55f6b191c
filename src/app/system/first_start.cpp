#include "app/system/first_start.hpp"

#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"
#include "app/system/tenants.hpp"

namespace takas::app::system {

using core::identity::platform_tenant;
using core::identity::Tenant;

Result<bool> has_operator(ports::Store& store) {
    auto tenant = store.find<Tenant>({ports::where<&Tenant::tenant_id>(platform_tenant)});
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    return tenant->has_value();
}

Result<void> add_operator(Context& context, const NewUser& first) {
    NewTenant platform;
    platform.code = platform_tenant_code;
    platform.name = "Platform";
    platform.country = "TR";
    add_tenant(context, platform_tenant, platform);
    NewUser operator_user = first;
    operator_user.roles = {"operator"};
    auto user = make_user(context, platform_tenant, operator_user);
    if (!user) return std::unexpected(std::move(user.error()));
    context.unit.insert(std::move(*user));
    context.unit.insert(make_api_client(context, platform_tenant, {std::string(operator_client_id), true, {}}).client);
    return {};
}

Result<void> create_operator(Context& context, const std::string& user_name, const std::string& password) {
    FieldErrors errors;
    check_password(password, user_name, "password", errors);
    if (!errors.empty()) return std::move(errors).as_error();
    if (auto added = add_operator(context, {user_name, password, {}}); !added) return added;
    return commit_now(context, {{"tenant", ErrorCode::tenant_exists}, {"role", ErrorCode::tenant_exists}});
}

}  // namespace takas::app::system
