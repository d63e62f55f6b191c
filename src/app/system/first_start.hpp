// The first start on an empty store: the platform's own tenant, the operator's role, user and client.
#pragma once

#include "app/context/context.hpp"
#include "app/system/users.hpp"

namespace takas::app::system {

inline constexpr std::string_view platform_tenant_code = "platform";
/// The public client with which operators sign in.
inline constexpr std::string_view operator_client_id = "operator";

/// Is there a platform tenant already?
Result<bool> has_operator(ports::Store& store);

/// Puts the platform tenant with one operator into context.unit; nothing is checked.
Result<void> add_operator(Context& context, const NewUser& first);

/// For `takas init`. Errors: validation ("password"), tenant_exists (this store was started before).
Result<void> create_operator(Context& context, const std::string& user_name, const std::string& password);

}  // namespace takas::app::system
