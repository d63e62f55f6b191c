#include "main/hinting_store.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"

namespace takas::main {

using app::ports::CommitOutcome;
using app::ports::CommitResult;

void HintingStore::on_events(std::function<void()> hint) {
    const std::lock_guard lock(hook_->mutex);
    hook_->hint = std::move(hint);
}

void HintingStore::commit(app::ports::Unit unit, Done done) {
    const app::ports::Table* const events = &app::ports::table_of<core::event::DomainEvent>();
    if (std::ranges::none_of(unit.writes(), [&](const auto& write) { return write.table == events; }))
        return behind_->commit(std::move(unit), std::move(done));
    behind_->commit(std::move(unit), [hook = hook_, done = std::move(done)](CommitResult result) mutable {
        const bool may_be_written =
            result.outcome == CommitOutcome::committed || result.outcome == CommitOutcome::unknown;
        done(result);
        const std::lock_guard lock(hook->mutex);
        if (may_be_written && hook->hint) hook->hint();
    });
}

}  // namespace takas::main
