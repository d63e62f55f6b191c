#include "app/vault/cards.hpp"

#include <algorithm>
#include <iterator>

#include "app/auth/random_text.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/checks.hpp"
#include "app/vault/duplicates.hpp"
#include "app/vault/places.hpp"
#include "app/vault/temp_cards.hpp"
#include "app/vault/trail.hpp"
#include "app/vault/unique_code.hpp"
#include "base/log.hpp"

namespace takas::app::vault {

using core::audit::Action;
using ports::where;

namespace {

Result<void> check(const CardContent& card, CardScope scope, Date today) {
    if (auto holder = check_holder(card.holder); !holder) return holder;
    if (scope == CardScope::ecom) {
        if (auto number = check_number(card.number); !number) return number;
    } else {
        if (auto number = check_truncated(card.first_digits, card.last); !number) return number;
        if (auto identity = check_identity(card.identity); !identity) return identity;
    }
    // A truncated card from a browser has no expiry.
    if (scope == CardScope::insurance && card.year == 0 && card.month == 0) return {};
    if (auto expiry = check_expiry(card.year, card.month); !expiry) return expiry;
    if (is_expired(card.year, card.month, today)) return fail(ErrorCode::vault_card_expired);
    return {};
}

/// A nickname that holds a card number would show it in every list: the rules of a name are enough.
Result<void> check_nickname(std::string_view nickname) {
    if (check_holder(nickname)) return {};
    return fail_field("Card.Nickname", "1 to 150 characters, and no card number.",
                      "1 ile 150 arasında karakter olmalı ve kart numarası içermemeli.");
}

Result<std::string> code_of(const Context& context, const Pool& pool, const VaultCard& row) {
    return unique_code_of(row.id, {*pool.keys, row.owner_mac.bytes, pool.holder->unique_code_period_h}, context.now);
}

bool is_of(const VaultCard& row, const Pool& pool) {
    return row.owner_mac == pool.owner_mac || (!pool.is_shared && row.owner_mac == pool.shared_mac);
}

Result<EntityId> id_of_code(const Context& context, const Pool& pool, std::string_view unique_code) {
    const auto by = [&](const Blob& mac) {
        return card_of_code(unique_code, {*pool.keys, mac.bytes, pool.holder->unique_code_period_h}, context.now);
    };
    auto id = by(pool.owner_mac);
    if (id || pool.is_shared || id.error().code != ErrorCode::vault_unique_code_invalid) return id;
    return by(pool.shared_mac);
}

Result<std::vector<VaultCard>> rows_under(const Context& context, const Pool& pool, const Blob& owner_mac) {
    return context.store().list<VaultCard>(
        {{where<&VaultCard::merchant_id>(pool.holder->id), where<&VaultCard::owner_mac>(owner_mac)},
         {{"id"}},
         0,
         cards_per_owner_max});
}

/// Cards are written under a key that the store still calls active.
void depend_on_active_key(Context& context, const Pool& pool) {
    const VaultKey& active = pool.keys->active().record;
    context.unit.require(active, active.version);
    context.decides_again_on.push_back(ports::table_of<VaultKey>().name);
}

Result<void> seal_into(const Pool& pool, StoredCard& card) {
    auto sealed = seal(card.content, *pool.keys, place_of(card.row));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    card.row.sealed = std::move(sealed->sealed);
    card.row.key_version = sealed->key_version;
    return {};
}

Result<void> expect_room(const Context& context, const Pool& pool) {
    const auto count = context.store().count_of<VaultCard>(
        std::array{where<&VaultCard::merchant_id>(pool.holder->id), where<&VaultCard::owner_mac>(pool.owner_mac)},
        cards_per_owner_max);
    if (!count) return std::unexpected(count.error());
    if (*count < cards_per_owner_max) return {};
    return fail_field("RelationalId1", "The owner has 1000 cards.", "Sahibin 1000 kartı var.");
}

Result<StoredCard> open_row(Context& context, const Pool& pool, VaultCard row) {
    KeysPtr keys = pool.keys;
    if (!keys->find(row.key_version)) {
        auto newer = context.services.vault->keys.of(pool.holder->id, row.key_version);
        if (!newer) return std::unexpected(std::move(newer.error()));
        keys = std::move(*newer);
    }
    auto content = open(row.sealed, row.key_version, *keys, place_of(row));
    if (!content) return std::unexpected(std::move(content.error()));
    auto code = code_of(context, pool, row);
    if (!code) return std::unexpected(std::move(code.error()));
    return StoredCard{std::move(row), std::move(*content), std::move(*code)};
}

Result<StoredCard> store_checked(Context& context, const Caller& caller, const Pool& pool, CardScope scope,
                                 CardContent content) {
    StoredCard card;
    card.content = std::move(content);
    VaultCard& row = card.row;
    row.merchant_id = pool.holder->id;
    row.id = context.next_id<EntityId>();
    row.stored_by = caller.merchant->id;
    row.owner_mac = pool.owner_mac;
    row.scope = scope;
    row.creation_time = row.last_modification_time = row.last_used_at = context.now;
    if (pool.holder->deduplicates) {
        // Equal cards of one owner end at one row.
        auto turn = take_turn(context, chain_of_owner(row.merchant_id, row.owner_mac.bytes));
        if (!turn) return std::unexpected(std::move(turn.error()));
        auto known = find_duplicate(context, pool, card);
        if (!known) return std::unexpected(std::move(known.error()));
        if (*known) {
            row = std::move(**known);
            row.last_modification_time = context.now;
            if (auto done = rewrite(context, pool, card); !done) return std::unexpected(std::move(done.error()));
            auto noted =
                note_card(context, row.merchant_id, row.id, Action::updated, {detail("operation", "same card")});
            if (!noted) return std::unexpected(std::move(noted.error()));
        }
    }
    auto code = code_of(context, pool, row);
    if (!code) return std::unexpected(std::move(code.error()));
    card.unique_code = std::move(*code);
    if (!row.sealed.bytes.empty()) return card;
    if (auto room = expect_room(context, pool); !room) return std::unexpected(std::move(room.error()));
    if (auto sealed = seal_into(pool, card); !sealed) return std::unexpected(std::move(sealed.error()));
    depend_on_active_key(context, pool);
    context.unit.insert(row);
    context.decides_again_on.push_back(ports::table_of<VaultCard>().name);
    auto noted =
        note_card(context, row.merchant_id, row.id, Action::created, {detail("scope", std::string(to_name(scope)))});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return card;
}

}  // namespace

Result<void> rewrite(Context& context, const Pool& pool, StoredCard& card) {
    if (auto sealed = seal_into(pool, card); !sealed) return sealed;
    depend_on_active_key(context, pool);
    const std::int64_t seen = card.row.version++;
    context.unit.update(card.row, seen);
    context.decides_again_on.push_back(ports::table_of<VaultCard>().name);
    return {};
}

Result<StoredCard> store_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                              CardContent content) {
    const Date today = context.services.catalog.local_date(context.tenant_id, context.now);
    if (auto right = check(content, scope, today); !right) return std::unexpected(std::move(right.error()));
    if (auto right = check_nickname(content.nickname); !right) return std::unexpected(std::move(right.error()));
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    return store_checked(context, caller, *pool, scope, std::move(content));
}

Result<StoredCard> store_temp_card(Context& context, const Caller& caller, const OwnerWish& owner,
                                   std::string_view card_token, const std::string& nickname) {
    return store_temp_card_by_hash(context, caller, owner, hash_of_token(card_token), nickname);
}

Result<StoredCard> store_temp_card_by_hash(Context& context, const Caller& caller, const OwnerWish& owner,
                                           const Blob& token_hash, const std::string& nickname) {
    if (auto right = check_nickname(nickname); !right) return std::unexpected(std::move(right.error()));
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    auto found = find_temp_card(context, caller, token_hash);
    if (!found) return std::unexpected(std::move(found.error()));
    found->content.nickname = nickname;
    auto stored = store_checked(context, caller, *pool, found->row.scope, std::move(found->content));
    if (!stored) return stored;
    consume(context, found->row);
    auto noted = note_temp_card(context, found->row.merchant_id, found->row.id, Action::deleted,
                                {detail("operation", "stored")});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return stored;
}

Result<std::vector<StoredCard>> list_cards(Context& context, const Caller& caller, const OwnerWish& owner,
                                           CardScope scope) {
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    auto turn = take_turn(context, chain_of_owner(pool->holder->id, pool->owner_mac.bytes));
    if (!turn) return std::unexpected(std::move(turn.error()));
    auto rows = rows_of(context, *pool);
    if (!rows) return std::unexpected(std::move(rows.error()));
    std::vector<StoredCard> cards;
    Details details{detail("operation", "list")};
    for (VaultCard& row : *rows) {
        if (row.scope != scope) continue;
        const EntityId id = row.id;
        auto card = open_row(context, *pool, std::move(row));
        if (card) {
            cards.push_back(std::move(*card));
            continue;
        }
        // A store or an HSM that does not answer is no damage of a row.
        const ErrorCode code = card.error().code;
        if (code != ErrorCode::internal && code != ErrorCode::vault_key_not_usable)
            return std::unexpected(std::move(card.error()));
        log::error("vault_card_unreadable").add("card", id.value).add("detail", card.error().internal_detail);
        details.push_back(detail("unreadable", std::to_string(id.value)));
    }
    details.push_back(detail("cards", std::to_string(cards.size())));
    auto noted = note_owner(context, pool->holder->id, pool->owner_mac.bytes, Action::accessed, std::move(details));
    if (!noted) return std::unexpected(std::move(noted.error()));
    return cards;
}

Result<StoredCard> find_card(Context& context, const Pool& pool, std::optional<CardScope> scope,
                             std::string_view unique_code) {
    const auto id = id_of_code(context, pool, unique_code);
    if (!id) return refuse(context, chain_of_owner(pool.holder->id, pool.owner_mac.bytes), id.error());
    const Chain chain = chain_of_card(pool.holder->id, *id);
    if (auto turn = take_turn(context, chain); !turn) return std::unexpected(std::move(turn.error()));
    auto row =
        context.store().find<VaultCard>({where<&VaultCard::merchant_id>(pool.holder->id), where<&VaultCard::id>(*id)});
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row || !is_of(**row, pool) || (scope && (*row)->scope != *scope))
        return refuse(context, chain, {ErrorCode::vault_card_not_found, {}});
    return open_row(context, pool, std::move(**row));
}

Result<std::optional<StoredCard>> find_card_by_id(Context& context, const Pool& pool, EntityId card_id) {
    auto row = context.store().find<VaultCard>(
        {where<&VaultCard::merchant_id>(pool.holder->id), where<&VaultCard::id>(card_id)});
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row || !is_of(**row, pool)) return std::optional<StoredCard>{};
    auto card = open_row(context, pool, std::move(**row));
    if (!card) return std::unexpected(std::move(card.error()));
    return std::optional<StoredCard>{std::move(*card)};
}

Result<std::vector<VaultCard>> rows_of(const Context& context, const Pool& pool) {
    auto rows = rows_under(context, pool, pool.owner_mac);
    if (!rows || pool.is_shared) return rows;
    auto shared = rows_under(context, pool, pool.shared_mac);
    if (!shared) return shared;
    std::ranges::move(*shared, std::back_inserter(*rows));
    std::ranges::sort(*rows, {}, &VaultCard::id);
    return rows;
}

Result<void> change_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                         std::string_view unique_code, const CardChange& change) {
    if (auto right = check_expiry(change.year, change.month); !right) return right;
    if (change.nickname)
        if (auto right = check_nickname(*change.nickname); !right) return right;
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    auto card = find_card(context, *pool, scope, unique_code);
    if (!card) return std::unexpected(std::move(card.error()));
    card->content.year = change.year;
    card->content.month = change.month;
    if (change.nickname) card->content.nickname = *change.nickname;
    card->row.last_modification_time = context.now;
    auto noted =
        note_card(context, card->row.merchant_id, card->row.id, Action::updated, {detail("operation", "change")});
    if (!noted) return noted;
    return rewrite(context, *pool, *card);
}

Result<void> delete_card(Context& context, const Caller& caller, const OwnerWish& owner, CardScope scope,
                         std::string_view unique_code) {
    const auto pool = pool_of(context, caller, owner);
    if (!pool) return std::unexpected(pool.error());
    auto card = find_card(context, *pool, scope, unique_code);
    if (!card) return std::unexpected(std::move(card.error()));
    auto noted = note_card(context, card->row.merchant_id, card->row.id, Action::deleted, {});
    if (!noted) return noted;
    context.unit.erase(std::move(card->row));
    context.decides_again_on.push_back(ports::table_of<VaultCard>().name);
    return {};
}

}  // namespace takas::app::vault
