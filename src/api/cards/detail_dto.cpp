#include "api/cards/detail_dto.hpp"

#include "app/cards/policy.hpp"
#include "app/customers/customers.hpp"
#include "app/products/products.hpp"
#include "base/optional_text.hpp"

namespace takas::api {
namespace {

using core::card::Card;
using core::product::CardPolicy;
using core::product::CardProduct;

CustomerInfoDto info_of(const core::customer::Customer& c) {
    return {c.customer_no, c.name, optional_text(c.midname), optional_text(c.surname),
            c.segment_id ? std::optional(c.segment_id) : std::nullopt};
}

CardPolicyInfoDto policy_of(const Card& card, const std::optional<CardPolicy>& product_policy) {
    const CardPolicy policy = app::cards::effective_policy(card.policy, product_policy).policy;
    return {policy.domestic,    policy.international, policy.require_3d_secure, policy.online_pin_required,
            policy.active_from, policy.active_to};
}

CardAccountStatisticInfoDto to_dto(const app::cards::CardStatistics& s) {
    using app::cards::Spending;
    const auto count = [](const std::optional<Spending>& period) {
        return period ? std::optional(period->count) : std::nullopt;
    };
    const auto amount = [&](const std::optional<Spending>& period) {
        return period ? std::optional(decimal_of(period->minor, s.currency)) : std::nullopt;
    };
    return {count(s.daily), amount(s.daily), count(s.monthly),        amount(s.monthly),
            count(s.total), amount(s.total), s.last_transaction_time, s.currency};
}

CardPhysicalInfoDto physical_of(const Card& card, const std::optional<CardProduct>& product) {
    CardPhysicalInfoDto dto{EntityId{card.token_id.value},
                            card.product_type,
                            card.pan_sequence_no,
                            card.expire_date,
                            std::nullopt,
                            card.barcode,
                            card.status,
                            card.renewed_at.value_or(card.creation_time)};
    if (!product) return dto;
    for (const auto& form : product->physicals)
        if (form.physical_type == card.product_type) dto.service_code = form.service_code;
    return dto;
}

Result<void> add_counters(const app::Context& context, const Card& card, CardDetailDto& dto) {
    using app::ports::where;
    using core::card::CardSecurity;
    const auto security = context.store().find<CardSecurity>(
        {where<&CardSecurity::account_id>(card.account_id), where<&CardSecurity::token_id>(card.token_id)});
    if (!security) return std::unexpected(security.error());
    if (!*security) return {};
    dto.pin_try_count = (*security)->pin_try_count, dto.pin_blocked = (*security)->is_pin_blocked;
    dto.cvv2_try_count = (*security)->cvv2_try_count, dto.cvv2_blocked = (*security)->is_cvv2_blocked;
    // As on this card: the product may have changed since.
    if (!(*security)->service_code.empty()) dto.physical.service_code = (*security)->service_code;
    return {};
}

}  // namespace

Result<CardDetailDto> detail_of(const app::Context& context, const Card& card) {
    CardDetailDto dto;
    dto.card = to_dto(card);
    if (!card.customer_no.empty()) {
        const auto customer = app::customers::get(context, card.customer_no);
        if (!customer) return std::unexpected(customer.error());
        dto.customer = info_of(*customer);
    }
    const auto product = app::products::get_product(context, card.card_product_code);
    if (!product && product.error().code != ErrorCode::product_not_found) return std::unexpected(product.error());
    const auto known_product = product ? std::optional(*product) : std::nullopt;
    dto.product = {card.card_product_code, known_product ? known_product->name : card.card_product_name, card.card_dci,
                   card.brand, card.product_type};
    dto.status_info = {card.status, card.status_reason, optional_text(card.status_description), card.status_changed_at,
                       card.status_changed_by};
    dto.physical = physical_of(card, known_product);
    if (card.parent_token_id) {
        const auto parent = app::cards::get_card(context, card.parent_token_id);
        if (!parent) return std::unexpected(parent.error());
        dto.parent = CardParentDto{parent->token_id, parent->masked_card_no};
    }
    if (auto counted = add_counters(context, card, dto); !counted) return std::unexpected(std::move(counted.error()));
    dto.policy = policy_of(card, known_product ? known_product->policy : std::nullopt);
    const auto statistics = app::cards::statistics_of(context, card);
    if (!statistics) return std::unexpected(statistics.error());
    dto.statistics = to_dto(*statistics);
    dto.last_transaction_time = statistics->last_transaction_time;
    return dto;
}

}  // namespace takas::api
