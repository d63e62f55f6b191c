#include "jobs/vault_upkeep.hpp"

#include "app/vault/wrapping.hpp"
#include "base/log.hpp"

namespace takas::jobs {

Result<app::vault::UpkeepOutcome> VaultUpkeep::run() {
    const auto rewrapped = rewrap();
    if (!rewrapped) return std::unexpected(rewrapped.error());
    auto resealed = app::vault::reseal_cards(services_, options_);
    if (!resealed) return resealed;
    resealed->keys_rewrapped = *rewrapped;
    resealed_ += resealed->resealed;
    constexpr std::int64_t hour_s = 3'600;
    if (const Instant now = services_.clock.now(); now >= erased_at_.plus_seconds(hour_s)) {
        const auto erased = app::vault::erase_old_cards(services_, options_);
        if (!erased) return erased;
        resealed->erased = erased->erased;
        erased_at_ = now;
        rewrapped_under_ = {};  // and keys that a server made which did not know the newest KEK yet
    }
    if (resealed->resealed + resealed->erased + resealed->keys_destroyed + resealed->keys_rewrapped > 0)
        log::info("vault_upkeep")
            .add("resealed", resealed->resealed)
            .add("erased", resealed->erased)
            .add("keys_destroyed", resealed->keys_destroyed)
            .add("keys_rewrapped", resealed->keys_rewrapped);
    return resealed;
}

/// All keys are read for it: once for each KEK, and until nothing is left.
Result<std::int64_t> VaultUpkeep::rewrap() {
    const EntityId newest = app::vault::Wrapping(services_).newest_kek_id();
    if (newest == rewrapped_under_) return 0;
    auto found = app::vault::rewrap_keys(services_, options_);
    if (found && *found == 0) rewrapped_under_ = newest;
    return found;
}

}  // namespace takas::jobs
