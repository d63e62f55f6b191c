// A card's own limits, kept with the card: they replace the limit of the same velocity control and add no second
// counter.
#pragma once

#include <optional>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::control {

/// In place of the values of one velocity control; what is absent stays the control's.
struct VelocityLimit {
    EntityId velocity_check_id;
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<Date> effective_from, effective_to;
    friend bool operator==(const VelocityLimit&, const VelocityLimit&) = default;
};

}  // namespace takas::core::control

namespace takas {

template <>
struct Describe<core::control::VelocityLimit> {
    using T = core::control::VelocityLimit;
    static constexpr std::string_view name = "CardVelocityLimit";
    static constexpr auto& fields =
        columns<&T::velocity_check_id, &T::limit_amount, &T::limit_count, &T::effective_from, &T::effective_to>;
};
}  // namespace takas
