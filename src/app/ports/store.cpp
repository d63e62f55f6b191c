#include "app/ports/store.hpp"

#include <future>

namespace takas::app::ports {

CommitResult Store::commit_and_wait(Unit unit) {
    std::promise<CommitResult> promise;
    auto future = promise.get_future();
    commit(std::move(unit), [&](CommitResult result) { promise.set_value(result); });
    return future.get();
}

}  // namespace takas::app::ports
