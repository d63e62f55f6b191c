#include "app/vault/blacklist.hpp"

#include "app/auth/random_text.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/checks.hpp"
#include "app/vault/duplicates.hpp"
#include "app/vault/trail.hpp"

namespace takas::app::vault {

using core::audit::Action;
using ports::where;

namespace {

/// A pool has a list of its own. Its holder, when it does not ask for the pool, finds what is on either.
struct Listed {
    EntityId holder;
    std::vector<Blob> card_macs;  ///< the first is what is written
};

Listed listed_in(const Pool& pool, const CardContent& content) {
    Blob own = card_mac_of(pool, content);
    Blob shared = lookup_mac(*pool.keys, "shared card", own.bytes);
    if (pool.is_shared) return {pool.holder->id, {std::move(shared)}};
    return {pool.holder->id, {std::move(own), std::move(shared)}};
}

/// Delete and query name no owner: with a code the ids must come along, or those of a card without any count.
Result<Listed> meant_by(Context& context, const Caller& caller, const BlacklistSubject& subject) {
    const bool has_number = !subject.card_number.empty(), has_code = !subject.unique_code.empty();
    if (has_number == has_code || subject.is_saved_card != has_code)
        return fail(ErrorCode::vault_card_detail_invalid, "exactly one of CardNumber and UniqueCode");
    // At the merchant's chain first: every record of the list is there.
    if (auto turn = take_turn(context, chain_of_merchant(caller.merchant->id)); !turn)
        return std::unexpected(std::move(turn.error()));
    const auto pool = pool_of(context, caller, subject.owner);
    if (!pool) return std::unexpected(pool.error());
    if (has_code) {
        const auto card = find_card(context, *pool, std::nullopt, subject.unique_code);
        if (!card) return std::unexpected(card.error());
        return listed_in(*pool, card->content);
    }
    if (auto right = check_number(subject.card_number); !right) return std::unexpected(std::move(right.error()));
    CardContent content;
    content.number = subject.card_number;
    return listed_in(*pool, content);
}

Result<std::optional<VaultBlacklistEntry>> find(const Context& context, const Listed& listed) {
    for (const Blob& card_mac : listed.card_macs) {
        auto entry = context.store().find<VaultBlacklistEntry>(
            {where<&VaultBlacklistEntry::merchant_id>(listed.holder), where<&VaultBlacklistEntry::card_mac>(card_mac)});
        if (!entry || *entry) return entry;
    }
    return std::optional<VaultBlacklistEntry>{};
}

}  // namespace

Result<VaultBlacklistEntry> add_to_blacklist(Context& context, const Caller& caller, const BlacklistSubject& subject) {
    const auto listed = meant_by(context, caller, subject);
    if (!listed) return std::unexpected(listed.error());
    const auto known = find(context, *listed);
    if (!known) return std::unexpected(known.error());
    if (*known) return fail(ErrorCode::vault_already_blacklisted);
    VaultBlacklistEntry entry{listed->holder, listed->card_macs.front(), auth::random_uuid(context.services.random),
                              caller.merchant->id, context.now};
    context.unit.insert(entry);
    context.decides_again_on.push_back(ports::table_of<VaultBlacklistEntry>().name);
    auto noted = note_merchant(context, caller.merchant->id, Action::created, {detail("blacklist", entry.entry_uuid)});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return entry;
}

Result<void> remove_from_blacklist(Context& context, const Caller& caller, const BlacklistSubject& subject) {
    const auto listed = meant_by(context, caller, subject);
    if (!listed) return std::unexpected(listed.error());
    auto known = find(context, *listed);
    if (!known) return std::unexpected(std::move(known.error()));
    if (!*known) return fail(ErrorCode::vault_not_blacklisted);
    auto noted =
        note_merchant(context, caller.merchant->id, Action::deleted, {detail("blacklist", (*known)->entry_uuid)});
    if (!noted) return noted;
    context.unit.erase(std::move(**known));
    context.decides_again_on.push_back(ports::table_of<VaultBlacklistEntry>().name);
    return {};
}

Result<std::optional<VaultBlacklistEntry>> find_in_blacklist(Context& context, const Caller& caller,
                                                             const BlacklistSubject& subject) {
    const auto listed = meant_by(context, caller, subject);
    if (!listed) return std::unexpected(listed.error());
    auto noted = note_merchant(context, caller.merchant->id, Action::accessed, {detail("operation", "blacklist")});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return find(context, *listed);
}

Result<void> expect_not_blacklisted(Context& context, const Pool& pool, const CardContent& content) {
    const auto known = find(context, listed_in(pool, content));
    if (!known) return std::unexpected(known.error());
    if (*known) return fail(ErrorCode::vault_card_unavailable, "blacklisted");
    return {};
}

}  // namespace takas::app::vault
