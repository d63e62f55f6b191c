#include "app/system/card_bins.hpp"

#include "api/system/handlers.hpp"
#include "api/system/paged_list.hpp"

namespace takas::api::system {

using core::product::CardBin;
using core::product::CardBrand;

namespace {

constexpr std::int16_t usual_length = 16;
constexpr std::int16_t amex_length = 15;

constexpr std::array sortable{SortColumn{"id", member_name<&CardBin::id>},
                              SortColumn{"bin", member_name<&CardBin::bin>},
                              SortColumn{"tenantId", member_name<&CardBin::tenant_id>}};

CardBinDetailDto to_dto(const CardBin& bin) {
    return {bin.id,        bin.tenant_id, bin.bin,      bin.brand,   bin.card_dci,
            bin.card_type, bin.length,    bin.currency, bin.country, bin.is_active};
}

Result<CardBinDetailDto> to_dto(Result<CardBin> bin) {
    if (!bin) return std::unexpected(std::move(bin.error()));
    return to_dto(*bin);
}

/// What creating and changing a BIN have in common.
CardBin from_dto(const auto& dto) {
    CardBin bin;
    bin.brand = dto.brand;
    bin.card_dci = dto.card_dci;
    bin.card_type = dto.card_type.value_or("");
    bin.currency = dto.currency;
    bin.country = dto.country;
    bin.is_active = dto.is_active.value_or(true);
    return bin;
}

Result<EntityId> id_of(const Call& call) { return call.path_id<EntityId>("id", ErrorCode::bin_not_found); }

}  // namespace

Result<CardBinDetailDto> create_card_bin(Call& call, const CreateCardBinDto& dto) {
    CardBin bin = from_dto(dto);
    bin.tenant_id = dto.tenant_id;
    bin.bin = dto.bin;
    bin.length = dto.length.value_or(dto.brand == CardBrand::amex ? amex_length : usual_length);
    return to_dto(app::system::create_card_bin(call.context, std::move(bin)));
}

Result<Paged<CardBinDetailDto>> list_card_bins(Call& call, const Query<CardBinListQuery>& query) {
    std::vector<app::ports::Condition> conditions;
    filter<&CardBin::tenant_id>(conditions, query.value.tenant_id);
    filter<&CardBin::bin>(conditions, query.value.bin, app::ports::Compare::starts_with);
    return paged_list<CardBin, CardBinListQuery, CardBinDetailDto>(call.context.store(), query.value,
                                                                   std::move(conditions), sortable, to_dto);
}

Result<CardBinDetailDto> get_card_bin(Call& call) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::find_card_bin(call.context.store(), *id));
}

Result<CardBinDetailDto> update_card_bin(Call& call, const UpdateCardBinDto& dto) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    return to_dto(app::system::change_card_bin(call.context, *id, from_dto(dto)));
}

Result<NoContent> delete_card_bin(Call& call) {
    const auto id = id_of(call);
    if (!id) return std::unexpected(id.error());
    auto done = app::system::delete_card_bin(call.context, *id);
    if (!done) return std::unexpected(std::move(done.error()));
    return NoContent{};
}

}  // namespace takas::api::system
