// Two operators change the same record: who sends the version that was seen is refused when it is no longer the newest.
// The stored version still guards the commit itself.
#pragma once

#include <cstdint>
#include <optional>

#include "base/error.hpp"

namespace takas::app {

/// Nothing: the caller does not mind what is stored.
using SeenVersion = std::optional<std::int64_t>;

/// Error: concurrent_change.
inline Result<void> check_seen(SeenVersion seen, std::int64_t stored_version) {
    if (seen && *seen != stored_version)
        return fail(ErrorCode::concurrent_change, "the caller has seen another version");
    return {};
}

}  // namespace takas::app
