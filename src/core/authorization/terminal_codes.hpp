// What a message says about its terminal and its 3-D Secure channel (contract section 8; Mastercard DE 61 and
// DE 48.42). Taken from messages and carried; no rule looks at them yet.
#pragma once

#include <array>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::authorization {

enum class TerminalPinCapability : std::uint8_t {
    unknown = 0,
    pin_entry = 1,
    no_pin_entry = 2,
    software_based_pin = 3,
    pin_pad_inoperative = 8,
};

/// Mastercard DE 61, subfield 10.
enum class CardholderActivatedTerminalLevel : std::uint8_t {
    not_cat = 0,
    automated_dispensing_machine = 1,
    self_service = 2,
    limited_amount = 3,
    in_flight = 4,
    scrip_device = 5,
    electronic_commerce = 6,
    transponder = 7,
    reserved = 8,
    mobile_pos = 9,
};

/// Mastercard DE 48.42, positions 1 and 2.
enum class SliChannel : std::uint8_t { channel = 21, digital_secure_remote_payment = 24, no_security_protocol = 91 };

/// Mastercard DE 48.42, position 3.
enum class SliUcafStatusCode : std::uint8_t {
    not_supported = 0,
    attempted_not_populated = 1,
    fully_authenticated = 2,
    static_aav = 3,
    data_only = 4,
    issuer_risk_based = 5,
    merchant_risk_based = 6,
    recurring_or_partial_shipment = 7,
};

}  // namespace takas::core::authorization

namespace takas {

template <>
struct EnumNames<core::authorization::TerminalPinCapability> {
    using E = core::authorization::TerminalPinCapability;
    static constexpr std::string_view name = "TerminalPinCapability";
    static constexpr std::array values{
        named(E::unknown, "Unknown"), named(E::pin_entry, "PinEntry"), named(E::no_pin_entry, "NoPinEntry"),
        named(E::software_based_pin, "SoftwareBasedPin"), named(E::pin_pad_inoperative, "PinPadInoperative")};
};
template <>
struct EnumNames<core::authorization::CardholderActivatedTerminalLevel> {
    using E = core::authorization::CardholderActivatedTerminalLevel;
    static constexpr std::string_view name = "CardholderActivatedTerminalLevel";
    static constexpr std::array values{named(E::not_cat, "NotCat"),
                                       named(E::automated_dispensing_machine, "AutomatedDispensingMachine"),
                                       named(E::self_service, "SelfService"),
                                       named(E::limited_amount, "LimitedAmount"),
                                       named(E::in_flight, "InFlight"),
                                       named(E::scrip_device, "ScripDevice"),
                                       named(E::electronic_commerce, "ElectronicCommerce"),
                                       named(E::transponder, "Transponder"),
                                       named(E::reserved, "Reserved"),
                                       named(E::mobile_pos, "MobilePos")};
};
template <>
struct EnumNames<core::authorization::SliChannel> {
    using E = core::authorization::SliChannel;
    static constexpr std::string_view name = "SLIChannel";
    static constexpr std::array values{named(E::channel, "Channel"),
                                       named(E::digital_secure_remote_payment, "DigitalSecureRemotePayment"),
                                       named(E::no_security_protocol, "NoSecurityProtocol")};
};
template <>
struct EnumNames<core::authorization::SliUcafStatusCode> {
    using E = core::authorization::SliUcafStatusCode;
    static constexpr std::string_view name = "SLIUcafStatusCode";
    static constexpr std::array values{named(E::not_supported, "NotSupported"),
                                       named(E::attempted_not_populated, "AttemptedNotPopulated"),
                                       named(E::fully_authenticated, "FullyAuthenticated"),
                                       named(E::static_aav, "StaticAav"),
                                       named(E::data_only, "DataOnly"),
                                       named(E::issuer_risk_based, "IssuerRiskBased"),
                                       named(E::merchant_risk_based, "MerchantRiskBased"),
                                       named(E::recurring_or_partial_shipment, "RecurringOrPartialShipment")};
};

}  // namespace takas
