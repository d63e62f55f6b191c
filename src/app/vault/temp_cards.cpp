#include "app/vault/temp_cards.hpp"

#include "app/auth/random_text.hpp"
#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/checks.hpp"
#include "app/vault/places.hpp"
#include "app/vault/trail.hpp"
#include "crypto/digest.hpp"

namespace takas::app::vault {

using core::audit::Action;
using core::vault::MerchantState;
using ports::where;

namespace {

constexpr std::size_t token_characters = 36;
constexpr std::int64_t sweep_page = 1'000;

Result<void> check(const TempCardWish& wish, Date today) {
    const CardContent& card = wish.content;
    if (auto holder = check_holder(card.holder); !holder) return holder;
    if (wish.scope == CardScope::insurance) {
        if (auto number = check_truncated(card.first_digits, card.last); !number) return number;
        return check_identity(card.identity);
    }
    if (auto number = check_number(card.number); !number) return number;
    if (auto expiry = check_expiry(card.year, card.month); !expiry) return expiry;
    if (is_expired(card.year, card.month, today)) return fail(ErrorCode::vault_card_expired);
    return check_cvv(wish.cvv, brand_of(card.number));
}

/// The token has one card less; who meets another page with the last one is told so.
Result<void> count_card(Context& context, const Caller& caller) {
    auto token = context.store().find<VaultTempToken>({where<&VaultTempToken::token_hash>(caller.temp_token_hash)});
    if (!token) return std::unexpected(std::move(token.error()));
    if (!*token || (*token)->cards_left == 0) return fail(ErrorCode::vault_temp_token_invalid, "used up");
    const std::int64_t seen = (*token)->version++;
    --(*token)->cards_left;
    context.unit.update(std::move(**token), seen);
    context.decides_again_on.push_back(ports::table_of<VaultTempToken>().name);
    return {};
}

template <class Record>
Result<std::int64_t> sweep(Services& services) {
    using ports::Compare;
    std::int64_t swept = 0;
    while (true) {
        const Instant now = services.clock.now();
        auto rows = services.store.list<Record>(
            {{where<&Record::expires_at>(Compare::less_or_equal, now)}, {{"expires_at"}}, 0, sweep_page});
        if (!rows) return std::unexpected(std::move(rows.error()));
        for (Record& row : *rows) {  // one by one: somebody may be consuming one of them
            ports::Unit unit;
            unit.erase(std::move(row));
            const auto done = services.store.commit_and_wait(std::move(unit)).outcome;
            if (done == ports::CommitOutcome::committed)
                ++swept;
            else if (done != ports::CommitOutcome::conflict)
                return fail(ErrorCode::unavailable, "expired cards could not be erased");
        }
        if (static_cast<std::int64_t>(rows->size()) < sweep_page) return swept;
    }
}

}  // namespace

Blob hash_of_token(std::string_view token) {
    const auto digest = crypto::sha256(bytes_of(token));
    return Blob{std::string(text_of(digest))};
}

Result<GivenToken> make_temp_token(Context& context, const Caller& caller, const TempTokenWish& wish) {
    if (wish.expiry_min < 1 || wish.expiry_min > temp_token_minutes_max)
        return fail(ErrorCode::vault_lifetime_unexpected, "1 to 1440 minutes");
    GivenToken given;
    given.id = context.next_id<EntityId>();
    given.token = auth::random_uuid(context.services.random);
    given.expires_at = context.now.plus_seconds(wish.expiry_min * 60);
    given.client_card_save = wish.client_card_save;
    given.three_d_session = wish.three_d_session;
    VaultTempToken row;
    row.token_hash = hash_of_token(given.token);
    row.id = given.id;
    row.merchant_id = caller.merchant->id;
    row.client_card_save = wish.client_card_save;
    row.three_d_session = wish.three_d_session;
    row.client_sdk = wish.client_sdk;
    row.cards_left = caller.merchant->temp_cards_per_token;
    row.expires_at = given.expires_at;
    row.creation_time = context.now;
    context.unit.insert(std::move(row));
    return given;
}

Result<Caller> caller_of_token(Services& services, std::string_view token) {
    if (token.size() != token_characters) return fail(ErrorCode::vault_temp_token_invalid, "no token");
    const Blob hash = hash_of_token(token);
    const auto row = services.store.find<VaultTempToken>({where<&VaultTempToken::token_hash>(hash)});
    if (!row) return std::unexpected(row.error());
    const bool is_good =
        *row && services.clock.now() < (*row)->expires_at && (*row)->client_card_save && (*row)->cards_left > 0;
    if (!is_good) return fail(ErrorCode::vault_temp_token_invalid, "unknown, expired, without card saving or used up");
    const auto merchant = services.vault->directory.merchant((*row)->merchant_id);
    if (!merchant) return std::unexpected(merchant.error());
    if (!*merchant || (*merchant)->state != MerchantState::active)
        return fail(ErrorCode::vault_temp_token_invalid, "the merchant is not active");
    return Caller{*merchant, "temp-token", hash};
}

Result<GivenToken> make_temp_card(Context& context, const Caller& caller, TempCardWish wish) {
    if (wish.expiry_min < 1 || wish.expiry_min > temp_card_minutes_max)
        return fail(ErrorCode::vault_lifetime_unexpected, "1 to 30 minutes");
    const Date today = context.services.catalog.local_date(context.tenant_id, context.now);
    if (auto right = check(wish, today); !right) return std::unexpected(std::move(right.error()));
    if (auto counted = count_card(context, caller); !counted) return std::unexpected(std::move(counted.error()));
    Vault& vault = *context.services.vault;
    if (context.decisions > 1) vault.keys.forget(caller.merchant->id);  // perhaps rotated on another server
    const auto keys = vault.keys.of(caller.merchant->id);
    if (!keys) return std::unexpected(keys.error());
    GivenToken given;
    given.id = context.next_id<EntityId>();
    given.token = auth::random_uuid(context.services.random);
    given.expires_at = context.now.plus_seconds(wish.expiry_min * 60);
    VaultTempCard row;
    row.merchant_id = caller.merchant->id;
    row.token_hash = hash_of_token(given.token);
    row.id = given.id;
    row.scope = wish.scope;
    row.expires_at = given.expires_at;
    row.creation_time = context.now;
    auto sealed = seal(wish.content, **keys, place_of(row));
    if (!sealed) return std::unexpected(std::move(sealed.error()));
    row.sealed = std::move(sealed->sealed);
    row.key_version = sealed->key_version;
    // Written only under a key that the store still calls active: a rotation elsewhere may be seconds old.
    const VaultKey& active = (*keys)->active().record;
    context.unit.require(active, active.version);
    context.decides_again_on.push_back(ports::table_of<VaultKey>().name);
    if (!wish.cvv.empty() && !vault.cvvs.keep(row.id, wish.cvv, row.expires_at)) {
        wipe(wish.cvv);
        return fail(ErrorCode::unavailable, "no room for verification codes");
    }
    wipe(wish.cvv);
    context.unit.insert(std::move(row));
    auto noted = note_temp_card(context, caller.merchant->id, given.id, Action::created,
                                {detail("scope", std::string(to_name(wish.scope)))});
    if (!noted) return std::unexpected(std::move(noted.error()));
    return given;
}

Result<FoundTempCard> find_temp_card(Context& context, const Caller& caller, const Blob& token_hash) {
    auto row = context.store().find<VaultTempCard>(
        {where<&VaultTempCard::merchant_id>(caller.merchant->id), where<&VaultTempCard::token_hash>(token_hash)});
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row)
        return refuse(context, chain_of_merchant(caller.merchant->id), {ErrorCode::vault_temp_card_not_found, {}});
    if (context.now >= (*row)->expires_at)
        return refuse(context, chain_of_temp_card((*row)->merchant_id, (*row)->id),
                      {ErrorCode::vault_temp_card_not_found, "expired"});
    const auto keys = context.services.vault->keys.of(caller.merchant->id, (*row)->key_version);
    if (!keys) return std::unexpected(keys.error());
    auto content = open((*row)->sealed, (*row)->key_version, **keys, place_of(**row));
    if (!content) return std::unexpected(std::move(content.error()));
    return FoundTempCard{std::move(**row), std::move(*content)};
}

void consume(Context& context, const VaultTempCard& card) {
    VaultTempCard key;
    key.merchant_id = card.merchant_id;
    key.token_hash = card.token_hash;
    context.unit.erase(std::move(key));
    // Whoever met another is decided again, and finds none.
    context.decides_again_on.push_back(ports::table_of<VaultTempCard>().name);
    context.after_commit.push_back([vault = context.services.vault, id = card.id] { vault->cvvs.forget(id); });
}

Result<std::int64_t> sweep_expired(Services& services) {
    services.vault->cvvs.forget_expired(services.clock.now());
    const auto cards = sweep<VaultTempCard>(services);
    if (!cards) return cards;
    const auto tokens = sweep<VaultTempToken>(services);
    if (!tokens) return tokens;
    return *cards + *tokens;
}

}  // namespace takas::app::vault
