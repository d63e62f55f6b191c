#include "app/cards/card_limit.hpp"

#include <algorithm>

namespace takas::app::cards {

using core::card::Card;
using ports::where;

/// Of one customer and product, those included that were lost and replaced: beyond all use.
constexpr std::int64_t customer_cards_max = 10'000;

Result<void> check_card_limit(const Context& context, const core::product::CardProduct& product,
                              CustomerId customer_id) {
    if (product.max_card_per_customer == 0) return {};
    const auto cards =
        context.store().list<Card>({{where<&Card::tenant_id>(context.tenant_id), where<&Card::customer_id>(customer_id),
                                     where<&Card::card_product_code>(product.code),
                                     where<&Card::status>(ports::Compare::not_equal, core::card::CardStatus::closed)},
                                    {},
                                    0,
                                    customer_cards_max});
    if (!cards) return std::unexpected(cards.error());
    // A card and the one on its way in its place are one.
    const auto is_replaced = [&](const Card& card) {
        return card.replaced_by_token_id &&
               std::ranges::find(*cards, card.replaced_by_token_id, &Card::token_id) != cards->end();
    };
    if (std::ssize(*cards) - std::ranges::count_if(*cards, is_replaced) >= product.max_card_per_customer)
        return fail(ErrorCode::card_limit_reached);
    return {};
}

void guard_customer(Context& context, core::customer::Customer customer) {
    const std::int64_t expected = customer.version++;
    context.unit.update(std::move(customer), expected);
    context.decides_again_on.push_back(ports::table_of<core::customer::Customer>().name);
}

}  // namespace takas::app::cards
