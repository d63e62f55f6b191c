#include "app/system/roles.hpp"

#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"
#include "core/identity/permissions.hpp"

namespace takas::app::system {

using core::identity::Permission;
using core::identity::Role;

Result<Role> create_role(Context& context, const Role& role) {
    if (auto found = find_tenant(context.store(), role.tenant_id); !found)
        return std::unexpected(std::move(found.error()));
    FieldErrors errors;
    for (std::size_t i = 0; i < role.permissions.size(); ++i) {
        const std::string& name = role.permissions[i];
        const auto permission = core::identity::permission_from_name(name);
        const bool is_allowed =
            name == core::identity::every_permission ||
            (permission && (*permission == Permission::system) == (role.tenant_id == core::identity::platform_tenant));
        if (!is_allowed)
            errors.add("permissions[" + std::to_string(i) + "]", "There is no such permission in this tenant.",
                       "Bu kurumda böyle bir yetki yok.");
    }
    if (!errors.empty()) return std::move(errors).as_error();
    context.unit.insert(role);
    auto done = commit_now(context, {});
    if (!done) return std::unexpected(std::move(done.error()));
    return role;
}

}  // namespace takas::app::system
