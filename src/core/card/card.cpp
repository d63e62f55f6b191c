#include "core/card/card.hpp"

namespace takas::core::card {

std::optional<Expiry> make_expiry(std::int64_t yymm) {
    const auto month = yymm % 100;
    if (yymm < 0 || yymm > 9912 || month < 1 || month > 12) return std::nullopt;
    return Expiry{static_cast<std::int32_t>(yymm)};
}

Expiry expiry_after(Date today, int months) {
    const CivilDate c = civil(today);
    const int total = (c.year - 2000) * 12 + static_cast<int>(c.month) - 1 + months;
    return Expiry{total / 12 % 100 * 100 + total % 12 + 1};
}

bool is_expired(Expiry expiry, Date today) {
    const CivilDate c = civil(today);
    return (c.year - 2000) * 100 + static_cast<int>(c.month) > expiry.value;
}

}  // namespace takas::core::card
