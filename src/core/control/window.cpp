#include "core/control/window.hpp"

namespace takas::core::control {
namespace {

/// 1970-01-01 was a Thursday.
std::int32_t monday_of(Date date) {
    const std::int32_t since_monday = (date.value % 7 + 7 + 3) % 7;
    return date.value - since_monday;
}

std::int32_t first_of(int year, unsigned month) { return make_date(year, month, 1)->value; }

}  // namespace

RollingSteps rolling_steps(VelocityPeriod period) {
    if (period == VelocityPeriod::rolling_24_hours) return {5 * 60, 24 * 12};
    if (period == VelocityPeriod::rolling_30_days) return {60 * 60, 30 * 24};
    return {};
}

std::int32_t window_of(VelocityPeriod period, Date business_date, Instant decided_at) {
    const auto day = civil(business_date);
    switch (period) {
        case VelocityPeriod::daily:
            return business_date.value;
        case VelocityPeriod::weekly:
            return monday_of(business_date);
        case VelocityPeriod::monthly:
            return first_of(day.year, day.month);
        case VelocityPeriod::yearly:
            return first_of(day.year, 1);
        case VelocityPeriod::rolling_24_hours:
        case VelocityPeriod::rolling_30_days:
            return static_cast<std::int32_t>(decided_at.seconds() / rolling_steps(period).step_s);
        case VelocityPeriod::per_transaction:
        case VelocityPeriod::lifetime:
            break;
    }
    return 0;
}

Date next_window(VelocityPeriod period, Date business_date) {
    const auto day = civil(business_date);
    switch (period) {
        case VelocityPeriod::weekly:
            return {monday_of(business_date) + 7};
        case VelocityPeriod::monthly:
            return {day.month == 12 ? first_of(day.year + 1, 1) : first_of(day.year, day.month + 1)};
        case VelocityPeriod::yearly:
            return {first_of(day.year + 1, 1)};
        default:
            return {business_date.value + 1};
    }
}

}  // namespace takas::core::control
