#include "core/key/pin_rules.hpp"

#include <algorithm>

namespace takas::core::key {
namespace {

/// Every digit follows the one before it by `step`, around the end.
bool is_run(std::string_view pin, int step) {
    for (std::size_t i = 1; i < pin.size(); ++i)
        if ((pin[i] - pin[i - 1] - step) % 10 != 0) return false;
    return true;
}

}  // namespace

bool is_weak_pin(std::string_view pin, const PinRules& rules) {
    if (rules.refuse_repeated && is_run(pin, 0)) return true;
    if (rules.refuse_runs && (is_run(pin, 1) || is_run(pin, -1))) return true;
    return std::ranges::find(rules.weak_pins, pin) != rules.weak_pins.end();
}

bool has_allowed_length(std::string_view pin, const PinRules& rules) {
    const std::size_t least = std::max(rules.digits_min, pin_digits_min);
    const std::size_t most = std::min(rules.digits_max, pin_digits_max);
    return pin.size() >= least && pin.size() <= most;
}

}  // namespace takas::core::key
