// Applications that may ask for tokens.
#pragma once

#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "core/identity/identity.hpp"

namespace takas::app::system {

struct NewApiClient {
    std::string client_id;
    bool is_public = false;          ///< has no secret: a program in its users' hands
    std::vector<std::string> roles;  ///< what client_credentials gives; none for a public client
};

struct CreatedApiClient {
    core::identity::ApiClient client;
    std::string secret;  ///< shown this once; "" for a public client
};

/// A client that is ready to be stored; nothing is checked.
CreatedApiClient make_api_client(Context& context, TenantId tenant, const NewApiClient& fresh);

/// Errors: tenant_not_found, role_unknown, validation ("roles"), already_exists.
Result<CreatedApiClient> create_api_client(Context& context, TenantId tenant, const NewApiClient& fresh);

/// Ends its tokens at once. The id stays taken. Errors: not_found.
Result<void> deactivate_api_client(Context& context, std::string_view client_id);

}  // namespace takas::app::system
