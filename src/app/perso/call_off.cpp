#include "app/perso/call_off.hpp"

#include "app/perso/orders.hpp"

namespace takas::app::perso {
namespace {

using core::card::Card;
using core::card::CardStatus;
using ports::where;

/// More orders than any card has in its life.
constexpr std::int64_t orders_of_card_max = 1000;

bool is_to_be_used(const Card& card) {
    return card.status == CardStatus::pending_activation || card.status == CardStatus::active ||
           card.status == CardStatus::suspended;
}

/// Each renewal has a later expiry; until it is in use, the piece before it lives on.
bool has_ended(const Card& card, const Issuance& order) {
    return order.expire_date != card.expire_date && order.expire_date != card.previous_expire_date;
}

bool is_at_no_office(PersoStatus status) {
    return status == PersoStatus::requested || status == PersoStatus::waiting || status == PersoStatus::error;
}

}  // namespace

std::optional<std::string> why_not_made(const Card& card, const Issuance& order) {
    if (order.status == PersoStatus::completed || order.status == PersoStatus::cancelled) return {};
    if (!is_to_be_used(card)) return "the card is " + std::string(to_name(card.status));
    if (has_ended(card, order)) return "a renewed card is in use instead";
    return {};
}

Result<ports::Unit> call_off(const Context& context, const Card& card) {
    ports::Unit unit;
    if (!card.barcode) return unit;  // it was never printed
    auto orders = context.store().list<Issuance>(
        {{where<&Issuance::tenant_id>(card.tenant_id), where<&Issuance::token_id>(card.token_id)},
         {{member_name<&Issuance::id>, /*descending=*/true}},
         0,
         orders_of_card_max});
    if (!orders) return std::unexpected(std::move(orders.error()));
    for (Issuance& order : *orders) {
        const auto why = why_not_made(card, order);
        if (!why || !is_at_no_office(order.status)) continue;
        auto moved = move_order(context, unit, std::move(order), card.customer_no,
                                {.to = PersoStatus::cancelled, .description = *why});
        if (!moved) return std::unexpected(std::move(moved.error()));
    }
    return unit;
}

}  // namespace takas::app::perso
