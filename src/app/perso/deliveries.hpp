// Shipments of made cards, and what couriers report. A shipment that has failed closes a card that was never activated:
// both in one commit, in the lane of the card's account, so that neither is ever seen without the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/context/context.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

using core::perso::Delivery;
using core::perso::DeliveryStatus;

/// Newest first. Error: card_not_found.
Result<std::vector<Delivery>> deliveries_of_card(const Context& context, TokenId token_id);

struct WantedDeliveryStatus {
    std::string barcode;
    DeliveryStatus status{};
    std::string description{};
    std::optional<std::string> receiver_name{}, receiver_relation{}, branch{}, courier_no{};
    std::optional<Instant> happened_at{};  ///< as the courier says; now unless told
};
/// Committed when it returns. The status it has already changes nothing; with a time, neither does one that it has had
/// at that time.
/// Errors: validation (a text holds a card number, a time before the order or the last status), shipment_not_found,
/// delivery_transition_not_allowed, card_wrong_status (a closed card is not sent again), unavailable, outcome_unknown.
Result<Delivery> change_delivery_status(Context& context, const WantedDeliveryStatus& wanted);

struct Reported {
    Delivery delivery;
    bool was_known = false;  ///< it changed nothing
};
/// The same, for whoever counts.
Result<Reported> take_report(Context& context, const WantedDeliveryStatus& wanted);

}  // namespace takas::app::perso
