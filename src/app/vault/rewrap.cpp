// Keys of the vault under the newest key-encryption key. See rotation.hpp.
#include <algorithm>
#include <limits>

#include "app/ports/tables.hpp"
#include "app/vault/trail.hpp"
#include "app/vault/upkeep.hpp"

namespace takas::app::vault {

using core::audit::Action;
using ports::CommitOutcome;

namespace {

/// The keys of one merchant (or of the installation) in one commit, with one audit record.
Result<void> rewrap_of_merchant(Services& services, const Wrapping& wrapping, std::vector<VaultKey> keys) {
    const EntityId merchant_id = keys.front().merchant_id;
    Context context = upkeep_context(services, merchant_id);
    const std::string before = std::to_string(Wrapping::kek_id_of(keys.front()).value);
    for (VaultKey& key : keys) {
        const auto clear = wrapping.unwrap(key);
        if (!clear) return std::unexpected(clear.error());
        if (auto done = wrapping.wrap(key, *clear); !done) return done;
        const std::int64_t seen = key.version++;
        context.unit.update(key, seen);
    }
    const std::string after = std::to_string(Wrapping::kek_id_of(keys.front()).value);
    auto noted = note_merchant(context, merchant_id, Action::updated, {{"kek", before, after}});
    if (!noted) return noted;
    const auto outcome = services.store.commit_and_wait(std::move(context.unit)).outcome;
    services.vault->keys.forget(merchant_id);
    const bool is_moved = outcome == CommitOutcome::version_moved || outcome == CommitOutcome::conflict;
    if (outcome == CommitOutcome::committed || is_moved) return {};
    return fail(ErrorCode::unavailable, "keys of the vault could not be put under the newest key-encryption key");
}

}  // namespace

Result<std::int64_t> rewrap_keys(Services& services, const UpkeepOptions& options) {
    const Wrapping wrapping(services);
    const EntityId newest = wrapping.newest_kek_id();
    if (newest == EntityId{}) return 0;
    // All of them: those at the end must not wait for ever behind a page that is done.
    auto keys = services.store.list<VaultKey>(
        {{}, {{"merchant_id"}, {"use"}, {"key_version"}}, 0, std::numeric_limits<std::int64_t>::max()});
    if (!keys) return std::unexpected(std::move(keys.error()));
    std::erase_if(*keys, [newest](const VaultKey& key) {
        return key.state == KeyState::destroyed || Wrapping::kek_id_of(key) == newest;
    });
    const auto found = static_cast<std::int64_t>(keys->size());
    for (auto begin = keys->begin(); begin != keys->end() && !ends(options);) {
        const auto end = std::find_if(begin, keys->end(),
                                      [&](const VaultKey& key) { return key.merchant_id != begin->merchant_id; });
        auto done = rewrap_of_merchant(services, wrapping, {begin, end});
        if (!done) return std::unexpected(std::move(done.error()));
        begin = end;
        pause(options);
    }
    return found;
}

}  // namespace takas::app::vault
