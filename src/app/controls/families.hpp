// The five families of what can be linked, side by side: how each is called where they are treated alike.
#pragma once

#include <array>

#include "base/error.hpp"
#include "core/audit/audit.hpp"
#include "core/control/control.hpp"
#include "core/control/rule/field.hpp"

namespace takas::app::controls {

struct FamilyRow {
    core::control::Family family;
    core::audit::Subject subject;
    core::control::rule::Scope scope;  ///< what its rules and those of its links know
    ErrorCode not_found, exists, link_exists, link_not_found;
};

inline constexpr std::array<FamilyRow, 5> family_rows = [] {
    using enum core::control::Family;
    using enum ErrorCode;
    using core::audit::Subject;
    using core::control::rule::Scope;
    return std::array<FamilyRow, 5>{{
        {authorization_control, Subject::authorization_control, Scope::counters, control_not_found, control_exists,
         control_link_exists, control_link_not_found},
        {velocity_control, Subject::velocity_control, Scope::transaction, control_not_found, control_exists,
         control_link_exists, control_link_not_found},
        {transaction_fee, Subject::transaction_fee, Scope::transaction, fee_not_found, fee_exists, fee_link_exists,
         fee_link_not_found},
        {card_issuance_fee, Subject::card_issuance_fee, Scope::issuance, fee_not_found, fee_exists, fee_link_exists,
         fee_link_not_found},
        {card_annual_fee, Subject::card_annual_fee, Scope::annual, fee_not_found, fee_exists, fee_link_exists,
         fee_link_not_found},
    }};
}();

constexpr const FamilyRow& row_of(core::control::Family family) {
    return family_rows[static_cast<std::size_t>(family) - 1];
}

namespace families_detail {
constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < family_rows.size(); ++i)
        if (static_cast<std::size_t>(family_rows[i].family) != i + 1) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per Family, in enum order");
}  // namespace families_detail

}  // namespace takas::app::controls
