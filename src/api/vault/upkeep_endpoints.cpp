// The operator's part: keys, erasure, the audit trail and the BIN table.
#include "api/vault/endpoints.hpp"
#include "api/vault/system_dto.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/bin_import.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/owners.hpp"
#include "app/vault/rotation.hpp"

namespace takas::api {
namespace {

using namespace vault;
using app::ports::where;
using core::audit::AuditRecord;
using enum Method;
using enum ErrorCode;

constexpr std::array sortable_records{SortColumn{"id", member_name<&AuditRecord::id>}};

Result<EntityId> merchant_id(const Call& call) { return call.path_id<EntityId>("id", vault_merchant_not_found); }

VaultKeyDto dto_of(const core::vault::VaultKey& key, std::int64_t cards, EntityId kek_id) {
    const auto shown_kek = kek_id == EntityId{} ? std::nullopt : std::optional(kek_id);
    return {key.use, key.key_version, key.state, cards, shown_kek, key.creation_time, key.destroyed_at};
}

Result<VaultKeyDto> rotate_key(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    const auto key = app::vault::rotate_data_key(call.context, *id);
    if (!key) return std::unexpected(key.error());
    return dto_of(*key, 0, app::vault::Wrapping(call.context.services).newest_kek_id());
}

Result<std::vector<VaultKeyDto>> list_keys(Call& call) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    const auto keys = app::vault::list_keys(call.context.store(), *id);
    if (!keys) return std::unexpected(keys.error());
    std::vector<VaultKeyDto> list;
    for (const auto& status : *keys) list.push_back(dto_of(status.key, status.cards, status.kek_id));
    return list;
}

Result<ErasedVaultOwnerDto> erase_owner(Call& call, const EraseVaultOwnerDto& dto) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    const auto erased = app::vault::erase_owner(
        call.context, *id,
        {false, {}, dto.relational_id1, dto.relational_id2.value_or(""), dto.relational_id3.value_or("")});
    if (!erased) return std::unexpected(erased.error());
    return ErasedVaultOwnerDto{*erased};
}

Result<Paged<VaultAuditItemDto>> list_audit(Call& call, const Query<VaultAuditListQuery>& query) {
    const auto id = merchant_id(call);
    if (!id) return std::unexpected(id.error());
    const auto merchant = app::vault::find_merchant(call.context.store(), *id);
    if (!merchant) return std::unexpected(merchant.error());
    auto wish = page_wish(query.value, sortable_records);
    if (!wish) return std::unexpected(std::move(wish.error()));
    std::vector conditions{
        where<&AuditRecord::topic>(core::audit::Topic::vault),
        where<&AuditRecord::subject_key>(app::ports::Compare::starts_with, std::to_string(id->value) + '/')};
    if (query.value.action) conditions.push_back(where<&AuditRecord::action>(*query.value.action));
    if (query.value.subject) conditions.push_back(where<&AuditRecord::subject>(*query.value.subject));
    const auto page = app::ports::page_of<AuditRecord>(call.context.store(), std::move(conditions), *wish,
                                                       {member_name<&AuditRecord::id>, true});
    if (!page) return std::unexpected(page.error());
    Paged<VaultAuditItemDto> list{page->total_count, {}, page->next_cursor};
    for (const AuditRecord& r : page->rows)
        list.items.push_back({r.id, r.subject, r.subject_key, r.action, r.service_name, r.property_changes, r.user_name,
                              r.client_ip_address, r.correlation_id, r.execution_time});
    return list;
}

Result<ImportedVaultBinsDto> import_bins(Call& call, const VaultBinTableDto& dto) {
    auto table = app::vault::read_bin_table(dto.csv);
    if (!table.problems.empty()) {
        FieldErrors errors;
        for (const auto& problem : table.problems) {
            const std::string line = std::to_string(problem.line_no);
            errors.add("csv[" + line + "]", "Line " + line + ": " + problem.why + ".",
                       line + ". satır: " + problem.why + ".");
        }
        return std::move(errors).as_error();
    }
    const auto count = static_cast<std::int64_t>(table.rows.size());
    if (auto done = app::vault::replace_bin_table(call.context, std::move(table.rows)); !done)
        return std::unexpected(std::move(done.error()));
    return ImportedVaultBinsDto{count};
}

template <auto Handler>
constexpr Endpoint row(Method method, std::string_view path, std::string_view operation_id, std::string_view summary,
                       ErrorList errors = {}) {
    return endpoint<Handler>(method, path, operation_id, "Vault", summary, Permission::system, Idempotency::none,
                             errors);
}

constexpr std::array rows{
    row<&list_keys>(get, "/api/v1/system/vault-merchant/{id}/key", "getVaultKeyList",
                    "A merchant's keys, and how many cards are under each", {vault_merchant_not_found}),
    row<&rotate_key>(post, "/api/v1/system/vault-merchant/{id}/key/rotate", "rotateVaultKey",
                     "Give a merchant a new data key; its cards are sealed anew in the background",
                     {vault_merchant_not_found, concurrent_change}),
    row<&erase_owner>(post, "/api/v1/system/vault-merchant/{id}/owner/erase", "eraseVaultOwner",
                      "Erase all cards of an owner", {vault_merchant_not_found, concurrent_change}),
    row<&list_audit>(get, "/api/v1/system/vault-merchant/{id}/audit-log", "getVaultAuditLog",
                     "Who did what with a merchant's cards, newest first", {vault_merchant_not_found, validation}),
    row<&import_bins>(post, "/api/v1/system/vault-bin/import", "importVaultBins", "Replace the BIN table",
                      {concurrent_change}),
};

}  // namespace

std::span<const Endpoint> vault_upkeep_endpoints() { return rows; }

}  // namespace takas::api
