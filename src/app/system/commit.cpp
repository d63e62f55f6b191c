#include "app/system/commit.hpp"

#include <string>

#include "app/catalog/catalog.hpp"

namespace takas::app::system {

Result<void> commit_now(Context& context, std::initializer_list<ConflictRule> rules) {
    catalog::Catalog::mark_changed(context.unit, context.services.ids);
    const auto done = context.store().commit_and_wait(std::exchange(context.unit, {}));
    switch (done.outcome) {
        case ports::CommitOutcome::committed:
            // Should reading fail, the poll of the catalog repeats it; what is cached of callers is void already.
            static_cast<void>(context.services.catalog.refresh());
            return {};
        case ports::CommitOutcome::version_moved:
            return fail(ErrorCode::concurrent_change, "version moved in " + std::string(done.table));
        case ports::CommitOutcome::unavailable:
            return fail(ErrorCode::unavailable, "the store took no commit");
        case ports::CommitOutcome::unknown:
            return fail(ErrorCode::outcome_unknown, "commit outcome unknown");
        case ports::CommitOutcome::conflict:
            break;
    }
    for (const ConflictRule& rule : rules)
        if (rule.table == done.table) return fail(rule.code);
    return fail(ErrorCode::already_exists, "conflict in " + std::string(done.table));
}

}  // namespace takas::app::system
