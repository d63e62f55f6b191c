// An institution's own roles, beside the built-in ones.
#pragma once

#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

/// Errors: tenant_not_found, validation ("permissions[i]": unknown, or `system` outside the platform tenant),
/// already_exists.
Result<core::identity::Role> create_role(Context& context, const core::identity::Role& role);

}  // namespace takas::app::system
