// The way of a made card to whoever receives it: one shipment per order, found by the barcode on its envelope. Knows
// how far it is, not what its end means for the card.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/issuance.hpp"

namespace takas::core::perso {

enum class DeliveryStatus : std::uint8_t {
    created,
    handed_to_courier,
    in_transit,
    out_for_delivery,
    delivered,
    customer_not_found,
    address_invalid,
    returned,
    destroyed,
    cancelled,
};

struct DeliveryStep {
    DeliveryStatus old_status{};
    DeliveryStatus new_status{};
    Instant date_time;
    std::string user_id;
};

struct Delivery {
    TenantId tenant_id;
    std::string barcode;
    EntityId issuance_id;
    AccountId account_id;
    TokenId token_id;
    std::string masked_card_no;
    std::string courier_code;
    std::string courier_no;  ///< the courier's own number of the shipment; "" while unknown
    DeliveryStatus status{};
    std::string status_description;
    Instant status_time;
    std::string receiver_name;
    std::string receiver_relation;
    std::string branch;
    std::int16_t not_found_count = 0;  ///< visits of this sending at which nobody took it
    std::optional<card::DeliveryAddress> delivery_address;
    Instant creation_time;
    std::vector<DeliveryStep> history;
    std::int64_t version = 1;
};

}  // namespace takas::core::perso

namespace takas {

template <>
struct EnumNames<core::perso::DeliveryStatus> {
    using E = core::perso::DeliveryStatus;
    static constexpr std::string_view name = "DeliveryStatus";
    static constexpr std::array values{named(E::created, "Created"),
                                       named(E::handed_to_courier, "HandedToCourier"),
                                       named(E::in_transit, "InTransit"),
                                       named(E::out_for_delivery, "OutForDelivery"),
                                       named(E::delivered, "Delivered"),
                                       named(E::customer_not_found, "CustomerNotFound"),
                                       named(E::address_invalid, "AddressInvalid"),
                                       named(E::returned, "Returned"),
                                       named(E::destroyed, "Destroyed"),
                                       named(E::cancelled, "Cancelled")};
};
template <>
struct Describe<core::perso::DeliveryStep> {
    using T = core::perso::DeliveryStep;
    static constexpr std::string_view name = "DeliveryStep";
    static constexpr auto& fields = columns<&T::old_status, &T::new_status, &T::date_time, &T::user_id>;
};
template <>
struct Describe<core::perso::Delivery> {
    using T = core::perso::Delivery;
    static constexpr std::string_view name = "Delivery";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::barcode, &T::issuance_id, &T::account_id, &T::token_id, &T::masked_card_no,
                &T::courier_code, &T::courier_no, &T::status, &T::status_description, &T::status_time,
                &T::receiver_name, &T::receiver_relation, &T::branch, &T::not_found_count, &T::delivery_address,
                &T::creation_time, &T::history, &T::version>;
};

}  // namespace takas
