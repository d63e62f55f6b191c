// The operator's view of the vault's merchants, credentials and keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "core/audit/audit.hpp"
#include "core/vault/merchant.hpp"

namespace takas::api::vault {

using core::vault::CredentialKind;
using core::vault::CredentialScope;
using core::vault::MerchantState;

struct VaultMerchantWishDto {
    std::optional<std::string> name;
    std::optional<bool> is_suspended;
    std::optional<std::string> partner_identity;
    std::optional<std::vector<std::string>> allowed_origins, allowed_addresses, forward_hosts;
    std::optional<bool> deduplicates;
    std::optional<std::int32_t> unique_code_period_h, temp_cards_per_token, card_retention_days;
};
struct CreateVaultMerchantDto : VaultMerchantWishDto {
    TenantId tenant_id;
    std::string code;
};
struct VaultMerchantDto {
    EntityId id;
    TenantId tenant_id;
    std::string merchant_uuid, code, name;
    MerchantState state{};
    EntityId partner_id;
    std::vector<std::string> allowed_origins, allowed_addresses, forward_hosts;
    bool deduplicates = false;
    std::int32_t unique_code_period_h = 0, temp_cards_per_token = 0, card_retention_days = 0;
    Instant creation_time;
};
struct VaultMerchantListQuery : PageFields {
    std::optional<TenantId> tenant_id;
    std::optional<std::string> code;
};

struct CreateVaultCredentialDto {
    CredentialKind kind{};
    std::vector<CredentialScope> scopes;
    std::optional<std::string> label;
    std::optional<Instant> expires_at;
};
struct RotateVaultCredentialDto {
    std::int32_t overlap_h = 24;
};
struct VaultCredentialDto {
    std::string key_id;
    CredentialKind kind{};
    std::vector<CredentialScope> scopes;
    std::string label;
    std::optional<Instant> expires_at;
    bool is_active = false;
    std::optional<std::string> replaced_by;
    Instant creation_time;
};
struct CreatedVaultCredentialDto {
    VaultCredentialDto credential;
    std::string secret;
};

struct VaultKeyDto {
    core::vault::KeyUse use{};
    std::int32_t key_version = 0;
    core::vault::KeyState state{};
    std::int64_t card_count = 0;
    std::optional<EntityId> kek_id;
    Instant creation_time;
    std::optional<Instant> destroyed_at;
};
struct EraseVaultOwnerDto {
    std::string relational_id1;
    std::optional<std::string> relational_id2, relational_id3;
};
struct ErasedVaultOwnerDto {
    std::int64_t erased_count = 0;
};
struct VaultBinTableDto {
    std::string csv;
};
struct ImportedVaultBinsDto {
    std::int64_t bin_count = 0;
};
struct VaultAuditListQuery : PageFields {
    std::optional<core::audit::Action> action;
    std::optional<core::audit::Subject> subject;
};
struct VaultAuditItemDto {
    EntityId id;
    core::audit::Subject subject{};
    std::string subject_id;
    core::audit::Action action{};
    std::string service_name;
    std::vector<core::audit::PropertyChange> property_changes;
    std::string user_name, client_ip_address, correlation_id;
    Instant execution_time;
};

}  // namespace takas::api::vault

namespace takas {

namespace system_dto_detail {
constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
template <class T>
constexpr auto wish_fields() {
    return std::array{
        field<&T::name>("Name").length(1, 128).example("Örnek Mağaza"),
        field<&T::is_suspended>("true: its credentials open nothing until it is false again"),
        field<&T::partner_identity>("merchantUuid of the merchant whose pool of cards this one may use; empty: none")
            .length(0, 36),
        field<&T::allowed_origins>("Pages that may make temporary cards or frame the card fields: https://host[:port]")
            .range(0, 32),
        field<&T::allowed_addresses>("From where its servers call: addresses and ranges; empty: from anywhere")
            .range(0, 64),
        field<&T::forward_hosts>("DNS names that cards may be sent on to").range(0, 32),
        field<&T::deduplicates>("The same card of the same owner is kept once"),
        field<&T::unique_code_period_h>("Hours until card handles change; those of the period before still count")
            .range(1, 720)
            .example("24"),
        field<&T::temp_cards_per_token>("How many temporary cards one token may make; 1: single use")
            .range(1, 1'000)
            .example("10"),
        field<&T::card_retention_days>("Cards that were not used for so long are erased; 0: never")
            .range(0, 3'650)
            .example("0"),
    };
}
}  // namespace system_dto_detail

template <>
struct Describe<api::vault::VaultMerchantWishDto> {
    static constexpr std::string_view name = "UpdateVaultMerchantDto";
    static constexpr auto fields = system_dto_detail::wish_fields<api::vault::VaultMerchantWishDto>();
};
template <>
struct Describe<api::vault::CreateVaultMerchantDto> {
    using T = api::vault::CreateVaultMerchantDto;
    static constexpr std::string_view name = "CreateVaultMerchantDto";
    static constexpr auto fields = join_fields(
        std::array{
            field<&T::tenant_id>("The institution that runs the vault for it")
                .required()
                .range(1, 9'007'199'254'740'991)
                .example("2"),
            field<&T::code>("Unique on the platform")
                .required()
                .length(1, 64)
                .only(system_dto_detail::name_characters)
                .example("shop-1"),
        },
        system_dto_detail::wish_fields<T>());
};
template <>
struct Describe<api::vault::VaultMerchantDto> {
    using T = api::vault::VaultMerchantDto;
    static constexpr std::string_view name = "VaultMerchantDto";
    static constexpr std::array fields{
        field<&T::id>("The merchant").required(),
        field<&T::tenant_id>("The institution that runs the vault for it").required(),
        field<&T::merchant_uuid>("Its public name: PartnerIdentity of its pool, parameter of the card fields")
            .required(),
        field<&T::code>("Unique on the platform").required(),
        field<&T::name>("Name").required(),
        field<&T::state>("Erased: its keys are destroyed").required(),
        field<&T::partner_id>("Whose pool of cards it may use; 0: none").required(),
        field<&T::allowed_origins>("Pages that may make temporary cards").required(),
        field<&T::allowed_addresses>("From where its servers call").required(),
        field<&T::forward_hosts>("Hosts that cards may be sent on to").required(),
        field<&T::deduplicates>("The same card of the same owner is kept once").required(),
        field<&T::unique_code_period_h>("Hours until card handles change").required(),
        field<&T::temp_cards_per_token>("How many temporary cards one token may make").required(),
        field<&T::card_retention_days>("Cards that were not used for so long are erased; 0: never").required(),
        field<&T::creation_time>("When it was made").required(),
    };
};
template <>
struct Describe<api::vault::VaultMerchantListQuery> {
    using T = api::vault::VaultMerchantListQuery;
    static constexpr std::string_view name = "VaultMerchantListQuery";
    static constexpr std::array fields{
        field<&T::tenant_id>("Only of this institution").range(1, 9'007'199'254'740'991),
        field<&T::code>("Begins with").length(1, 64),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::vault::CreateVaultCredentialDto> {
    using T = api::vault::CreateVaultCredentialDto;
    static constexpr std::string_view name = "CreateVaultCredentialDto";
    static constexpr std::array fields{
        field<&T::kind>("Public: payments' side (apikeypublic); Private: stored cards (apikeyprivate)")
            .required()
            .example("Private"),
        field<&T::scopes>("What it may; absent: what its kind usually may (TempToken, Bin; Cards, Blacklist)")
            .range(0, 6),
        field<&T::label>("What it is for").length(0, 64).example("checkout servers"),
        field<&T::expires_at>("Until when it counts; absent: until it is revoked"),
    };
};
template <>
struct Describe<api::vault::RotateVaultCredentialDto> {
    using T = api::vault::RotateVaultCredentialDto;
    static constexpr std::string_view name = "RotateVaultCredentialDto";
    static constexpr std::array fields{
        field<&T::overlap_h>("How many hours the old pair still counts; 0: it ends now").range(0, 720).example("24"),
    };
};
template <>
struct Describe<api::vault::VaultCredentialDto> {
    using T = api::vault::VaultCredentialDto;
    static constexpr std::string_view name = "VaultCredentialDto";
    static constexpr std::array fields{
        field<&T::key_id>("Sent as apikeypublic or apikeyprivate").required(),
        field<&T::kind>("Which pair it is").required(),
        field<&T::scopes>("What it may").required(),
        field<&T::label>("What it is for").required().length(0, 64),
        field<&T::expires_at>("Until when it counts"),
        field<&T::is_active>("false: revoked").required(),
        field<&T::replaced_by>("keyId of the pair that it was rotated to"),
        field<&T::creation_time>("When it was made").required(),
    };
};
template <>
struct Describe<api::vault::CreatedVaultCredentialDto> {
    using T = api::vault::CreatedVaultCredentialDto;
    static constexpr std::string_view name = "CreatedVaultCredentialDto";
    static constexpr std::array fields{
        field<&T::credential>("The credential").required(),
        field<&T::secret>("Sent as apiclientpublic or apiclientprivate; shown this once").required(),
    };
};

template <>
struct Describe<api::vault::VaultKeyDto> {
    using T = api::vault::VaultKeyDto;
    static constexpr std::string_view name = "VaultKeyDto";
    static constexpr std::array fields{
        field<&T::use>("What it is for").required(),
        field<&T::key_version>("1 is the first").required(),
        field<&T::state>("DecryptOnly: cards under it are being sealed anew").required(),
        field<&T::card_count>("Cards that are under it, counted up to 1,000,000").required(),
        field<&T::kek_id>("The payment key of the HSM that it is wrapped under; absent: under the keyring alone"),
        field<&T::creation_time>("When it was made").required(),
        field<&T::destroyed_at>("When it was destroyed"),
    };
};
template <>
struct Describe<api::vault::EraseVaultOwnerDto> {
    using T = api::vault::EraseVaultOwnerDto;
    static constexpr std::string_view name = "EraseVaultOwnerDto";
    static constexpr std::array fields{
        field<&T::relational_id1>("The owner's id, first level").required().length(1, 128).example("user-1"),
        field<&T::relational_id2>("Second level").length(0, 128),
        field<&T::relational_id3>("Third level").length(0, 128),
    };
};
template <>
struct Describe<api::vault::ErasedVaultOwnerDto> {
    using T = api::vault::ErasedVaultOwnerDto;
    static constexpr std::string_view name = "ErasedVaultOwnerDto";
    static constexpr std::array fields{field<&T::erased_count>("How many cards went").required()};
};
template <>
struct Describe<api::vault::VaultBinTableDto> {
    using T = api::vault::VaultBinTableDto;
    static constexpr std::string_view name = "VaultBinTableDto";
    static constexpr std::array fields{
        field<&T::csv>("The whole table (docs/operating/vault.md); larger ones by takas vault bins import")
            .required()
            .length(1, 900'000)};
};
template <>
struct Describe<api::vault::ImportedVaultBinsDto> {
    using T = api::vault::ImportedVaultBinsDto;
    static constexpr std::string_view name = "ImportedVaultBinsDto";
    static constexpr std::array fields{field<&T::bin_count>("How many BINs the table has").required()};
};
template <>
struct Describe<api::vault::VaultAuditListQuery> {
    using T = api::vault::VaultAuditListQuery;
    static constexpr std::string_view name = "VaultAuditListQuery";
    static constexpr std::array fields{
        field<&T::action>("Created, Updated, Deleted or Accessed"),
        field<&T::subject>("VaultMerchant, VaultCard, VaultOwner or VaultTempCard"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::vault::VaultAuditItemDto> {
    using T = api::vault::VaultAuditItemDto;
    static constexpr std::string_view name = "VaultAuditItemDto";
    static constexpr std::array fields{
        field<&T::id>("The record").required(),
        field<&T::subject>("What was touched").required(),
        field<&T::subject_id>("Which one: merchant/card, merchant/owner").required(),
        field<&T::action>("What was done").required(),
        field<&T::service_name>("By which operation").required(),
        field<&T::property_changes>("Details").required(),
        field<&T::user_name>("Which credential").required(),
        field<&T::client_ip_address>("From where").required(),
        field<&T::correlation_id>("Of the call").required(),
        field<&T::execution_time>("When").required(),
    };
};

}  // namespace takas
