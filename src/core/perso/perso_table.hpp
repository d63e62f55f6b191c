// Which status an order may go to, and a shipment: the published tables (contract 10.3, 10.4) as tables, and the record
// in its new status. Pure: who asks and when arrive as values; events and the card are the caller's.
#pragma once

#include <span>
#include <string>

#include "base/error.hpp"
#include "core/perso/delivery.hpp"
#include "core/perso/issuance.hpp"

namespace takas::core::perso {

struct PersoEdge {
    PersoStatus from;
    PersoStatus to;
};
std::span<const PersoEdge> perso_edges();

struct PersoChange {
    PersoStatus to{};
    std::string description{};  ///< why it failed or was called off
    std::string changed_by;
    Instant changed_at;
};
/// Errors: perso_transition_not_allowed (data: what the table allows from here), perso_office_missing (nothing waits
/// for an office that is not known).
Result<Issuance> change_status(Issuance issuance, const PersoChange& change);

struct DeliveryEdge {
    DeliveryStatus from;
    DeliveryStatus to;
};
std::span<const DeliveryEdge> delivery_edges();

/// After so many visits in vain nothing but the way back is left.
inline constexpr std::int16_t not_found_max = 3;

struct DeliveryChange {
    DeliveryStatus to{};
    std::string description{};
    std::string changed_by;
    Instant changed_at;
};
/// Error: delivery_transition_not_allowed (data: what the table allows from here).
Result<Delivery> change_status(Delivery delivery, const DeliveryChange& change);

/// It did not arrive and is not on its way again.
constexpr bool has_failed(DeliveryStatus status) {
    return status == DeliveryStatus::returned || status == DeliveryStatus::destroyed;
}

/// The barcode of an order: "TK", the order's id in 16 digits, a check digit as GS1 computes it over these digits.
std::string barcode_of(EntityId issuance_id);

}  // namespace takas::core::perso
