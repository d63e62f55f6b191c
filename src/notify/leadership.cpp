#include "notify/leadership.hpp"

#include "app/ports/tables.hpp"

namespace takas::notify {

using app::ports::Unit;
using core::webhook::FanOutCursor;

bool Leadership::hold(Instant now) {
    if (is_held_ && is_certain_) return true;
    const auto found = store_.find<FanOutCursor>({app::ports::where<&FanOutCursor::id>(1)});
    if (!found) return false;
    if (!*found) return take({}, false, now);

    const FanOutCursor& row = **found;
    // Of a commit that failed or may have failed either version is ours; whoever takes over raises it as well.
    const bool is_ours =
        row.holder_node == node_ && (row.version == cursor_.version || row.version + 1 == cursor_.version);
    if (is_held_ && is_ours) {
        cursor_ = row;
        is_certain_ = true;
        return true;
    }
    is_held_ = false;
    const bool is_own_earlier_life = row.holder_node == node_ && !has_started_;
    if (!is_own_earlier_life && row.held_until > now) return false;
    FanOutCursor next = row;
    ++next.version;
    return take(next, true, now);
}

bool Leadership::take(FanOutCursor row, bool exists, Instant now) {
    row.holder_node = node_;
    row.held_until = now.plus_seconds(hold_s);
    Unit unit;
    if (exists)
        unit.update(row, row.version - 1);
    else
        unit.insert(row);
    if (store_.commit_and_wait(std::move(unit)).outcome != app::ports::CommitOutcome::committed) return false;
    cursor_ = row;
    ++term_;
    is_held_ = is_certain_ = has_started_ = true;
    return true;
}

void Leadership::guard(Unit& unit, std::int64_t sequence_no, Instant now) {
    cursor_.sequence_no = sequence_no;
    cursor_.held_until = now.plus_seconds(hold_s);
    const std::int64_t expected = cursor_.version++;
    unit.update(cursor_, expected);
}

}  // namespace takas::notify
