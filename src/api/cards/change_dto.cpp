#include "api/cards/change_dto.hpp"

namespace takas::api {

CardPolicyResponseDto to_dto(TokenId token_id, const app::cards::EffectivePolicy& effective) {
    const core::product::CardPolicy& p = effective.policy;
    return {token_id,
            p.domestic.value_or(core::product::PolicyFlags{}),
            p.international.value_or(core::product::PolicyFlags{}),
            p.require_3d_secure.value_or(false),
            p.online_pin_required.value_or(false),
            p.active_from,
            p.active_to,
            effective.sources};
}

std::string text_of(ErrorCode code, app::Language language) {
    const ErrorRow& row = error_row(code);
    return std::string(language == app::Language::turkish ? row.turkish : row.english);
}

}  // namespace takas::api
