#include "app/vault/rotation.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/trail.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::vault::MerchantState;
using core::vault::VaultBlacklistEntry;
using core::vault::VaultFingerprint;
using core::vault::VaultResolution;
using core::vault::VaultTempCard;
using ports::CommitOutcome;
using ports::where;

namespace {

constexpr std::int64_t day_s = 86'400;
/// A reference reads a card once in this time: no payment is told of later.
constexpr std::int64_t resolution_kept_days = 400;

bool ends(const UpkeepOptions& options) { return options.is_ending && *options.is_ending; }

void pause(const UpkeepOptions& options) {
    if (options.pause_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(options.pause_ms));
}

Result<std::vector<VaultKey>> data_keys(ports::Store& store, EntityId merchant_id) {
    return store.list<VaultKey>(
        {{where<&VaultKey::merchant_id>(merchant_id), where<&VaultKey::use>(KeyUse::card_data)}, {{"key_version"}}});
}

/// One page of one key's cards. How many there were; a page that somebody changed meanwhile is read again.
Result<std::int64_t> reseal_page(Services& services, const MerchantKeys& keys, std::int32_t key_version,
                                 const UpkeepOptions& options) {
    constexpr int attempts_max = 20;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        auto rows = services.store.list<VaultCard>(
            {{where<&VaultCard::merchant_id>(keys.merchant_id), where<&VaultCard::key_version>(key_version)},
             {{"id"}},
             0,
             options.page_size});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) return 0;
        ports::Unit unit;
        unit.require(keys.active().record, keys.active().record.version);
        for (VaultCard& row : *rows) {
            auto sealed = reseal(row.sealed, row.key_version, keys,
                                 {"vault_card", row.id, row.merchant_id, row.owner_mac.bytes, row.scope});
            if (!sealed)
                return fail(sealed.error().code,
                            "vault card " + std::to_string(row.id.value) + ": " + sealed.error().internal_detail);
            row.sealed = std::move(sealed->sealed);
            row.key_version = sealed->key_version;
            const std::int64_t seen = row.version++;
            unit.update(std::move(row), seen);
        }
        const auto count = static_cast<std::int64_t>(rows->size());
        const auto outcome = services.store.commit_and_wait(std::move(unit)).outcome;
        if (outcome == CommitOutcome::committed) return count;
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
    Context context{.services = services,
                    .tenant_id = core::identity::platform_tenant,
                    .user_id = {},
                    .now = services.clock.now(),
                    .correlation_id = {},
                    .unit = {},
                    .service_name = "vaultUpkeep"};
    if (const auto merchant = find_merchant(services.store, key.merchant_id); merchant)
        context.tenant_id = merchant->tenant_id;
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

/// Everything of a table that meets the conditions, page by page.
template <class Record>
Result<std::int64_t> erase_all(Services& services, const std::vector<ports::Condition>& conditions,
                               const UpkeepOptions& options) {
    std::int64_t erased = 0;
    while (!ends(options)) {
        auto rows = services.store.list<Record>({conditions, {{"merchant_id"}}, 0, options.page_size});
        if (!rows) return std::unexpected(std::move(rows.error()));
        if (rows->empty()) break;
        const auto count = static_cast<std::int64_t>(rows->size());
        ports::Unit unit;
        for (Record& row : *rows) unit.erase(std::move(row));
        const auto outcome = services.store.commit_and_wait(std::move(unit)).outcome;
        if (outcome == CommitOutcome::conflict) continue;  // somebody erased one of them
        if (outcome != CommitOutcome::committed) return fail(ErrorCode::unavailable, "cards could not be erased");
        erased += count;
        pause(options);
    }
    return erased;
}

template <class... Records>
Result<std::int64_t> erase_of(Services& services, EntityId merchant_id, const UpkeepOptions& options) {
    std::int64_t sum = 0;
    std::optional<Error> failure;
    const auto one = [&]<class Record>(std::type_identity<Record>) {
        if (failure) return;
        auto erased = erase_all<Record>(services, {where<&Record::merchant_id>(merchant_id)}, options);
        if (erased)
            sum += *erased;
        else
            failure = std::move(erased.error());
    };
    (one(std::type_identity<Records>{}), ...);
    if (failure) return std::unexpected(std::move(*failure));
    return sum;
}

}  // namespace

Result<VaultKey> rotate_data_key(Context& context, EntityId merchant_id) {
    const auto merchant = tended_merchant(context, merchant_id);
    if (!merchant) return std::unexpected(merchant.error());
    auto keys = data_keys(context.store(), merchant_id);
    if (!keys) return std::unexpected(std::move(keys.error()));
    if (keys->empty() || keys->back().state != KeyState::active) return fail(ErrorCode::vault_key_not_usable);
    auto fresh = make_key(merchant_id, KeyUse::card_data, keys->back().key_version + 1, context.services.secret_box,
                          context.now);
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
        row.wrapped = {};
        KeyStatus status{std::move(row), 0};
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
        while (!ends(options)) {
            const auto keys = services.vault->keys.of(key.merchant_id);
            if (!keys) return std::unexpected(keys.error());
            const auto done = reseal_page(services, **keys, key.key_version, options);
            if (!done) return std::unexpected(done.error());
            if (*done == 0) break;
            sum.resealed += *done;
            pause(options);
        }
        if (ends(options)) return sum;
        const auto destroyed = destroy_if_unneeded(services, std::move(key));
        if (!destroyed) return std::unexpected(destroyed.error());
        if (*destroyed) ++sum.keys_destroyed;
    }
    return sum;
}

Result<UpkeepOutcome> erase_old_cards(Services& services, const UpkeepOptions& options) {
    UpkeepOutcome sum;
    const auto merchants = services.store.list<VaultMerchant>({{}, {{"id"}}, 0, merchants_max});
    if (!merchants) return std::unexpected(merchants.error());
    for (const VaultMerchant& merchant : *merchants) {
        Result<std::int64_t> erased = 0;
        if (merchant.state == MerchantState::erased) {
            erased = erase_of<VaultTempCard, VaultCard, VaultFingerprint, VaultBlacklistEntry, VaultResolution>(
                services, merchant.id, options);
        } else if (merchant.card_retention_days > 0) {
            const Instant limit = services.clock.now().plus_seconds(-merchant.card_retention_days * day_s);
            erased = erase_all<VaultCard>(services,
                                          {where<&VaultCard::merchant_id>(merchant.id),
                                           where<&VaultCard::last_used_at>(ports::Compare::less, limit)},
                                          options);
        }
        if (!erased) return std::unexpected(erased.error());
        sum.erased += *erased;
        const Instant limit = services.clock.now().plus_seconds(-resolution_kept_days * day_s);
        const auto forgotten =
            erase_all<VaultResolution>(services,
                                       {where<&VaultResolution::merchant_id>(merchant.id),
                                        where<&VaultResolution::creation_time>(ports::Compare::less, limit)},
                                       options);
        if (!forgotten) return std::unexpected(forgotten.error());
        sum.erased += *forgotten;
        if (ends(options)) break;
    }
    return sum;
}

}  // namespace takas::app::vault
