// What the background works of the vault share: whose name their changes bear, and when they pause and end.
#pragma once

#include <chrono>
#include <thread>

#include "app/vault/rotation.hpp"

namespace takas::app::vault {

/// The server's own, in the institution of the merchant; the platform's when there is no such merchant.
Context upkeep_context(Services& services, EntityId merchant_id);

inline bool ends(const UpkeepOptions& options) { return options.is_ending && *options.is_ending; }

inline void pause(const UpkeepOptions& options) {
    if (options.pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(options.pause_ms));
}

}  // namespace takas::app::vault
