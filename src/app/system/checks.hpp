// Checks that several of the operator's use cases share: references to other tables, and what a password must be.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/ports/store.hpp"
#include "base/error.hpp"
#include "core/identity/identity.hpp"
#include "core/money/money.hpp"

namespace takas::app::system {

inline constexpr std::size_t password_min_characters = 12;

/// Errors: tenant_not_found.
Result<core::identity::Tenant> find_tenant(ports::Store& store, TenantId id);

/// Every role must be one of the tenant's. Errors: role_unknown, with the role in data.
Result<void> check_roles(ports::Store& store, TenantId tenant, std::span<const std::string> roles);

/// ISO 3166-1 alpha-2, upper case.
void check_country(std::string_view country, std::string_view path, FieldErrors& errors);
/// An IANA name that this machine knows.
void check_time_zone(std::string_view name, std::string_view path, FieldErrors& errors);
/// ISO 4217, and amounts can be kept in it.
void check_currency(core::money::Currency currency, std::string_view path, FieldErrors& errors);
/// Long enough and not the user's name.
void check_password(std::string_view password, std::string_view user_name, std::string_view path, FieldErrors& errors);

}  // namespace takas::app::system
