// A stored rule that cannot be compiled any more: whose it is. The item fails closed (policy_set.hpp); whoever reads
// this can write the rule anew.
#pragma once

#include <string>

#include "core/control/control.hpp"

namespace takas::core::control {

struct BrokenRule {
    Family family{};
    EntityId control_id;
    std::string name;  ///< of the control or fee
    EntityId link_id;  ///< the rule is this link's; 0: the item's own
    friend bool operator==(const BrokenRule&, const BrokenRule&) = default;
};

}  // namespace takas::core::control
