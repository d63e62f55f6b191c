// The operator's part: merchants of the vault and their credentials.
#include "api/system/paged_list.hpp"
#include "api/vault/endpoints.hpp"
#include "api/vault/system_dto.hpp"
#include "app/vault/credentials.hpp"
#include "app/vault/merchants.hpp"

namespace takas::api {
namespace {

using namespace vault;
using app::ports::where;
using core::vault::VaultCredential;
using core::vault::VaultMerchant;
using enum Method;
using enum ErrorCode;

constexpr std::array sortable_merchants{SortColumn{"id", member_name<&VaultMerchant::id>},
                                        SortColumn{"code", member_name<&VaultMerchant::code>}};

VaultMerchantDto dto_of(const VaultMerchant& m) {
    return {m.id,
            m.tenant_id,
            m.merchant_uuid,
            m.code,
            m.name,
            m.state,
            m.partner_id,
            m.allowed_origins,
            m.allowed_addresses,
            m.forward_hosts,
            m.deduplicates,
            m.unique_code_period_h,
            m.temp_cards_per_token,
            m.card_retention_days,
            m.creation_time};
}

VaultCredentialDto dto_of(const VaultCredential& c) {
    return {c.key_id,
            c.kind,
            c.scopes,
            c.label,
            c.expires_at,
            c.is_active,
            c.replaced_by.empty() ? std::nullopt : std::optional(c.replaced_by),
            c.creation_time};
}

app::vault::MerchantWish wish_of(const VaultMerchantWishDto& dto) {
    return {dto.name,
            dto.is_suspended,
            dto.partner_identity,
            dto.allowed_origins,
            dto.allowed_addresses,
            dto.forward_hosts,
            dto.deduplicates,
            dto.unique_code_period_h,
            dto.temp_cards_per_token,
            dto.card_retention_days};
}

Result<EntityId> merchant_id(const Call& call) { return call.path_id<EntityId>("id", vault_merchant_not_found); }

Result<VaultMerchantDto> create_merchant(Call& call, const CreateVaultMerchantDto& dto) {
    call.on_conflict("vault_merchant", vault_merchant_exists);
    auto made = app::vault::create_merchant(call.context, dto.tenant_id, dto.code, wish_of(dto));
    if (!made) return std::unexpected(std::move(made.error()));
    return dto_of(*made);
}

Result<Paged<VaultMerchantDto>> list_merchants(Call& call, const Query<VaultMerchantListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    system::filter<&VaultMerchant::tenant_id>(conditions, query.value.tenant_id);
    system::filter<&VaultMerchant::code>(conditions, query.value.code, app::ports::Compare::starts_with);
    return system::paged_list<VaultMerchant, VaultMerchantListQuery, VaultMerchantDto>(
        call.context.store(), query.value, std::move(conditions), sortable_merchants,
        static_cast<VaultMerchantDto (*)(const VaultMerchant&)>(&dto_of));
}

Result<VaultMerchantDto> get_merchant(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    auto found = app::vault::find_merchant(call.context.store(), *id);
    if (!found) return std::unexpected(std::move(found.error()));
    return dto_of(*found);
}

Result<VaultMerchantDto> update_merchant(Call& call, const VaultMerchantWishDto& dto) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    auto changed = app::vault::update_merchant(call.context, *id, wish_of(dto));
    if (!changed) return std::unexpected(std::move(changed.error()));
    return dto_of(*changed);
}

Result<NoContent> erase_merchant(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    auto done = app::vault::erase_merchant(call.context, *id);
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

Result<CreatedVaultCredentialDto> created(Result<app::vault::CreatedCredential> made) {
    if (!made) return std::unexpected(std::move(made.error()));
    return CreatedVaultCredentialDto{dto_of(made->credential), std::move(made->secret)};
}

Result<CreatedVaultCredentialDto> create_credential(Call& call, const CreateVaultCredentialDto& dto) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    return created(app::vault::create_credential(call.context, *id,
                                                 {dto.kind, dto.scopes, dto.label.value_or(""), dto.expires_at}));
}

Result<CreatedVaultCredentialDto> rotate_credential(Call& call, const RotateVaultCredentialDto& dto) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    return created(app::vault::rotate_credential(call.context, *id, call.path_value("keyId"), dto.overlap_h));
}

Result<std::vector<VaultCredentialDto>> list_credentials(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    if (auto found = app::vault::find_merchant(call.context.store(), *id); !found)
        return std::unexpected(std::move(found.error()));
    const auto rows =
        call.context.store().list<VaultCredential>({{where<&VaultCredential::merchant_id>(*id)}, {{"key_id"}}});
    if (!rows) return std::unexpected(rows.error());
    std::vector<VaultCredentialDto> list;
    for (const VaultCredential& row : *rows) list.push_back(dto_of(row));
    return list;
}

Result<NoContent> revoke_credential(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    auto done = app::vault::revoke_credential(call.context, *id, call.path_value("keyId"));
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <auto Handler>
constexpr Endpoint row(Method method, std::string_view path, std::string_view operation_id, std::string_view summary,
                       ErrorList errors = {}) {
    return endpoint<Handler>(method, path, operation_id, "Vault", summary, Permission::system, Idempotency::none,
                             errors);
}

constexpr std::string_view all = "/api/v1/system/vault-merchant", one = "/api/v1/system/vault-merchant/{id}";
constexpr std::string_view credentials = "/api/v1/system/vault-merchant/{id}/credential";

constexpr std::array rows{
    row<&create_merchant>(post, all, "createVaultMerchant", "Make a merchant of the vault, with keys of its own",
                          {tenant_not_found, vault_merchant_exists, vault_partner_not_found}),
    row<&list_merchants>(get, all, "getVaultMerchantList", "List the vault's merchants"),
    row<&get_merchant>(get, one, "getVaultMerchant", "Get a merchant of the vault", {vault_merchant_not_found}),
    row<&update_merchant>(put, one, "updateVaultMerchant", "Change, suspend or resume a merchant of the vault",
                          {vault_merchant_not_found, vault_partner_not_found, concurrent_change}),
    row<&erase_merchant>(del, one, "eraseVaultMerchant", "Destroy a merchant's keys: its cards are gone for good",
                         {vault_merchant_not_found, concurrent_change}),
    row<&create_credential>(post, credentials, "createVaultCredential", "Make a pair of credentials, shown once",
                            {vault_merchant_not_found, validation}),
    row<&list_credentials>(get, credentials, "getVaultCredentialList", "List a merchant's credentials",
                           {vault_merchant_not_found}),
    row<&rotate_credential>(post, "/api/v1/system/vault-merchant/{id}/credential/{keyId}/rotate",
                            "rotateVaultCredential", "Replace a pair of credentials, with an overlap",
                            {vault_merchant_not_found, vault_credential_not_found, concurrent_change}),
    row<&revoke_credential>(del, "/api/v1/system/vault-merchant/{id}/credential/{keyId}", "revokeVaultCredential",
                            "Revoke a pair of credentials",
                            {vault_merchant_not_found, vault_credential_not_found, concurrent_change}),
};

}  // namespace

std::span<const Endpoint> vault_system_endpoints() { return rows; }

}  // namespace takas::api
