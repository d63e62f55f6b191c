// Which PINs are too easy to guess. Pure; runs inside the HSM, the only place where a clear PIN is.
#pragma once

#include <string_view>

#include "core/key/pin_terms.hpp"

namespace takas::core::key {

/// `pin` in decimal digits.
bool is_weak_pin(std::string_view pin, const PinRules& rules);
bool has_allowed_length(std::string_view pin, const PinRules& rules);

}  // namespace takas::core::key
