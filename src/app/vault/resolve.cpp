#include "app/vault/resolve.hpp"

#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/blacklist.hpp"
#include "app/vault/checks.hpp"
#include "app/vault/trail.hpp"
#include "base/log.hpp"

namespace takas::app::vault {

using core::audit::Action;
using ports::where;

namespace {

Result<std::optional<VaultResolution>> find_resolution(const Context& context, const Caller& caller,
                                                       const std::string& reference) {
    return context.store().find<VaultResolution>(
        {where<&VaultResolution::merchant_id>(caller.merchant->id), where<&VaultResolution::reference>(reference)});
}

/// The reference is used up in the commit of the reading: of two who race with it one is told so.
VaultResolution use_up(Context& context, const Caller& caller, const std::string& reference) {
    VaultResolution resolution;
    resolution.merchant_id = caller.merchant->id;
    resolution.reference = reference;
    resolution.id = context.next_id<EntityId>();
    resolution.key_id = caller.key_id;
    resolution.creation_time = context.now;
    context.decides_again_on.push_back(ports::table_of<VaultResolution>().name);
    return resolution;
}

Details reading_of(const CardSource& source, const std::string& reference) {
    Details details{detail("operation", source.forwarded_to.empty() ? "resolve" : "forward"),
                    detail("reference", reference)};
    if (!source.forwarded_to.empty()) details.push_back(detail("host", source.forwarded_to));
    return details;
}

Result<void> check_usable(Context& context, const Pool& pool, const CardContent& content) {
    const Date today = context.services.catalog.local_date(context.tenant_id, context.now);
    if (is_expired(content.year, content.month, today)) return fail(ErrorCode::vault_card_expired);
    return expect_not_blacklisted(context, pool, content);
}

Result<void> expect_usable(Context& context, const Pool& pool, const CardContent& content, const Chain& chain) {
    auto usable = check_usable(context, pool, content);
    if (!usable) return refuse(context, chain, std::move(usable.error()));
    return usable;
}

Result<ResolvedCard> resolve_stored(Context& context, const Caller& caller, const CardSource& source,
                                    const std::string& reference) {
    const auto pool = pool_of(context, caller, source.owner);
    if (!pool) return std::unexpected(pool.error());
    auto card = find_card(context, *pool, std::nullopt, source.unique_code);
    if (!card) return std::unexpected(std::move(card.error()));
    const Chain chain = chain_of_card(card->row.merchant_id, card->row.id);
    if (auto usable = expect_usable(context, *pool, card->content, chain); !usable)
        return std::unexpected(std::move(usable.error()));
    VaultResolution resolution = use_up(context, caller, reference);
    resolution.card_id = card->row.id;
    const EntityId id = resolution.id;
    context.unit.insert(std::move(resolution));
    auto noted =
        note_card(context, card->row.merchant_id, card->row.id, Action::accessed, reading_of(source, reference));
    if (!noted) return std::unexpected(std::move(noted.error()));
    card->row.last_used_at = context.now;
    const std::int64_t seen = card->row.version++;
    context.unit.update(card->row, seen);
    context.decides_again_on.push_back(ports::table_of<VaultCard>().name);
    return ResolvedCard{card->row.scope,          std::move(card->content), std::nullopt, id,
                        card->row.fingerprint_id, card->row.merchant_id,    card->row.id};
}

Result<ResolvedCard> resolve_temporary(Context& context, const Caller& caller, const CardSource& source,
                                       const std::string& reference) {
    const auto pool = pool_of(context, caller, false, {});
    if (!pool) return std::unexpected(pool.error());
    auto card = find_temp_card(context, caller, hash_of_token(source.card_token));
    if (!card) return std::unexpected(std::move(card.error()));
    const Chain chain = chain_of_temp_card(card->row.merchant_id, card->row.id);
    if (card->row.resolution_id != 0)
        return refuse(context, chain, {ErrorCode::vault_temp_card_not_found, "read by another payment"});
    if (auto usable = expect_usable(context, *pool, card->content, chain); !usable)
        return std::unexpected(std::move(usable.error()));
    VaultResolution resolution = use_up(context, caller, reference);
    resolution.temp_card_hash = card->row.token_hash;
    ResolvedCard resolved{card->row.scope,
                          std::move(card->content),
                          std::nullopt,
                          resolution.id,
                          {},
                          card->row.merchant_id,
                          card->row.id,
                          true};
    context.unit.insert(std::move(resolution));
    auto noted =
        note_temp_card(context, card->row.merchant_id, card->row.id, Action::accessed, reading_of(source, reference));
    if (!noted) return std::unexpected(std::move(noted.error()));
    // Taken last: whoever is decided again has not lost it before.
    resolved.cvv = context.services.vault->cvvs.look(card->row.id, context.now);
    context.after_commit.push_back([vault = context.services.vault, id = card->row.id] { vault->cvvs.forget(id); });
    card->row.resolution_id = resolved.resolution_id.value;
    const std::int64_t seen = card->row.version++;
    context.unit.update(std::move(card->row), seen);
    context.decides_again_on.push_back(ports::table_of<VaultTempCard>().name);
    return resolved;
}

Result<void> consume_of(Context& context, const VaultResolution& resolution) {
    auto row = context.store().find<VaultTempCard>({where<&VaultTempCard::merchant_id>(resolution.merchant_id),
                                                    where<&VaultTempCard::token_hash>(resolution.temp_card_hash)});
    if (!row) return std::unexpected(std::move(row.error()));
    if (!*row) return {};  // stored or expired meanwhile
    consume(context, **row);
    return note_temp_card(context, (*row)->merchant_id, (*row)->id, Action::deleted, {detail("operation", "paid")});
}

/// The payment is over whether or not its card can be kept (contract 7.3): what is wrong with the wish is logged, and
/// the card is not saved. What a retry may mend is an error.
Result<std::optional<StoredCard>> save(Context& context, const Caller& caller, const VaultResolution& resolution,
                                       const PaymentOutcome& outcome) {
    Result<StoredCard> saved = fail_field("CardSave.RelationalId1", "A value is needed.", "Bir değer gerekli.");
    if (!outcome.save_for->relational_id1.empty())
        saved =
            store_temp_card_by_hash(context, caller, *outcome.save_for, resolution.temp_card_hash, outcome.nickname);
    if (saved) return std::optional<StoredCard>{std::move(*saved)};
    const ErrorCode code = saved.error().code;
    if (code == ErrorCode::unavailable || code == ErrorCode::internal) return std::unexpected(std::move(saved.error()));
    log::warning("vault_card_not_saved")
        .add("resolution", resolution.id)
        .add("detail", saved.error().internal_detail)
        .add("error", error_row(code).public_code);
    return std::optional<StoredCard>{};
}

/// The same answer as the first time, while the card is there and the same owner is named.
Result<std::optional<StoredCard>> told_again(Context& context, const Caller& caller, const VaultResolution& resolution,
                                             const PaymentOutcome& outcome) {
    const bool was_saved = !resolution.temp_card_hash.bytes.empty() && resolution.card_id.value != 0;
    if (!was_saved || !outcome.save_for) return std::optional<StoredCard>{};
    const auto pool = pool_of(context, caller, *outcome.save_for);
    if (!pool) return std::unexpected(pool.error());
    return find_card_by_id(context, *pool, resolution.card_id);
}

}  // namespace

Result<ResolvedCard> resolve_card(Context& context, const Caller& caller, const CardSource& source,
                                  const std::string& reference) {
    if (source.unique_code.empty() == source.card_token.empty())
        return fail(ErrorCode::vault_card_detail_invalid, "exactly one of UniqueCode and TempCardToken");
    if (holds_card_number(reference))
        return fail_field("Reference", "It is kept as it is: no card number.",
                          "Olduğu gibi saklanır: kart numarası olmamalı.");
    const auto used = find_resolution(context, caller, reference);
    if (!used) return std::unexpected(used.error());
    if (*used) return fail(ErrorCode::vault_reference_used);
    return source.card_token.empty() ? resolve_stored(context, caller, source, reference)
                                     : resolve_temporary(context, caller, source, reference);
}

Result<std::optional<StoredCard>> tell_outcome(Context& context, const Caller& caller, const PaymentOutcome& outcome) {
    auto resolution = find_resolution(context, caller, outcome.reference);
    if (!resolution) return std::unexpected(std::move(resolution.error()));
    if (!*resolution) return fail(ErrorCode::not_found, "no card was read with this reference");
    VaultResolution& row = **resolution;
    if (row.is_approved) {
        if (*row.is_approved != outcome.is_approved) return fail(ErrorCode::vault_reference_used);
        return told_again(context, caller, row, outcome);
    }
    row.is_approved = outcome.is_approved;
    const bool is_temporary = !row.temp_card_hash.bytes.empty();
    std::optional<StoredCard> stored;
    if (is_temporary && outcome.is_approved && outcome.save_for) {
        auto saved = save(context, caller, row, outcome);
        if (!saved) return std::unexpected(std::move(saved.error()));
        stored = std::move(*saved);
        if (stored) row.card_id = stored->row.id;
    }
    if (is_temporary && !stored) {
        if (auto done = consume_of(context, row); !done) return std::unexpected(std::move(done.error()));
    }
    const std::int64_t seen = row.version++;
    context.unit.update(std::move(row), seen);
    context.decides_again_on.push_back(ports::table_of<VaultResolution>().name);
    return stored;
}

}  // namespace takas::app::vault
