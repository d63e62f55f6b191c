#include "api/system/endpoints.hpp"

#include "api/system/handlers.hpp"

namespace takas::api {
namespace {

using enum Method;
using enum ErrorCode;

/// The handlers commit themselves (app/system/commit.hpp) and unique names protect from doubles: no Idempotency-Key.
template <auto Handler>
constexpr Endpoint row(Method method, std::string_view path, std::string_view operation_id, std::string_view summary,
                       ErrorList errors = {}) {
    return endpoint<Handler>(method, path, operation_id, "System", summary, Permission::system, Idempotency::none,
                             errors);
}

constexpr std::array rows{
    row<&system::create_tenant>(post, "/api/v1/system/tenant", "createTenant", "Create an institution",
                                {tenant_exists, role_unknown, already_exists}),
    row<&system::list_tenants>(get, "/api/v1/system/tenant", "getTenantList", "List institutions"),
    row<&system::get_tenant>(get, "/api/v1/system/tenant/{id}", "getTenant", "Get an institution", {tenant_not_found}),
    row<&system::update_tenant>(put, "/api/v1/system/tenant/{id}", "updateTenant", "Change an institution",
                                {tenant_not_found}),
    row<&system::create_user>(post, "/api/v1/system/user", "createUser", "Create a user",
                              {tenant_not_found, role_unknown, user_exists}),
    row<&system::list_users>(get, "/api/v1/system/user", "getUserList", "List users"),
    row<&system::get_user>(get, "/api/v1/system/user/{id}", "getUser", "Get a user", {user_not_found}),
    row<&system::update_user>(put, "/api/v1/system/user/{id}", "updateUser", "Change a user's roles or state",
                              {user_not_found, role_unknown, concurrent_change}),
    row<&system::set_password>(post, "/api/v1/system/user/{id}/password", "setUserPassword", "Set a user's password",
                               {user_not_found, concurrent_change}),
    row<&system::delete_user>(del, "/api/v1/system/user/{id}", "deleteUser", "Deactivate a user",
                              {user_not_found, concurrent_change, validation}),
    row<&system::create_api_client>(post, "/api/v1/system/api-client", "createApiClient", "Create an API client",
                                    {tenant_not_found, role_unknown, already_exists}),
    row<&system::list_api_clients>(get, "/api/v1/system/api-client", "getApiClientList", "List API clients"),
    row<&system::delete_api_client>(del, "/api/v1/system/api-client/{clientId}", "deleteApiClient",
                                    "Deactivate an API client", {validation, not_found}),
    row<&system::create_role>(post, "/api/v1/system/role", "createRole", "Create a role",
                              {tenant_not_found, already_exists}),
    row<&system::list_roles>(get, "/api/v1/system/role", "getRoleList", "List roles"),
    row<&system::create_card_bin>(post, "/api/v1/system/card-bin", "createCardBin", "Register a BIN",
                                  {tenant_not_found, bin_exists}),
    row<&system::list_card_bins>(get, "/api/v1/system/card-bin", "getSystemCardBinList", "List BINs"),
    row<&system::get_card_bin>(get, "/api/v1/system/card-bin/{id}", "getSystemCardBin", "Get a BIN", {bin_not_found}),
    row<&system::update_card_bin>(put, "/api/v1/system/card-bin/{id}", "updateCardBin", "Change a BIN",
                                  {bin_not_found, bin_in_use, concurrent_change}),
    row<&system::delete_card_bin>(del, "/api/v1/system/card-bin/{id}", "deleteCardBin", "Remove a BIN",
                                  {bin_not_found, bin_in_use, concurrent_change}),
    row<&system::create_exchange_rate>(post, "/api/v1/system/currency-exchange-rate", "createCurrencyExchangeRate",
                                       "Set an exchange rate", {tenant_not_found, already_exists}),
    row<&system::set_exchange_rate_table>(
        put, "/api/v1/system/currency-exchange-rate", "updateCurrencyExchangeRateTable",
        "Set a source's whole list of exchange rates, or none of it", {tenant_not_found, already_exists}),
    row<&system::list_exchange_rates>(get, "/api/v1/system/currency-exchange-rate", "getCurrencyExchangeRateList",
                                      "List exchange rates"),
};

}  // namespace

std::span<const Endpoint> system_endpoints() { return rows; }

}  // namespace takas::api
