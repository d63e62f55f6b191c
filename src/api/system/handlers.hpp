// The operator's endpoints: they translate between bodies and app/system.
#pragma once

#include "api/framework/endpoint.hpp"
#include "api/system/describe.hpp"

namespace takas::api::system {

Result<CreatedTenantDto> create_tenant(Call& call, const CreateTenantDto& dto);
Result<Paged<TenantDetailDto>> list_tenants(Call& call, const Query<TenantListQuery>& query);
Result<TenantDetailDto> get_tenant(Call& call);
Result<TenantDetailDto> update_tenant(Call& call, const UpdateTenantDto& dto);

Result<UserDto> create_user(Call& call, const CreateUserDto& dto);
Result<Paged<UserDto>> list_users(Call& call, const Query<UserListQuery>& query);
Result<UserDto> get_user(Call& call);
Result<UserDto> update_user(Call& call, const UpdateUserDto& dto);
Result<NoContent> set_password(Call& call, const SetPasswordDto& dto);
/// Deactivates: what the user did keeps its name.
Result<NoContent> delete_user(Call& call);

Result<CreatedApiClientDto> create_api_client(Call& call, const CreateApiClientDto& dto);
Result<Paged<ApiClientDto>> list_api_clients(Call& call, const Query<TenantQuery>& query);
/// Deactivates: the id stays taken.
Result<NoContent> delete_api_client(Call& call);

Result<RoleDto> create_role(Call& call, const RoleDto& dto);
Result<Paged<RoleDto>> list_roles(Call& call, const Query<TenantQuery>& query);

Result<CardBinDetailDto> create_card_bin(Call& call, const CreateCardBinDto& dto);
Result<Paged<CardBinDetailDto>> list_card_bins(Call& call, const Query<CardBinListQuery>& query);
Result<CardBinDetailDto> get_card_bin(Call& call);
Result<CardBinDetailDto> update_card_bin(Call& call, const UpdateCardBinDto& dto);
Result<NoContent> delete_card_bin(Call& call);

Result<CurrencyExchangeRateDto> create_exchange_rate(Call& call, const CreateUpdateCurrencyExchangeRateDto& dto);
Result<CurrencyExchangeRateTableDto> set_exchange_rate_table(Call& call, const UpdateCurrencyExchangeRateTableDto& dto);
Result<Paged<CurrencyExchangeRateDto>> list_exchange_rates(Call& call, const Query<ExchangeRateListQuery>& query);

}  // namespace takas::api::system
