// How a printed card is to be made and sent, as the institution asked. Kept with the card from the day it is ordered;
// printing and delivery read it. Knows no printing office.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/customer/customer.hpp"

namespace takas::core::card {

enum class DeliveryType : std::uint8_t { customer, branch };

struct IssuanceWishes {
    std::optional<std::string> perso_office_code, courier_code;
    std::optional<DeliveryType> delivery_type;
    std::optional<EntityId> card_art_id;
    std::optional<std::string> letter_code;
};

struct DeliveryAddress {
    std::optional<customer::AddressType> type;
    std::string address_line_1;
    std::optional<std::string> address_line_2, address_line_3, district;
    std::optional<std::string> city, state, postal_code, address_code;
    std::optional<std::string> country;
};

struct DeliveryCommunication {
    std::optional<std::string> phone, email;
};

}  // namespace takas::core::card

namespace takas {

template <>
struct EnumNames<core::card::DeliveryType> {
    using E = core::card::DeliveryType;
    static constexpr std::string_view name = "DeliveryType";
    static constexpr std::array values{named(E::customer, "Customer"), named(E::branch, "Branch")};
};
template <>
struct Describe<core::card::IssuanceWishes> {
    using T = core::card::IssuanceWishes;
    static constexpr std::string_view name = "IssuanceDto";
    static constexpr std::array fields{
        field<&T::perso_office_code>("Personalisation office").length(1, 20),
        field<&T::courier_code>("Courier").length(1, 20),
        field<&T::delivery_type>("To the customer or to a branch"),
        field<&T::card_art_id>("Card art, when it is not the card's or the product's"),
        field<&T::letter_code>("Letter that goes with the card").length(1, 20),
    };
};
template <>
struct Describe<core::card::DeliveryAddress> {
    using T = core::card::DeliveryAddress;
    static constexpr std::string_view name = "CardDeliveryAddressDto";
    static constexpr std::array fields{
        field<&T::type>("Kind of address"),
        field<&T::address_line_1>("Street and number").required().length(1, 100).example("Atatürk Bulvarı 12"),
        field<&T::address_line_2>("Second line").length(0, 100),
        field<&T::address_line_3>("Third line").length(0, 100),
        field<&T::district>("District").length(0, 60).example("Çankaya"),
        field<&T::city>("City").length(0, 60).example("Ankara"),
        field<&T::state>("State or region").length(0, 60),
        field<&T::postal_code>("Postal code").length(0, 16).example("06690"),
        field<&T::address_code>("National address code").length(0, 20),
        field<&T::country>("Country: name or ISO 3166-1 code").length(0, 60).example("Turkey"),
    };
};
template <>
struct Describe<core::card::DeliveryCommunication> {
    using T = core::card::DeliveryCommunication;
    static constexpr std::string_view name = "CardDeliveryCommunicationDto";
    static constexpr std::array fields{
        field<&T::phone>("Phone for the courier").length(1, 20).masked().example("+905551112233"),
        field<&T::email>("E-mail for the courier").length(3, 120).masked(),
    };
};

}  // namespace takas
