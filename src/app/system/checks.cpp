#include "app/system/checks.hpp"

#include "app/catalog/time_zone.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "protocol/reference/tables.hpp"

namespace takas::app::system {

using core::identity::Role;
using core::identity::Tenant;
using ports::where;

namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// Code points of UTF-8: every octet but the continuing ones.
std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

Result<Tenant> find_tenant(ports::Store& store, TenantId id) {
    auto tenant = store.find<Tenant>({where<&Tenant::tenant_id>(id)});
    if (!tenant) return std::unexpected(std::move(tenant.error()));
    if (!*tenant) return fail(ErrorCode::tenant_not_found);
    return std::move(**tenant);
}

Result<void> check_roles(ports::Store& store, TenantId tenant, std::span<const std::string> roles) {
    for (const std::string& name : roles) {
        const auto role = store.find<Role>({where<&Role::tenant_id>(tenant), where<&Role::name>(name)});
        if (!role) return std::unexpected(role.error());
        if (!*role) return fail(ErrorCode::role_unknown, name);
    }
    return {};
}

void check_country(std::string_view country, std::string_view path, FieldErrors& errors) {
    if (protocol::reference::country_by_alpha2(country) == nullptr)
        errors.add(std::string(path), "An ISO 3166-1 alpha-2 country code is needed.",
                   "ISO 3166-1 alfa-2 ülke kodu gerekli.");
}

void check_time_zone(std::string_view name, std::string_view path, FieldErrors& errors) {
    if (!catalog::is_time_zone(name))
        errors.add(std::string(path), "There is no such time zone.", "Böyle bir saat dilimi yok.");
}

void check_currency(core::money::Currency currency, std::string_view path, FieldErrors& errors) {
    const auto* known = protocol::reference::currency_by_numeric(currency.value);
    if (known == nullptr || !known->minor_units)
        errors.add(std::string(path), "An ISO 4217 numeric currency code is needed.",
                   "ISO 4217 sayısal para birimi kodu gerekli.");
}

void check_password(std::string_view password, std::string_view user_name, std::string_view path, FieldErrors& errors) {
    if (characters_of(password) < password_min_characters)
        errors.add(std::string(path), "At least 12 characters are needed.", "En az 12 karakter gerekli.");
    else if (equal_ignoring_case(password, user_name))
        errors.add(std::string(path), "The password must not be the user name.",
                   "Parola kullanıcı adıyla aynı olamaz.");
}

}  // namespace takas::app::system
