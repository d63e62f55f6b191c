#include "app/vault/rotation.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/places.hpp"
#include "app/vault/trail.hpp"
#include "app/vault/upkeep.hpp"
#include "base/log.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::vault::VaultTempCard;
using ports::CommitOutcome;
using ports::where;

namespace {

Result<std::vector<VaultKey>> data_keys(ports::Store& store, EntityId merchant_id) {
    return store.list<VaultKey>(
        {{where<&VaultKey::merchant_id>(merchant_id), where<&VaultKey::use>(KeyUse::card_data)}, {{"key_version"}}});
}

struct Page {
    std::int64_t rows = 0, resealed = 0;
    EntityId last;
};

/// One page of one key's cards, after an id; one that somebody changed meanwhile is read again. A card that does not
/// open stays as it is, and its key with it: it must not stop the others.
Result<Page> reseal_page(Services& services, const MerchantKeys& keys, std::int32_t key_version, EntityId after,
                         const UpkeepOptions& options) {
    constexpr int attempts_max = 20;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        auto rows = services.store.list<VaultCard>(
            {{where<&VaultCard::merchant_id>(keys.merchant_id), where<&VaultCard::key_version>(key_version),
              where<&VaultCard::id>(ports::Compare::greater, after)},
             {{"id"}},
             0,
             options.page_size});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) return Page{};
        Page page{static_cast<std::int64_t>(rows->size()), 0, rows->back().id};
        ports::Unit unit;
        unit.require(keys.active().record, keys.active().record.version);
        for (VaultCard& row : *rows) {
            auto sealed = reseal(row.sealed, row.key_version, keys, place_of(row));
            if (!sealed) {
                log::error("vault_card_unreadable")
                    .add("card", row.id.value)
                    .add("detail", sealed.error().internal_detail);
                continue;
            }
            ++page.resealed;
            row.sealed = std::move(sealed->sealed);
            row.key_version = sealed->key_version;
            const std::int64_t seen = row.version++;
            unit.update(std::move(row), seen);
        }
        const auto outcome = services.store.commit_and_wait(std::move(unit)).outcome;
        if (outcome == CommitOutcome::committed) return page;
        if (outcome != CommitOutcome::version_moved && outcome != CommitOutcome::conflict) break;
    }
    return fail(ErrorCode::unavailable, "a page of cards could not be sealed anew");
}

Result<bool> is_needed(ports::Store& store, const VaultKey& key) {
    const auto cards = store.count_of<VaultCard>(
        std::array{where<&VaultCard::merchant_id>(key.merchant_id), where<&VaultCard::key_version>(key.key_version)},
        1);
    if (!cards) return std::unexpected(cards.error());
    if (*cards > 0) return true;
    const auto temporary =
        store.count_of<VaultTempCard>(std::array{where<&VaultTempCard::merchant_id>(key.merchant_id),
                                                 where<&VaultTempCard::key_version>(key.key_version)},
                                      1);
    if (!temporary) return std::unexpected(temporary.error());
    return *temporary > 0;
}

/// With its audit record, in one commit.
Result<bool> destroy_if_unneeded(Services& services, VaultKey key) {
    const auto needed = is_needed(services.store, key);
    if (!needed) return std::unexpected(needed.error());
    if (*needed) return false;
    Context context = upkeep_context(services, key.merchant_id);
    const std::int64_t seen = key.version++;
    key.state = KeyState::destroyed;
    key.wrapped = {};
    key.destroyed_at = context.now;
    auto noted =
        note_merchant(context, key.merchant_id, Action::deleted, {detail("key", std::to_string(key.key_version))});
    if (!noted) return std::unexpected(std::move(noted.error()));
    const EntityId merchant_id = key.merchant_id;
    context.unit.update(std::move(key), seen);
    const auto outcome = services.store.commit_and_wait(std::move(context.unit)).outcome;
    services.vault->keys.forget(merchant_id);
    return outcome == CommitOutcome::committed;  // else the next run looks again
}

}  // namespace

Result<VaultKey> rotate_data_key(Context& context, EntityId merchant_id) {
    const auto merchant = tended_merchant(context, merchant_id);
    if (!merchant) return std::unexpected(merchant.error());
    auto keys = data_keys(context.store(), merchant_id);
    if (!keys) return std::unexpected(std::move(keys.error()));
    if (keys->empty() || keys->back().state != KeyState::active) return fail(ErrorCode::vault_key_not_usable);
    auto fresh =
        make_key(merchant_id, KeyUse::card_data, keys->back().key_version + 1, Wrapping(context.services), context.now);
    if (!fresh) return fresh;
    const std::int64_t seen = keys->back().version++;
    keys->back().state = KeyState::decrypt_only;
    auto noted = note_merchant(context, merchant_id, Action::updated,
                               {{"key", std::to_string(keys->back().key_version), std::to_string(fresh->key_version)}});
    if (!noted) return std::unexpected(std::move(noted.error()));
    context.unit.update(std::move(keys->back()), seen);
    context.unit.insert(*fresh);
    context.decides_again_on.push_back(ports::table_of<VaultKey>().name);
    context.after_commit.push_back([vault = context.services.vault, merchant_id] { vault->keys.forget(merchant_id); });
    fresh->wrapped = {};
    return fresh;
}

Result<std::vector<KeyStatus>> list_keys(ports::Store& store, EntityId merchant_id) {
    if (const auto merchant = find_merchant(store, merchant_id); !merchant) return std::unexpected(merchant.error());
    auto rows = store.list<VaultKey>({{where<&VaultKey::merchant_id>(merchant_id)}, {{"use"}, {"key_version"}}});
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<KeyStatus> list;
    for (VaultKey& row : *rows) {
        const EntityId kek_id = Wrapping::kek_id_of(row);
        row.wrapped = {};
        KeyStatus status{std::move(row), kek_id, 0};
        if (status.key.use == KeyUse::card_data) {
            const auto cards =
                store.count_of<VaultCard>(std::array{where<&VaultCard::merchant_id>(merchant_id),
                                                     where<&VaultCard::key_version>(status.key.key_version)},
                                          counted_cards_max);
            if (!cards) return std::unexpected(cards.error());
            status.cards = *cards;
        }
        list.push_back(std::move(status));
    }
    return list;
}

Result<UpkeepOutcome> reseal_cards(Services& services, const UpkeepOptions& options) {
    UpkeepOutcome sum;
    auto older = services.store.list<VaultKey>(
        {{where<&VaultKey::state>(KeyState::decrypt_only), where<&VaultKey::use>(KeyUse::card_data)},
         {{"merchant_id"}, {"key_version"}}});
    if (!older) return std::unexpected(std::move(older.error()));
    for (VaultKey& key : *older) {
        services.vault->keys.forget(key.merchant_id);
        EntityId after;
        while (!ends(options)) {
            const auto keys = services.vault->keys.of(key.merchant_id);
            if (!keys) return std::unexpected(keys.error());
            const auto done = reseal_page(services, **keys, key.key_version, after, options);
            if (!done) return std::unexpected(done.error());
            if (done->rows == 0) break;
            after = done->last;
            sum.resealed += done->resealed;
            pause(options);
        }
        if (ends(options)) return sum;
        const auto destroyed = destroy_if_unneeded(services, std::move(key));
        if (!destroyed) return std::unexpected(destroyed.error());
        if (*destroyed) ++sum.keys_destroyed;
    }
    return sum;
}

}  // namespace takas::app::vault
