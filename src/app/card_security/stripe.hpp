// Where the CVV stands on our stripes (docs/operating/perso.md): behind PVKI and PVV in the discretionary data.
#pragma once

#include <string_view>

namespace takas::app::card_security {

inline constexpr std::size_t cvv_in_discretionary_at = 5, cvv_digits = 3;

/// A view into the discretionary data; empty when it is too short.
constexpr std::string_view cvv_of(std::string_view discretionary) {
    if (discretionary.size() < cvv_in_discretionary_at + cvv_digits) return {};
    return discretionary.substr(cvv_in_discretionary_at, cvv_digits);
}

/// A view into the track; empty when it is none.
std::string_view cvv_of_track2(std::string_view track2);

}  // namespace takas::app::card_security
