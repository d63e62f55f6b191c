// The words for PINs: block formats, verification methods, what an institution's product accepts as a PIN.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::key {

/// ISO 9564-1 PIN block formats. Formats 0, 3 and 4 are bound to the card number; 1 and 2 are not. 4 needs AES.
enum class PinFormat : std::uint8_t { iso0, iso1, iso2, iso3, iso4 };

enum class PinMethod : std::uint8_t {
    visa_pvv,  ///< reference value: 4 digits
    ibm_3624,  ///< reference value: an offset as long as the PIN
};

/// ISO 9564-1: a PIN has 4 to 12 digits.
inline constexpr std::size_t pin_digits_min = 4;
inline constexpr std::size_t pin_digits_max = 12;
/// A longer list of refused PINs is a mistake, and it is walked for every new PIN.
inline constexpr std::size_t weak_pins_max_count = 1000;

/// What may become a PIN.
struct PinRules {
    std::size_t digits_min = pin_digits_min;
    std::size_t digits_max = pin_digits_max;
    bool refuse_repeated = true;               ///< 1111
    bool refuse_runs = true;                   ///< 1234, 9876, also around the end: 8901
    std::span<const std::string> weak_pins{};  ///< refused besides, whole PINs
};

}  // namespace takas::core::key

namespace takas {

template <>
struct EnumNames<core::key::PinFormat> {
    using E = core::key::PinFormat;
    static constexpr std::string_view name = "PinBlockFormat";
    static constexpr std::array values{named(E::iso0, "Iso0"), named(E::iso1, "Iso1"), named(E::iso2, "Iso2"),
                                       named(E::iso3, "Iso3"), named(E::iso4, "Iso4")};
};
template <>
struct EnumNames<core::key::PinMethod> {
    using E = core::key::PinMethod;
    static constexpr std::string_view name = "PinMethod";
    static constexpr std::array values{named(E::visa_pvv, "VisaPvv"), named(E::ibm_3624, "Ibm3624")};
};

}  // namespace takas
