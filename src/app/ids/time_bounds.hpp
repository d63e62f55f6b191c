// Ids rise with time, and they are keys: a list of what was made in a time reads only the ids of that time.
#pragma once

#include <optional>
#include <vector>

#include "app/ids/id_source.hpp"
#include "app/ports/store.hpp"

namespace takas::app::ids {

/// Rows made from `from` on and before `to`: the id bounds what is read, the exact moment decides.
template <auto Id, auto Time>
void bound_by_time(std::vector<ports::Condition>& conditions, const std::optional<Instant>& from,
                   const std::optional<Instant>& to) {
    using ports::Compare, ports::where;
    if (from) {
        conditions.push_back(where<Id>(Compare::greater_or_equal, first_id_at(from->plus_seconds(-id_slack_s))));
        conditions.push_back(where<Time>(Compare::greater_or_equal, *from));
    }
    if (to) {
        conditions.push_back(where<Id>(Compare::less, first_id_at(to->plus_seconds(id_slack_s))));
        conditions.push_back(where<Time>(Compare::less, *to));
    }
}

}  // namespace takas::app::ids
