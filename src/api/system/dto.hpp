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
    std::optional<bool> may_card_limit_exceed;
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
    bool may_card_limit_exceed = false;
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

/// A pair with its rates, as a source lists it.
struct CurrencyRateDto {
    core::money::Currency source_currency;
    core::money::Currency target_currency;
    Decimal rate;
    std::optional<Decimal> buy_rate, sell_rate;
};

struct CreateUpdateCurrencyExchangeRateDto : CurrencyRateDto {
    TenantId tenant_id;
    std::optional<Instant> valid_from, valid_to;
    std::optional<std::string> source;
    std::optional<bool> is_confirmed;
};

struct CurrencyExchangeRateDto : CurrencyRateDto {
    TenantId tenant_id;
    Instant valid_from;
    std::optional<Instant> valid_to;
    std::string source;
};

struct UpdateCurrencyExchangeRateTableDto {
    TenantId tenant_id;
    std::string source;
    std::optional<Instant> valid_from, valid_to;
    std::optional<bool> is_confirmed;
    std::vector<CurrencyRateDto> rates;
};

struct CurrencyExchangeRateTableDto {
    TenantId tenant_id;
    std::string source;
    Instant valid_from;
    std::optional<Instant> valid_to;
    std::int32_t rate_count = 0;
};

/// A source's daily list has a row for each of the world's currencies at most, a few times over.
inline constexpr int rates_per_table_max = 500;

struct ExchangeRateListQuery : PageFields {
    std::optional<TenantId> tenant_id;
    std::optional<core::money::Currency> source_currency;
    std::optional<core::money::Currency> target_currency;
    std::optional<std::string> source;
    std::optional<Instant> valid_from_start, valid_from_end;
};

inline constexpr std::string_view name_charset = "abcdefghijklmnopqrstuvwxyz0123456789._-@";

}  // namespace takas::api::system
