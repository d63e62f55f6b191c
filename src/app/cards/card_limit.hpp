// How many cards of a product one customer may have, also when several are issued or linked at once: who counts guards
// the customer's row, so that the second counts again.
#pragma once

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::cards {

/// Closed cards and those in whose place another one was issued do not count. Error: card_limit_reached.
Result<void> check_card_limit(const Context& context, const core::product::CardProduct& product,
                              CustomerId customer_id);

/// What was decided on this customer's cards must still hold at the commit: who issues to the same customer meanwhile
/// decides again.
void guard_customer(Context& context, core::customer::Customer customer);

}  // namespace takas::app::cards
