#include "app/system/api_clients.hpp"

#include <array>

#include "app/auth/random_text.hpp"
#include "app/auth/token_service.hpp"
#include "app/ports/tables.hpp"
#include "app/system/checks.hpp"
#include "app/system/commit.hpp"

namespace takas::app::system {

using core::identity::ApiClient;

namespace {
constexpr std::size_t secret_bytes = 32;
}

CreatedApiClient make_api_client(Context& context, TenantId tenant, const NewApiClient& fresh) {
    CreatedApiClient created;
    created.client.client_id = fresh.client_id;
    created.client.tenant_id = tenant;
    created.client.roles = fresh.roles;
    if (!fresh.is_public) {
        created.secret = auth::random_base64url(context.services.random, secret_bytes);
        created.client.secret_hash = auth::client_secret_hash(created.secret);
    }
    return created;
}

Result<CreatedApiClient> create_api_client(Context& context, TenantId tenant, const NewApiClient& fresh) {
    if (auto found = find_tenant(context.store(), tenant); !found) return std::unexpected(std::move(found.error()));
    if (fresh.is_public && !fresh.roles.empty())
        return fail_field("roles", "A public client has no roles of its own.", "Açık istemcinin kendi rolleri olamaz.");
    if (auto known = check_roles(context.store(), tenant, fresh.roles); !known)
        return std::unexpected(std::move(known.error()));
    CreatedApiClient created = make_api_client(context, tenant, fresh);
    context.unit.insert(created.client);
    auto done = commit_now(context, {});
    if (!done) return std::unexpected(std::move(done.error()));
    return created;
}

Result<void> deactivate_api_client(Context& context, std::string_view client_id) {
    auto client = context.store().find<ApiClient>({ports::where<&ApiClient::client_id>(client_id)});
    if (!client) return std::unexpected(std::move(client.error()));
    if (!*client) return fail(ErrorCode::not_found);
    if ((*client)->tenant_id == core::identity::platform_tenant && (*client)->is_active) {
        const auto active = context.store().count_of<ApiClient>(std::array{
            ports::where<&ApiClient::tenant_id>((*client)->tenant_id), ports::where<&ApiClient::is_active>(true)});
        if (!active) return std::unexpected(active.error());
        if (*active == 1)
            return fail_field("clientId", "The platform's last client stays: without it no operator could sign in.",
                              "Platformun son istemcisi silinemez: operatörler giriş yapamaz.");
    }
    (*client)->is_active = false;
    context.unit.update(std::move(**client));
    return commit_now(context, {});
}

}  // namespace takas::app::system
