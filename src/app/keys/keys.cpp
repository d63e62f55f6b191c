#include "app/keys/keys.hpp"

#include <algorithm>
#include <utility>

#include "app/ports/tables.hpp"
#include "app/vault/key_inventory.hpp"

namespace takas::app::keys {

using core::key::KeyState;
using core::key::PaymentKey;
using ports::CommitOutcome;

namespace {

constexpr std::size_t label_max_chars = 40;
constexpr std::size_t bin_max_digits = 19;
constexpr std::int16_t index_max = 255, pvki_max = 9;
constexpr std::int16_t version_max = 99;  // two digits in a key block
constexpr std::string_view label_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

bool is_same_place(const PaymentKey& a, const PaymentKey& b) {
    return a.tenant_id == b.tenant_id && a.usage == b.usage && a.label == b.label && a.bin == b.bin &&
           a.key_index == b.key_index;
}

Result<void> commit_keys(Context& context) {
    KeyDirectory::mark_changed(context.unit, context.services.ids);
    const auto outcome = context.store().commit_and_wait(std::exchange(context.unit, {})).outcome;
    switch (outcome) {
        case CommitOutcome::committed:
            // Should reading fail, the poll of the directory repeats it.
            static_cast<void>(context.services.keys.refresh());
            return {};
        case CommitOutcome::conflict:
        case CommitOutcome::version_moved:
            return fail(ErrorCode::concurrent_change, "another change of the same key came first");
        case CommitOutcome::unavailable:
            return fail(ErrorCode::unavailable, "the store took no commit");
        case CommitOutcome::unknown:
            break;
    }
    return fail(ErrorCode::outcome_unknown, "commit outcome unknown");
}

/// The key as stored now: decisions about keys are not made on a snapshot.
Result<PaymentKey> find_key(Context& context, EntityId id) {
    auto key = context.store().find<PaymentKey>(
        {ports::where<&PaymentKey::tenant_id>(context.tenant_id), ports::where<&PaymentKey::id>(id)});
    if (!key) return std::unexpected(std::move(key.error()));
    if (!*key) return fail(ErrorCode::hsm_key_not_found, "no key " + std::to_string(id.value));
    return std::move(**key);
}

Result<std::vector<PaymentKey>> keys_of_usage(Context& context, core::key::KeyUsage usage) {
    return context.store().list<PaymentKey>(
        {{ports::where<&PaymentKey::tenant_id>(context.tenant_id), ports::where<&PaymentKey::usage>(usage)},
         {},
         0,
         10'000});
}

Result<PaymentKey> draft_for_new_place(Context& context, const KeyOrder& order) {
    auto draft = next_draft(context, order);
    if (!draft) return draft;
    const auto there = keys_of_usage(context, order.usage);
    if (!there) return std::unexpected(there.error());
    for (const PaymentKey& key : *there)
        if (key.state == KeyState::active && is_same_place(key, *draft))
            return fail(ErrorCode::hsm_key_exists, "key " + std::to_string(key.id.value) + " is active: rotate it");
    return draft;
}

/// A PIN key that is a data key too would decipher PIN blocks as data. The check value tells, of other keys one in 16
/// million as well: those are made again.
Result<void> check_single_use(Context& context, const PaymentKey& made) {
    using enum core::key::KeyUsage;
    if (made.usage != zpk && made.usage != dek) return {};
    const auto others = keys_of_usage(context, made.usage == zpk ? dek : zpk);
    if (!others) return std::unexpected(others.error());
    for (const PaymentKey& key : *others)
        if (key.state != KeyState::destroyed && key.algorithm == made.algorithm && key.kcv == made.kcv)
            return fail(ErrorCode::hsm_key_block_invalid,
                        "key " + std::to_string(key.id.value) + " of another usage is the same key");
    return {};
}

/// With whatever else the unit holds.
Result<PaymentKey> insert_key(Context& context, PaymentKey made) {
    context.unit.insert(made);
    if (auto done = commit_keys(context); !done) return std::unexpected(std::move(done.error()));
    return made;
}

Result<PaymentKey> keep(Context& context, Result<PaymentKey> made) {
    if (!made) return made;
    if (auto single = check_single_use(context, *made); !single) return std::unexpected(std::move(single.error()));
    return insert_key(context, std::move(*made));
}

}  // namespace

Result<void> check_order(const KeyOrder& order) {
    FieldErrors errors;
    if (order.label.empty() || order.label.size() > label_max_chars ||
        order.label.find_first_not_of(label_chars) != std::string::npos)
        errors.add("label", "1 to 40 letters, digits, hyphens, dots or underscores.",
                   "1-40 harf, rakam, tire, nokta veya alt çizgi olmalı.");
    if (order.bin.size() > bin_max_digits || order.bin.find_first_not_of(digits_charset) != std::string::npos)
        errors.add("bin", "Leading digits of card numbers.", "Kart numarasının ilk rakamları olmalı.");
    const bool is_pvki = order.usage == core::key::KeyUsage::pvk;
    if (is_pvki && (order.key_index < 0 || order.key_index > pvki_max))
        errors.add("keyIndex", "The PVKI is one digit: 0 to 9.", "PVKI tek rakamdır: 0 ile 9 arasında olmalı.");
    else if (order.key_index < 0 || order.key_index > index_max)
        errors.add("keyIndex", "0 to 255.", "0 ile 255 arasında olmalı.");
    if (!errors.empty()) return std::move(errors).as_error();
    return {};
}

Result<PaymentKey> next_draft(Context& context, const KeyOrder& order) {
    if (auto good = check_order(order); !good) return std::unexpected(std::move(good.error()));
    const auto& row = core::key::usage_row(order.usage);
    PaymentKey draft;
    draft.tenant_id = context.tenant_id;
    draft.id = context.next_id<EntityId>();
    draft.label = order.label;
    draft.usage = order.usage;
    draft.algorithm = order.algorithm.value_or(row.preferred_algorithm);
    draft.mode_of_use = *from_name<core::key::ModeOfUse>(row.modes.substr(0, 1));
    draft.exportability = order.exportability.value_or(row.exportability);
    draft.key_index = order.key_index;
    draft.bin = order.bin;
    draft.created_at = context.now;
    draft.creator_id = context.user_id;
    const auto there = keys_of_usage(context, order.usage);
    if (!there) return std::unexpected(there.error());
    for (const PaymentKey& key : *there)
        if (is_same_place(key, draft))
            draft.key_version_no =
                std::max<std::int16_t>(draft.key_version_no, static_cast<std::int16_t>(key.key_version_no + 1));
    if (draft.key_version_no > version_max)
        return fail(ErrorCode::hsm_key_exists, "the key has had a hundred versions: give the next one another label");
    return draft;
}

Result<PaymentKey> generate_key(Context& context, const KeyOrder& order) {
    auto draft = draft_for_new_place(context, order);
    if (!draft) return draft;
    return keep(context, context.services.hsm.generate(std::move(*draft)));
}

Result<PaymentKey> form_key(Context& context, const KeyOrder& order, std::span<const crypto::SecretBytes> components,
                            std::string_view expected_kcv) {
    auto draft = draft_for_new_place(context, order);
    if (!draft) return draft;
    return keep(context, context.services.hsm.form_from_components(std::move(*draft), components, expected_kcv));
}

Result<PaymentKey> import_key(Context& context, const KeyOrder& order, EntityId zmk_id, std::string_view key_block,
                              std::string_view expected_kcv, Place place) {
    const auto zmk = find_key(context, zmk_id);
    if (!zmk) return zmk;
    auto draft = place == Place::taken_over ? next_draft(context, order) : draft_for_new_place(context, order);
    if (!draft) return draft;
    auto made = context.services.hsm.import_block(std::move(*draft), *zmk, key_block, expected_kcv);
    if (!made) return made;
    return place == Place::taken_over ? replace_active(context, std::move(*made)) : keep(context, std::move(*made));
}

Result<std::string> export_key(Context& context, EntityId id, EntityId zmk_id) {
    const auto key = find_key(context, id);
    if (!key) return std::unexpected(key.error());
    const auto zmk = find_key(context, zmk_id);
    if (!zmk) return std::unexpected(zmk.error());
    const auto version = core::key::is_tdea(zmk->algorithm) ? ports::KeyBlockVersion::b : ports::KeyBlockVersion::d;
    return context.services.hsm.export_block(*key, *zmk, version);
}

Result<PaymentKey> replace_active(Context& context, PaymentKey made) {
    if (auto single = check_single_use(context, made); !single) return std::unexpected(std::move(single.error()));
    const auto there = keys_of_usage(context, made.usage);
    if (!there) return std::unexpected(there.error());
    for (PaymentKey old : *there) {
        if (old.state != KeyState::active || !is_same_place(old, made)) continue;
        old.state = KeyState::decrypt_only;
        const std::int64_t seen = old.version++;
        context.unit.update(std::move(old), seen);
    }
    return insert_key(context, std::move(made));
}

Result<PaymentKey> rotate_key(Context& context, EntityId id) {
    const auto old = find_key(context, id);
    if (!old) return old;
    if (old->state != KeyState::active) return fail(ErrorCode::hsm_key_not_usable, "only an active key is rotated");
    auto draft =
        next_draft(context, {old->usage, old->label, old->algorithm, old->exportability, old->key_index, old->bin});
    if (!draft) return draft;
    auto made = context.services.hsm.generate(std::move(*draft));
    if (!made) return made;
    return replace_active(context, std::move(*made));
}

Result<PaymentKey> destroy_key(Context& context, EntityId id, bool also_active) {
    auto key = find_key(context, id);
    if (!key) return key;
    if (key->state == KeyState::destroyed) return key;
    if (key->state == KeyState::active && !also_active)
        return fail(ErrorCode::hsm_key_not_usable, "the key is active: rotate it first, or say that it goes as it is");
    // Not even on purpose: whoever means the cards erases their merchants.
    const auto vault_keys = vault::count_keys_under(context.store(), key->id);
    if (!vault_keys) return std::unexpected(vault_keys.error());
    if (*vault_keys > 0)
        return fail(ErrorCode::hsm_key_not_usable,
                    std::to_string(*vault_keys) +
                        " keys of the card vault open only with it: rotate it and let the upkeep put them under the "
                        "new one (takas jobs run vault-upkeep)");
    const PaymentKey before = *key;
    key->state = KeyState::destroyed;
    key->key_block.clear();
    key->destroyed_at = context.now;
    const std::int64_t seen = key->version++;
    context.unit.update(*key, seen);
    if (auto done = commit_keys(context); !done) return std::unexpected(std::move(done.error()));
    // The record says destroyed from here on: a failure below leaves a key that nobody can name any more.
    if (auto done = context.services.hsm.forget(before); !done) return std::unexpected(std::move(done.error()));
    return key;
}

Result<std::int64_t> rewrap_all(Context& context) {
    constexpr std::int64_t keys_max = 100'000;
    auto all = context.store().list<PaymentKey>({{}, {}, 0, keys_max});
    if (!all) return std::unexpected(std::move(all.error()));
    std::int64_t count = 0;
    for (const PaymentKey& key : *all) {
        if (key.state == KeyState::destroyed) continue;
        auto fresh = context.services.hsm.rewrap(key);
        if (!fresh) return std::unexpected(std::move(fresh.error()));
        const std::int64_t seen = fresh->version++;
        context.unit.update(std::move(*fresh), seen);
        ++count;
    }
    if (auto done = commit_keys(context); !done) return std::unexpected(std::move(done.error()));
    return count;
}

}  // namespace takas::app::keys
