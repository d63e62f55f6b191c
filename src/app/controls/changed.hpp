// Every change of controls, limits, fees, taxes, links and versions counts with the next authorization of this server,
// and within a second on others.
#pragma once

#include "app/catalog/catalog.hpp"
#include "app/context/context.hpp"

namespace takas::app::controls {

inline void tell_policies(Context& context) {
    catalog::PolicySets::mark_changed(context.unit, context.services.ids);
    context.after_commit.emplace_back([&policies = context.services.catalog.policy_sets()] {
        static_cast<void>(policies.refresh_if_changed());  // should it fail, the poll repeats it
    });
}

}  // namespace takas::app::controls
