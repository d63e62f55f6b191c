// The permissions as endpoint rows spell them; the table itself is core/identity/permissions.hpp.
#pragma once

#include "core/identity/permissions.hpp"

namespace takas::api {

using core::identity::contains;
using core::identity::name_of;
using core::identity::Permission;
using core::identity::permission_from_name;
using core::identity::permissions_from_names;
using core::identity::PermissionSet;

}  // namespace takas::api
