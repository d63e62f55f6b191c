#include "app/lane/work.hpp"

#include <utility>

#include "base/invariant.hpp"
#include "core/card/chip_counters.hpp"

namespace takas::app::lane {

using core::authorization::CardTransaction;
using core::authorization::TransactionKey;
using ports::where;

Result<core::card::Card*> Work::card(TokenId token_id) {
    using core::card::Card;
    for (Card& c : aggregate_.cards)
        if (c.token_id == token_id) return &c;
    if (!aggregate_.exists) return nullptr;
    auto issued_since =
        store_.find<Card>({where<&Card::account_id>(account().account_id), where<&Card::token_id>(token_id)});
    if (!issued_since) return std::unexpected(std::move(issued_since.error()));
    if (!*issued_since) return nullptr;
    return &aggregate_.cards.emplace_back(std::move(**issued_since));
}

Aggregate::Secured* Work::secured(TokenId token_id) {
    for (auto& one : aggregate_.secured)
        if (one.security.token_id == token_id) return &one;
    return nullptr;
}

Result<core::card::CardSecurity> Work::security(TokenId token_id) {
    using core::card::CardSecurity;
    if (const auto* known = secured(token_id)) return known->security;
    auto stored = store_.find<CardSecurity>(
        {where<&CardSecurity::account_id>(account().account_id), where<&CardSecurity::token_id>(token_id)});
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto& kept = aggregate_.secured.emplace_back();
    kept.is_stored = stored->has_value();
    if (kept.is_stored) {
        kept.security = std::move(**stored);
    } else {
        kept.security.tenant_id = account().tenant_id;
        kept.security.account_id = account().account_id;
        kept.security.token_id = token_id;
    }
    if (const auto atc = core::card::chip_counter(account().chip_counters, token_id)) kept.security.last_atc = *atc;
    return kept.security;
}

Result<core::control::Counters*> Work::usage(TokenId token_id) {
    using core::control::CardUsage, core::control::Counters;
    for (auto& one : aggregate_.counted)
        if (one.token_id == token_id) return &one.counters;
    auto stored = store_.find<CardUsage>(
        {where<&CardUsage::account_id>(account().account_id), where<&CardUsage::token_id>(token_id)});
    if (!stored) return std::unexpected(std::move(stored.error()));
    Counters counters;
    if (*stored) {
        auto decoded = Counters::decode((*stored)->counters.bytes);
        if (!decoded) return fail(ErrorCode::internal, "the stored counters of a card cannot be read");
        counters = std::move(*decoded);
    }
    return &aggregate_.counted.emplace_back(token_id, std::move(counters)).counters;
}

void Work::usage_changed(TokenId token_id) {
    touch();
    for (auto& one : aggregate_.counted)
        if (one.token_id == token_id) one.is_changed = true;
}

Aggregate::Chained* Work::chained(std::string_view subject_key) {
    for (auto& one : aggregate_.chained)
        if (one.head.subject_key == subject_key) return &one;
    return nullptr;
}

Result<core::audit::AuditHead> Work::audit_head(TokenId token_id) {
    using core::audit::AuditHead, core::audit::Subject;
    std::string key = std::to_string(token_id.value);
    if (const auto* known = chained(key)) return known->head;
    auto stored =
        store_.find<AuditHead>({where<&AuditHead::tenant_id>(account().tenant_id),
                                where<&AuditHead::subject>(Subject::card), where<&AuditHead::subject_key>(key)});
    if (!stored) return std::unexpected(std::move(stored.error()));
    auto& kept = aggregate_.chained.emplace_back();
    kept.is_stored = stored->has_value();
    if (kept.is_stored) {
        kept.head = std::move(**stored);
    } else {
        kept.head.tenant_id = account().tenant_id;
        kept.head.subject = Subject::card;
        kept.head.subject_key = std::move(key);
    }
    return kept.head;
}

std::string overlay_key(AccountId account, const Blob& key) {
    std::string name(reinterpret_cast<const char*>(&account.value), sizeof account.value);
    return name += key.bytes;
}

Result<std::optional<CardTransaction>> Work::transaction(TransactionId id) {
    if (const auto it = overlay_.transactions.find(id); it != overlay_.transactions.end())
        return it->second.transaction;
    auto stored = store_.find<CardTransaction>(
        {where<&CardTransaction::account_id>(account().account_id), where<&CardTransaction::transaction_id>(id)});
    is_stale_ = is_stale_ || (stored && *stored && (*stored)->held_minor > account().held_minor);
    if (is_stale_) return fail(ErrorCode::unavailable, "the account in memory is older than the transaction");
    return stored;
}

Result<std::optional<CardTransaction>> Work::transaction_by_key(const Blob& key, bool look_in_store) {
    if (const auto it = overlay_.keys.find(overlay_key(account().account_id, key)); it != overlay_.keys.end())
        return transaction(it->second);
    if (!key_conflict_ && !look_in_store) return std::nullopt;
    auto claim = store_.find<TransactionKey>(
        {where<&TransactionKey::message_key>(key), where<&TransactionKey::account_id>(account().account_id)});
    if (!claim) return std::unexpected(std::move(claim.error()));
    if (!*claim) return std::nullopt;
    return transaction((*claim)->transaction_id);
}

void Work::overlay(const CardTransaction& transaction) {
    auto& row = overlay_.transactions[transaction.transaction_id];
    row.transaction = transaction;
    ++row.users;
    overlaid_.push_back(transaction.transaction_id);
    if (transaction.message_key)
        overlay_.keys[overlay_key(transaction.account_id, *transaction.message_key)] = transaction.transaction_id;
}

void Work::insert(CardTransaction transaction) {
    changed_ = true;
    overlay(transaction);
    if (const auto& key = transaction.message_key)
        unit_.insert(TransactionKey{transaction.tenant_id, transaction.account_id, *key, transaction.transaction_id});
    unit_.insert(std::move(transaction));
}

void Work::update(CardTransaction transaction) {
    changed_ = true;
    overlay(transaction);
    unit_.update(std::move(transaction));
}

void Work::claim(Blob key, TransactionId transaction_id) {
    changed_ = true;
    const auto row = overlay_.transactions.find(transaction_id);
    invariant(row != overlay_.transactions.end(), "what a claim is for was changed before");
    std::string name = overlay_key(account().account_id, key);
    overlay_.keys[name] = transaction_id;
    row->second.claims.push_back(std::move(name));
    unit_.insert(TransactionKey{account().tenant_id, account().account_id, std::move(key), transaction_id});
}

void Work::update(core::card::Card card) {
    touch();
    for (auto& held : aggregate_.cards)
        if (held.token_id == card.token_id) held = card;
    unit_.update(std::move(card));
}

void Work::update(core::card::CardSecurity security) {
    touch();
    Aggregate::Secured* const held = secured(security.token_id);
    invariant(held != nullptr, "a card's security is read before it is changed");
    if (core::card::set_chip_counter(account().chip_counters, security.token_id, security.last_atc)) {
        const bool is_forgotten = security.last_atc < 0 && held->security.last_atc >= 0;  // the row's would count again
        held->security.last_atc = security.last_atc;
        if (!is_forgotten && held->security == security) return;
    }
    ++security.version;
    held->security = security;
    if (std::exchange(held->is_stored, true))
        unit_.update(std::move(security));
    else
        unit_.insert(std::move(security));
}

void Work::update(core::audit::AuditHead head) {
    touch();
    Aggregate::Chained* const held = chained(head.subject_key);
    invariant(held != nullptr, "the end of a chain is read before it is moved on");
    held->head = head;
    if (std::exchange(held->is_stored, true))
        unit_.update(std::move(head));
    else
        unit_.insert(std::move(head));
}

}  // namespace takas::app::lane
