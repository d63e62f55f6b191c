#include "app/keys/key_directory.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "app/ports/whole_tables.hpp"

namespace takas::app::keys {

using core::key::KeyState;
using core::key::KeyUsage;
using core::key::PaymentKey;

namespace {

constexpr std::string_view version_name = "payment_key_version";

auto order_of(const PaymentKey& k) {
    return std::tuple(k.tenant_id, k.usage, std::string_view(k.label), std::string_view(k.bin), k.key_index,
                      k.key_version_no);
}

bool serves(const PaymentKey& key, const KeyWish& wish) {
    return (!wish.index || *wish.index == key.key_index) && (wish.label.empty() || wish.label == key.label) &&
           wish.bin.starts_with(key.bin);
}

/// Active before decrypt-only, a longer BIN before a shorter, a newer version before an older.
bool comes_first(const PaymentKey& a, const PaymentKey& b) {
    return std::tuple(a.state, b.bin.size(), b.key_version_no, b.created_at) <
           std::tuple(b.state, a.bin.size(), a.key_version_no, a.created_at);
}

/// Which of two keys a card of this age was rather made with: one that was there already, of those the one that came
/// first then; of later ones the oldest.
bool made_cards_before(const PaymentKey& a, const PaymentKey& b, Instant made_at) {
    const bool is_a_later = a.created_at > made_at, is_b_later = b.created_at > made_at;
    if (is_a_later != is_b_later) return is_b_later;
    const auto rank = [](const PaymentKey& k) { return std::tuple(k.key_version_no, k.created_at); };
    if (a.bin.size() != b.bin.size()) return a.bin.size() > b.bin.size();
    return is_a_later ? rank(a) < rank(b) : rank(b) < rank(a);
}

}  // namespace

struct KeyDirectory::Snapshot {
    std::string version;
    std::vector<PaymentKey> keys;  ///< in order_of
    std::unordered_map<EntityId, std::size_t> position;

    std::pair<const PaymentKey*, const PaymentKey*> of(TenantId tenant, KeyUsage usage) const {
        const auto range = std::ranges::equal_range(
            keys, std::pair(tenant, usage), {}, [](const PaymentKey& k) { return std::pair(k.tenant_id, k.usage); });
        return {keys.data() + (range.begin() - keys.begin()), keys.data() + (range.end() - keys.begin())};
    }
};

KeyDirectory::KeyDirectory(ports::Store& store) : store_(store), snapshot_(std::make_shared<Snapshot>()) {}
KeyDirectory::~KeyDirectory() = default;

Result<void> KeyDirectory::refresh() {
    const std::lock_guard one_at_a_time(refreshing_);
    auto next = std::make_shared<Snapshot>();
    auto version = ports::stored_version(store_, version_name);  // first: what is read later is at least as new
    if (!version) return std::unexpected(std::move(version.error()));
    auto keys =
        ports::load_all<PaymentKey>(store_, {{member_name<&PaymentKey::tenant_id>}, {member_name<&PaymentKey::id>}});
    if (!keys) return std::unexpected(std::move(keys.error()));
    next->version = std::move(*version);
    next->keys = std::move(*keys);
    std::ranges::sort(next->keys, {}, order_of);
    for (std::size_t i = 0; i < next->keys.size(); ++i) next->position.emplace(next->keys[i].id, i);
    const std::lock_guard lock(published_);
    snapshot_ = std::move(next);
    return {};
}

Result<void> KeyDirectory::refresh_if_changed() {
    auto version = ports::stored_version(store_, version_name);
    if (!version) return std::unexpected(std::move(version.error()));
    return *version == current()->version ? Result<void>() : refresh();
}

void KeyDirectory::mark_changed(ports::Unit& unit, ids::IdSource& ids) { ports::move_version(unit, version_name, ids); }

Result<KeyRef> KeyDirectory::find(const KeyWish& wish) const {
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto snapshot = current();
        const auto [begin, end] = snapshot->of(wish.tenant_id, wish.usage);
        const PaymentKey* best = nullptr;
        for (const PaymentKey* key = begin; key != end; ++key)
            if (key->state == KeyState::active && serves(*key, wish) && (!best || comes_first(*key, *best))) best = key;
        if (best) return KeyRef(snapshot, best);
        if (attempt > 0 || !on_missing_ || !on_missing_(wish.tenant_id, wish.usage)) break;
    }
    return fail(ErrorCode::hsm_key_not_found, "no active key " + std::string(to_name(wish.usage)));
}

std::vector<KeyRef> KeyDirectory::find_all(const KeyWish& wish) const {
    const auto snapshot = current();
    const auto [begin, end] = snapshot->of(wish.tenant_id, wish.usage);
    std::vector<KeyRef> found;
    for (const PaymentKey* key = begin; key != end; ++key)
        if (key->state != KeyState::destroyed && serves(*key, wish)) found.emplace_back(snapshot, key);
    std::ranges::sort(found, [](const KeyRef& a, const KeyRef& b) { return comes_first(*a, *b); });
    return found;
}

Result<std::vector<KeyRef>> KeyDirectory::find_for_card(const KeyWish& wish, Instant made_at) const {
    auto found = find_all(wish);
    if (found.empty()) {
        auto made_now = find(wish);
        if (!made_now) return std::unexpected(std::move(made_now.error()));
        found.push_back(std::move(*made_now));
    }
    const auto its_own = std::ranges::min_element(
        found, [made_at](const KeyRef& a, const KeyRef& b) { return made_cards_before(*a, *b, made_at); });
    std::rotate(found.begin(), its_own, its_own + 1);
    return found;
}

KeyRef KeyDirectory::by_id(TenantId tenant_id, EntityId id) const {
    const auto snapshot = current();
    const auto found = snapshot->position.find(id);
    if (found == snapshot->position.end()) return nullptr;
    const PaymentKey& key = snapshot->keys[found->second];
    return key.tenant_id == tenant_id ? KeyRef(snapshot, &key) : nullptr;
}

std::vector<KeyRef> KeyDirectory::list(TenantId tenant_id) const {
    const auto snapshot = current();
    std::vector<KeyRef> found;
    for (const PaymentKey& key : snapshot->keys)
        if (key.tenant_id == tenant_id) found.emplace_back(snapshot, &key);
    return found;
}

std::shared_ptr<const KeyDirectory::Snapshot> KeyDirectory::current() const {
    const std::lock_guard lock(published_);
    return snapshot_;
}

}  // namespace takas::app::keys
