// What a card has used of the velocity controls that concern it, and what is left.
#include "api/controls/card_velocity_dto.hpp"
#include "api/controls/endpoints.hpp"

namespace takas::api {

VelocityControlsDto to_dto(const app::controls::Used& used) {
    VelocityControlsDto dto;
    dto.velocity_check_id = used.velocity_check_id;
    dto.name = used.name;
    dto.period = used.period;
    dto.level = static_cast<VelocityLevel>(used.level);
    dto.is_card_limit = used.is_card_limit;
    dto.is_conditional = used.is_conditional;
    dto.limit = {used.velocity_check_id, used.name,        used.period, used.currency,
                 used.limit_amount,      used.limit_count, {},          {}};
    dto.used = {used.used_amount, used.used_count};
    dto.available = {used.available_amount, used.available_count};
    dto.period_start = used.period_start;
    dto.period_end = used.period_end;
    return dto;
}

namespace {

Result<std::vector<VelocityControlsDto>> get_card_limits(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    const auto limits = app::controls::used_limits(call.context, *id);
    if (!limits) return std::unexpected(limits.error());
    std::vector<VelocityControlsDto> answer;
    for (const app::controls::Used& one : *limits) answer.push_back(to_dto(one));
    return answer;
}

constexpr std::array rows{
    endpoint<&get_card_limits>(Method::get, "/api/v1/issuing/velocity-control/card/{tokenId}/limits",
                               "getCardVelocityLimits", "VelocityControl",
                               "List what a card has used of the velocity controls that concern it",
                               Permission::control_read, Idempotency::none, {ErrorCode::card_not_found}),
};

}  // namespace

std::span<const Endpoint> used_limit_endpoints() { return rows; }

}  // namespace takas::api
