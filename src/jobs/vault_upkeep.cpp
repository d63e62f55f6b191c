#include "jobs/vault_upkeep.hpp"

#include "base/log.hpp"

namespace takas::jobs {

Result<app::vault::UpkeepOutcome> VaultUpkeep::run() {
    auto resealed = app::vault::reseal_cards(services_, options_);
    if (!resealed) return resealed;
    resealed_ += resealed->resealed;
    constexpr std::int64_t hour_s = 3'600;
    if (const Instant now = services_.clock.now(); now >= erased_at_.plus_seconds(hour_s)) {
        const auto erased = app::vault::erase_old_cards(services_, options_);
        if (!erased) return erased;
        resealed->erased = erased->erased;
        erased_at_ = now;
    }
    if (resealed->resealed + resealed->erased + resealed->keys_destroyed > 0)
        log::info("vault_upkeep")
            .add("resealed", resealed->resealed)
            .add("erased", resealed->erased)
            .add("keys_destroyed", resealed->keys_destroyed);
    return resealed;
}

}  // namespace takas::jobs
