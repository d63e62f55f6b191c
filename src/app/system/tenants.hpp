// Institutions on this platform: made with their built-in roles and, if asked for, a first administrator and a client.
#pragma once

#include <optional>
#include <string>

#include "app/context/context.hpp"
#include "app/system/api_clients.hpp"
#include "app/system/users.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

struct NewTenant {
    std::string code;
    std::string name;
    std::string country;
    std::string time_zone = "Europe/Istanbul";
    bool is_demo = false;
    bool sandbox_enabled = false;
    std::optional<NewUser> administrator;  ///< its roles are not looked at: it is administrator
    std::optional<NewApiClient> client;
};

struct CreatedTenant {
    core::identity::Tenant tenant;
    std::optional<core::identity::User> administrator;
    std::optional<CreatedApiClient> client;
};

struct TenantChange {
    std::optional<std::string> name;
    std::optional<std::string> country;
    std::optional<std::string> time_zone;
    std::optional<bool> sandbox_enabled;
    std::optional<bool> is_active;
    std::optional<bool> may_card_limit_exceed{};
};

/// Puts a tenant and its built-in roles into context.unit.
core::identity::Tenant& add_tenant(Context& context, TenantId id, const NewTenant& fresh);

/// Errors: validation, tenant_exists, role_unknown, already_exists (the client id is taken).
Result<CreatedTenant> create_tenant(Context& context, const NewTenant& fresh);

/// The platform's own tenant stays active. Errors: tenant_not_found, validation.
Result<core::identity::Tenant> change_tenant(Context& context, TenantId id, const TenantChange& change);

}  // namespace takas::app::system
