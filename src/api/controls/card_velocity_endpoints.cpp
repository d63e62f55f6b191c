// A card's own limits in place of those of velocity controls.
#include "api/controls/card_velocity_dto.hpp"
#include "api/controls/endpoints.hpp"

namespace takas::api {

VelocityLimitDto to_dto(const app::controls::CardLimit& one) {
    const core::control::VelocityLimit& limit = one.limit;
    return {limit.velocity_check_id,
            one.control.name,
            one.control.period,
            one.control.currency,
            limit.limit_amount ? limit.limit_amount : one.control.limit_amount,
            limit.limit_count ? limit.limit_count : one.control.limit_count,
            limit.effective_from,
            limit.effective_to};
}

namespace {

std::vector<VelocityLimitDto> dtos_of(const std::vector<app::controls::CardLimit>& limits) {
    std::vector<VelocityLimitDto> answer;
    for (const app::controls::CardLimit& one : limits) answer.push_back(to_dto(one));
    return answer;
}

Result<std::vector<VelocityLimitDto>> set_card_velocity(Call& call, const CardVelocityRequestDto& body) {
    const auto limits = app::controls::set_card_limit(call.context, body.token_id, limit_of(body));
    if (!limits) return std::unexpected(limits.error());
    return dtos_of(*limits);
}

Result<std::vector<VelocityLimitDto>> get_card_velocity(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    const auto limits = app::controls::card_limits(call.context, *id);
    if (!limits) return std::unexpected(limits.error());
    return dtos_of(*limits);
}

Result<NoContent> delete_card_velocity(Call& call) {
    const auto id = call.path_id<TokenId>("tokenId", ErrorCode::card_not_found);
    if (!id) return std::unexpected(id.error());
    const auto control = call.path_id<EntityId>("velocityCheckId", ErrorCode::card_velocity_not_found);
    if (!control) return std::unexpected(control.error());
    if (auto done = app::controls::delete_card_limit(call.context, *id, *control); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view tag = "VelocityControl";

constexpr std::array rows{
    endpoint<&set_card_velocity>(post, "/api/v1/issuing/velocity-control/card", "setCardVelocity", tag,
                                 "Give a card a limit of its own, or replace it; answers all it has",
                                 Permission::control_write, Idempotency::none,
                                 {card_not_found, card_wrong_status, control_not_found, control_limit_missing,
                                  control_dates_reversed, card_limit_exceeds, too_many_controls}),
    endpoint<&get_card_velocity>(get, "/api/v1/issuing/velocity-control/card/{tokenId}", "getCardVelocity", tag,
                                 "List a card's own limits", Permission::control_read, Idempotency::none,
                                 {card_not_found}),
    endpoint<&delete_card_velocity>(del, "/api/v1/issuing/velocity-control/card/{tokenId}/{velocityCheckId}",
                                    "deleteCardVelocity", tag, "Take a card's own limit back",
                                    Permission::control_write, Idempotency::none,
                                    {card_not_found, card_velocity_not_found}),
};

}  // namespace

std::span<const Endpoint> card_velocity_endpoints() { return rows; }

}  // namespace takas::api
