#include "app/cards/card_limit.hpp"

namespace takas::app::cards {

using core::card::Card;
using ports::where;

Result<void> check_card_limit(const Context& context, const core::product::CardProduct& product,
                              CustomerId customer_id) {
    if (product.max_card_per_customer == 0) return {};
    const auto cards = context.store().count_of<Card>(
        std::array{where<&Card::tenant_id>(context.tenant_id), where<&Card::customer_id>(customer_id),
                   where<&Card::card_product_code>(product.code),
                   where<&Card::status>(ports::Compare::not_equal, core::card::CardStatus::closed),
                   where<&Card::replaced_by_token_id>(TokenId{})});
    if (!cards) return std::unexpected(cards.error());
    if (*cards >= product.max_card_per_customer) return fail(ErrorCode::card_limit_reached);
    return {};
}

void guard_customer(Context& context, core::customer::Customer customer) {
    const std::int64_t expected = customer.version++;
    context.unit.update(std::move(customer), expected);
    context.decides_again_on.push_back(ports::table_of<core::customer::Customer>().name);
}

}  // namespace takas::app::cards
