// Fees and taxes in the log of who changed what.
#pragma once

#include "app/audit/recorder.hpp"
#include "app/fees/family.hpp"

namespace takas::app::fees {

inline constexpr std::array<std::string_view, 3> audit_left_out{"tenant_id", "version", "creation_time"};

/// All taxes are one chain: whoever changes one decides on all of them as they were.
inline constexpr std::string_view tax_chain = "all";

template <class Fee>
audit::State audit_state(const Fee& fee) {
    return {controls::row_of(family_of<Fee>).subject,
            core::audit::Topic::policy,
            std::to_string(fee.id.value),
            Describe<Fee>::fields,
            &fee,
            {audit_left_out, {}}};
}
inline audit::State audit_state(const core::fee::Tax& tax) {
    return {core::audit::Subject::tax,
            core::audit::Topic::policy,
            std::string(tax_chain),
            Describe<core::fee::Tax>::fields,
            &tax,
            {audit_left_out, {}}};
}

/// `before` nullptr: created; `now` nullptr: deleted.
template <class Record>
Result<void> note_change(Context& context, const Record* before, const Record* now) {
    std::optional<audit::State> old_state, new_state;
    if (before) old_state = audit_state(*before);
    if (now) new_state = audit_state(*now);
    return audit::record(context, before ? &*old_state : nullptr, now ? &*new_state : nullptr);
}

}  // namespace takas::app::fees
