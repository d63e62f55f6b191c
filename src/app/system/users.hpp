// Users of an institution, as operators manage them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

struct NewUser {
    std::string user_name;
    std::string password;
    std::vector<std::string> roles;
};

struct UserChange {
    std::optional<std::vector<std::string>> roles;
    std::optional<bool> is_active;
};

/// A user that is ready to be stored; nothing is checked. ErrorCode::unavailable when the password cannot be hashed.
Result<core::identity::User> make_user(Context& context, TenantId tenant, const NewUser& fresh);

/// Errors: validation ("password"), tenant_not_found, role_unknown, user_exists.
Result<core::identity::User> create_user(Context& context, TenantId tenant, const NewUser& fresh);

/// Errors: user_not_found.
Result<core::identity::User> find_user(ports::Store& store, UserId id);

/// Deactivating ends all tokens at once; nobody deactivates themselves. Errors: user_not_found, role_unknown,
/// validation ("isActive"), concurrent_change.
Result<core::identity::User> change_user(Context& context, UserId id, const UserChange& change);

/// Ends all tokens and lifts a lock. Errors: user_not_found, validation ("password"), concurrent_change.
Result<void> set_password(Context& context, UserId id, const std::string& password);

}  // namespace takas::app::system
