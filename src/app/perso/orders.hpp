// Orders of printed cards: found, listed, and moved on by whoever makes the cards. Changes fill the context's unit; the
// caller commits it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/context/context.hpp"
#include "app/ports/page.hpp"
#include "app/ports/tables.hpp"

namespace takas::app::perso {

using core::perso::Issuance;
using core::perso::PersoStatus;

/// Error: issuance_not_found, also for another institution's.
Result<Issuance> get_order(const Context& context, EntityId id);
/// The order of an envelope; nothing when no order has this barcode.
Result<std::optional<Issuance>> order_of_barcode(const Context& context, std::string_view barcode);

struct OrderQuery {
    std::optional<TokenId> token_id{};
    std::optional<std::string> perso_office_code{};
    std::optional<PersoStatus> status{};
    std::optional<Date> ordered_from{}, ordered_to{};  ///< to: included
    ports::PageWish page{};                            ///< usual order: newest first
};
Result<ports::PageOf<Issuance>> list_orders(const Context& context, const OrderQuery& query);

struct WantedOrderStatus {
    EntityId id;
    PersoStatus status{};
    std::optional<std::string> perso_office_code{}, courier_code{};  ///< with waiting only
    std::string courier_no{};                                        ///< with completed only: of the shipment
    std::string description{};
};
/// The status it has already changes nothing: who hears no answer asks again. Errors: issuance_not_found, validation,
/// perso_transition_not_allowed, perso_office_missing, card_wrong_status (call_off.hpp: it can only fail or be
/// cancelled).
Result<Issuance> change_order_status(Context& context, const WantedOrderStatus& wanted);

struct OrderMove {
    PersoStatus to{};
    std::string description{};
    std::string courier_no{};
};
/// Moves an order as it is stored on: order, event, its line in the office's file, and when it is completed its
/// delivery and that one's event. Errors: those of core::perso::change_status.
Result<Issuance> move_order(const Context& context, ports::Unit& unit, Issuance stored, const std::string& customer_no,
                            const OrderMove& move);

}  // namespace takas::app::perso
