#include "app/ports/store.hpp"

#include <algorithm>
#include <future>

namespace takas::app::ports {

const Field* find_column(const Table& table, std::string_view name) {
    const auto columns = table.columns();
    const auto found = std::ranges::find(columns, name, &Field::name);
    return found == columns.end() ? nullptr : &*found;
}

CommitResult Store::commit_and_wait(Unit unit) {
    std::promise<CommitResult> promise;
    auto future = promise.get_future();
    commit(std::move(unit), [&](CommitResult result) { promise.set_value(result); });
    return future.get();
}

}  // namespace takas::app::ports
