// The operator's changes take effect before they are answered: each use case commits its own unit and then has the
// reference data in memory read again, so that a deactivated user is out and a new rate counts from the answer on.
#pragma once

#include <initializer_list>
#include <string_view>

#include "app/context/context.hpp"

namespace takas::app::system {

/// What the caller is told when a row of `table` refuses the unit.
struct ConflictRule {
    std::string_view table;
    ErrorCode code;
};

/// Commits context.unit, which is empty afterwards. Without a rule a conflict is already_exists.
Result<void> commit_now(Context& context, std::initializer_list<ConflictRule> rules);

}  // namespace takas::app::system
