#include "app/vault/directory.hpp"

#include <algorithm>

#include "app/ports/tables.hpp"

namespace takas::app::vault {

using ports::where;

bool Directory::is_fresh(Instant read_at) const {
    const Instant now = clock_.now();
    return now >= read_at && now < read_at.plus_seconds(directory_fresh_s);
}

template <class Record, class Key, class Lookup>
Result<std::shared_ptr<const Record>> Directory::get(Entries<Key, Record>& entries, const Lookup& key,
                                                     std::vector<ports::Condition> conditions) {
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(mutex_);
        const auto at = entries.find(key);
        if (at != entries.end() && is_fresh(at->second.read_at)) return at->second.value;
        generation = generation_;
    }
    const Instant asked_at = clock_.now();
    auto found = store_.find<Record>(std::move(conditions));
    if (!found) return std::unexpected(std::move(found.error()));
    // What does not exist is not kept: strangers could fill the memory with it.
    if (!*found) return nullptr;
    auto value = std::make_shared<const Record>(std::move(**found));
    const std::lock_guard lock(mutex_);
    if (generation != generation_) return value;
    if (entries.size() >= directory_kept_max) entries.clear();
    entries.insert_or_assign(Key(key), Entry<Record>{value, asked_at});
    return value;
}

Result<MerchantPtr> Directory::merchant(EntityId id) { return get(merchants_, id, {where<&VaultMerchant::id>(id)}); }

Result<MerchantPtr> Directory::merchant_by_uuid(std::string_view uuid) {
    return get(by_uuid_, uuid, {where<&VaultMerchant::merchant_uuid>(uuid)});
}

Result<CredentialPtr> Directory::credential(std::string_view key_id) {
    return get(credentials_, key_id, {where<&VaultCredential::key_id>(key_id)});
}

/// All of them at once: whoever asks with made-up origins costs one look at the store in a while.
Result<bool> Directory::is_origin_of_any(std::string_view origin) {
    std::uint64_t generation = 0;
    {
        const std::lock_guard lock(mutex_);
        if (knows_origins_ && is_fresh(origins_read_at_)) return origins_.contains(origin);
        generation = generation_;
    }
    const Instant asked_at = clock_.now();
    std::set<std::string, std::less<>> all;
    std::optional<VaultMerchant> row;
    auto done =
        store_.scan(ports::table_of<VaultMerchant>(),
                    {{where<&VaultMerchant::state>(core::vault::MerchantState::active)}, {{"id"}}, 0, merchants_max},
                    {[&]() -> void* { return &row.emplace(); },
                     [&] {
                         all.insert(row->allowed_origins.begin(), row->allowed_origins.end());
                         return true;
                     }});
    if (!done) return std::unexpected(std::move(done.error()));
    const bool is_known = all.contains(origin);
    const std::lock_guard lock(mutex_);
    if (generation != generation_) return is_known;
    origins_ = std::move(all);
    origins_read_at_ = asked_at;
    knows_origins_ = true;
    return is_known;
}

void Directory::forget() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    merchants_.clear();
    by_uuid_.clear();
    credentials_.clear();
    knows_origins_ = false;
}

}  // namespace takas::app::vault
