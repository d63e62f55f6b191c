// Orders the making of a printed card, in the commit that creates, renews or reissues it:
//
//   auto order = perso::order_issuance(context, card, product, IssuanceType::new_card);   // gives the card its barcode
//   unit.insert(card); unit.insert(events::card_created(card));
//   if (order) perso::add(unit, std::move(*order));     // after the card's own event; `unit` may be a lane::Work
//
// The office and the courier are those of the card's wishes, else those of the product's form. An order whose office is
// known waits for its next file at once; without one it stays Requested until somebody names it.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

struct Order {
    core::perso::Issuance issuance;
    std::vector<core::event::DomainEvent> events;  ///< PersoCreated, then Requested -> Waiting
};

/// Nothing for a card that is not printed. The card is as it will be made: token, number, expiry, names and address;
/// its barcode is set.
std::optional<Order> order_issuance(Context& context, core::card::Card& card, const core::product::CardProduct& product,
                                    core::perso::IssuanceType type);

/// Puts the order into a unit, or into a lane's work.
template <class Unit>
void add(Unit& unit, Order order) {
    unit.insert(std::move(order.issuance));
    for (core::event::DomainEvent& event : order.events) unit.insert(std::move(event));
}

}  // namespace takas::app::perso
