#include "api/framework/permission.hpp"

namespace takas::api {
namespace {

constexpr auto first_given = static_cast<std::size_t>(Permission::customer_read);

}  // namespace

std::optional<Permission> permission_from_name(std::string_view name) {
    for (std::size_t i = first_given; i < permission_names.size(); ++i)
        if (permission_names[i] == name) return static_cast<Permission>(i);
    return std::nullopt;
}

PermissionSet permissions_from_names(std::span<const std::string> names) {
    PermissionSet set;
    for (const std::string& name : names) {
        if (name == "*") {
            for (std::size_t i = first_given; i < static_cast<std::size_t>(Permission::system); ++i) set.set(i);
        } else if (const auto permission = permission_from_name(name)) {
            set.set(static_cast<std::size_t>(*permission));
        }
    }
    return set;
}

}  // namespace takas::api
