#include "api/fees/card_fee_dto.hpp"
#include "api/fees/endpoints.hpp"
#include "api/framework/etag.hpp"
#include "app/fees/taxes.hpp"
#include "app/ports/tables.hpp"

namespace takas::api {
namespace {

using core::fee::Tax;

Tax tax_of(const CreateUpdateFeeTaxDto& dto) {
    Tax tax;
    tax.name = dto.name;
    tax.rate = dto.rate;
    tax.is_active = dto.is_active.value_or(true);
    return tax;
}

Result<FeeTaxDto> answer_of(Call& call, const Result<Tax>& tax) {
    if (!tax) return std::unexpected(tax.error());
    set_etag(call, tax->version);
    return to_dto(*tax);
}

Result<FeeTaxDto> create_tax(Call& call, const CreateUpdateFeeTaxDto& body) {
    call.on_conflict(app::ports::table_of<Tax>().name, ErrorCode::tax_exists);
    return answer_of(call, app::fees::create_tax(call.context, tax_of(body)));
}

Result<std::vector<FeeTaxDto>> list_taxes(Call& call) {
    const auto taxes = app::fees::list_taxes(call.context);
    if (!taxes) return std::unexpected(taxes.error());
    std::vector<FeeTaxDto> answer;
    for (const Tax& tax : *taxes) answer.push_back(to_dto(tax));
    return answer;
}

Result<FeeTaxDto> get_tax(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::tax_not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(call, app::fees::get_tax(call.context, *id));
}

Result<FeeTaxDto> update_tax(Call& call, const CreateUpdateFeeTaxDto& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::tax_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    return answer_of(call, app::fees::update_tax(call.context, *id, tax_of(body), *seen));
}

Result<NoContent> delete_tax(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::tax_not_found);
    if (!id) return std::unexpected(id.error());
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    if (auto done = app::fees::delete_tax(call.context, *id, *seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

using enum Method;

constexpr std::array rows{
    with_etag(endpoint<&create_tax>(post, "/api/v1/issuing/fee-management/tax", "createFeeTax", "Fee",
                                    "Add a tax that is on every fee", Permission::fee_write, Idempotency::accepted,
                                    {ErrorCode::tax_exists, ErrorCode::too_many_controls})),
    endpoint<&list_taxes>(get, "/api/v1/issuing/fee-management/tax", "getFeeTaxList", "Fee", "List the taxes on fees",
                          Permission::fee_read, Idempotency::none),
    with_etag(endpoint<&get_tax>(get, "/api/v1/issuing/fee-management/tax/{id}", "getFeeTax", "Fee",
                                 "Get a tax on fees", Permission::fee_read, Idempotency::none,
                                 {ErrorCode::tax_not_found})),
    with_if_match(with_etag(
        endpoint<&update_tax>(put, "/api/v1/issuing/fee-management/tax/{id}", "updateFeeTax", "Fee",
                              "Change a tax on fees", Permission::fee_write, Idempotency::none,
                              {ErrorCode::tax_not_found, ErrorCode::tax_exists, ErrorCode::concurrent_change}))),
    with_if_match(endpoint<&delete_tax>(del, "/api/v1/issuing/fee-management/tax/{id}", "deleteFeeTax", "Fee",
                                        "Delete a tax; what was charged stays", Permission::fee_write,
                                        Idempotency::none, {ErrorCode::tax_not_found, ErrorCode::concurrent_change})),
};

}  // namespace

std::span<const Endpoint> fee_tax_endpoints() { return rows; }

}  // namespace takas::api
