// Bodies of the operator's endpoints: institutions, users, roles, API clients, BINs and exchange rates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/money/money.hpp"
#include "core/product/product.hpp"

namespace takas::api::system {

struct FirstAdministratorDto {
    std::string user_name;
    std::string password;
};

struct FirstClientDto {
    std::string client_id;
    bool is_public = false;
    std::vector<std::string> roles;
};

struct CreateTenantDto {
    std::string code;
    std::string name;
    std::string country;
    std::optional<std::string> time_zone;
    bool is_demo = false;
    bool sandbox_enabled = false;
    std::optional<FirstAdministratorDto> administrator;
    std::optional<FirstClientDto> client;
};

struct UpdateTenantDto {
    std::optional<std::string> name;
    std::optional<std::string> country;
    std::optional<std::string> time_zone;
    std::optional<bool> sandbox_enabled;
    std::optional<bool> is_active;
};

struct TenantDetailDto {
    TenantId id;
    std::string tenant_uuid;
    std::string code;
    std::string name;
    std::string country;
    std::string time_zone;
    bool is_demo = false;
    bool sandbox_enabled = false;
    bool is_active = true;
    Instant creation_time;
};

struct CreatedTenantDto {
    TenantDetailDto tenant;
    std::optional<UserId> administrator_id;
    std::optional<std::string> client_id;
    std::optional<std::string> client_secret;
};

struct TenantListQuery : PageFields {
    std::optional<std::string> code;
    std::optional<std::string> name;
};

struct CreateUserDto {
    TenantId tenant_id;
    std::string user_name;
    std::string password;
    std::vector<std::string> roles;
};

struct UpdateUserDto {
    std::optional<std::vector<std::string>> roles;
    std::optional<bool> is_active;
};

struct SetPasswordDto {
    std::string password;
};

struct UserDto {
    UserId id;
    TenantId tenant_id;
    std::string user_uuid;
    std::string user_name;
    std::vector<std::string> roles;
    bool is_active = true;
    std::optional<Instant> locked_until;
    Instant creation_time;
};

struct UserListQuery : PageFields {
    std::optional<TenantId> tenant_id;
    std::optional<std::string> user_name;
    std::optional<bool> is_active;
};

struct CreateApiClientDto {
    TenantId tenant_id;
    std::string client_id;
    bool is_public = false;
    std::vector<std::string> roles;
};

struct ApiClientDto {
    std::string client_id;
    TenantId tenant_id;
    bool is_public = false;
    std::vector<std::string> roles;
    bool is_active = true;
};

struct CreatedApiClientDto {
    ApiClientDto client;
    std::optional<std::string> client_secret;
};

struct TenantQuery : PageFields {
    std::optional<TenantId> tenant_id;
};

struct RoleDto {
    TenantId tenant_id;
    std::string name;
    std::vector<std::string> permissions;
};

struct CreateCardBinDto {
    TenantId tenant_id;
    std::string bin;
    core::product::CardBrand brand{};
    core::product::CardDci card_dci{};
    std::optional<std::string> card_type;
    std::optional<std::int16_t> length;
    core::money::Currency currency;
    std::string country;
    std::optional<bool> is_active;
};

struct UpdateCardBinDto {
    core::product::CardBrand brand{};
    core::product::CardDci card_dci{};
    std::optional<std::string> card_type;
    core::money::Currency currency;
    std::string country;
    std::optional<bool> is_active;
};

struct CardBinDetailDto {
    EntityId id;
    TenantId tenant_id;
    std::string bin;
    core::product::CardBrand brand{};
    core::product::CardDci card_dci{};
    std::string card_type;
    std::int16_t length = 0;
    core::money::Currency currency;
    std::string country;
    bool is_active = true;
};

struct CardBinListQuery : PageFields {
    std::optional<TenantId> tenant_id;
    std::optional<std::string> bin;
};

struct CreateUpdateCurrencyExchangeRateDto {
    TenantId tenant_id;
    core::money::Currency source_currency;
    core::money::Currency target_currency;
    Decimal rate;
    std::optional<Instant> valid_from;
    std::optional<std::string> source;
};

struct CurrencyExchangeRateDto {
    TenantId tenant_id;
    core::money::Currency source_currency;
    core::money::Currency target_currency;
    Decimal rate;
    Instant valid_from;
    std::string source;
};

struct ExchangeRateListQuery : PageFields {
    std::optional<TenantId> tenant_id;
    std::optional<core::money::Currency> source_currency;
    std::optional<core::money::Currency> target_currency;
};

inline constexpr std::string_view name_charset = "abcdefghijklmnopqrstuvwxyz0123456789._-@";

}  // namespace takas::api::system
