#include "app/card_security/cvv2.hpp"

#include "app/card_security/card_keys.hpp"
#include "app/card_security/desk.hpp"
#include "app/card_security/exchanged_keys.hpp"
#include "app/card_security/piece.hpp"
#include "app/cards/cards.hpp"
#include "app/events/card_security_payloads.hpp"
#include "crypto/payment/card_code.hpp"

namespace takas::app::card_security {
namespace {

using core::card::Card;
using core::event::EventKind;
using core::key::KeyUsage;
using ports::DataCipher;

DataCipher cipher_of(const core::key::PaymentKey& key) {
    return core::key::is_aes(key.algorithm) ? DataCipher::aes_gcm : DataCipher::cbc_pkcs7;
}

/// Copied to another card's request the value does not open.
std::string place_of(const core::key::PaymentKey& key, TokenId token_id) {
    return cipher_of(key) == DataCipher::aes_gcm ? std::to_string(token_id.value) : std::string();
}

Result<Enciphered> encipher(const Context& context, TokenId token_id, ByteView clear) {
    const auto key = exchanged_key(context.services.keys, context.tenant_id, KeyUsage::dek, {});
    if (!key) return std::unexpected(key.error());
    auto octets =
        context.services.hsm.encrypt_data(**key, cipher_of(**key), clear, bytes_of(place_of(**key, token_id)));
    if (!octets) return std::unexpected(std::move(octets.error()));
    return Enciphered{std::move(*octets), (*key)->kcv};
}

keys::KeyWish verification_key(const Context& context, const core::card::Pan& pan) {
    return {.tenant_id = context.tenant_id, .usage = KeyUsage::cvk, .bin = pan.reveal(core::card::RevealFor::hsm)};
}

/// What does not open is wrong, like a wrong value. The holder of a renewed card may still have the piece before it.
Result<bool> is_right(const Context& context, CardView view, const PresentedCvv2& presented) {
    turn_to_piece(view, {}, presented.expire_date);
    const auto dek = exchanged_key(context.services.keys, context.tenant_id, KeyUsage::dek, presented.key_check_value);
    if (!dek) return std::unexpected(dek.error());
    const auto clear = context.services.hsm.decrypt_data(**dek, cipher_of(**dek), presented.octets,
                                                         bytes_of(place_of(**dek, view.token_id)));
    if (!clear && clear.error().code != ErrorCode::hsm_data_invalid) return std::unexpected(clear.error());
    const auto pan = context.services.pan_vault.open(view.pan_sealed, view.token_id);
    if (!pan) return std::unexpected(pan.error());
    const std::string expiry = expiry_text(view.expire_date);
    const std::string_view value = clear ? text_of(clear->reveal()) : std::string_view();
    const auto right = is_right_under_one(
        context.services.keys.find_for_card(verification_key(context, *pan), view.creation_time),
        [&](const keys::KeyRef& cvk) {
            return context.services.hsm.verify_cvv(*cvk, {*pan, expiry, crypto::payment::service_code_of_cvv2}, value);
        });
    if (!right) return std::unexpected(right.error());
    return *right && (!presented.expire_date || *presented.expire_date == view.expire_date);
}

Result<std::int16_t> try_limit(const Context& context, const Card& card) {
    const auto product = context.services.card_security->products.find(context.tenant_id, card.card_product_code);
    if (!product) return std::unexpected(product.error());
    return (*product)->cvv2_try_limit;
}

}  // namespace

Result<Cvv2WithExpiry> get_cvv2(Context& context, TokenId token_id) {
    const auto card = cards::get_card(context, token_id);
    if (!card) return std::unexpected(card.error());
    if (auto usable = check_usable(*card); !usable) return std::unexpected(std::move(usable.error()));
    const auto pan = context.services.pan_vault.open(card->pan_sealed, token_id);
    if (!pan) return std::unexpected(pan.error());
    const auto cvk = key_of_card(context.services.keys, verification_key(context, *pan),
                                 card->renewed_at.value_or(card->creation_time));
    if (!cvk) return std::unexpected(cvk.error());
    const auto cvv2 =
        context.services.hsm.cvv(**cvk, {*pan, expiry_text(card->expire_date), crypto::payment::service_code_of_cvv2});
    if (!cvv2) return std::unexpected(cvv2.error());
    auto enciphered = encipher(context, token_id, cvv2->reveal());
    if (!enciphered) return std::unexpected(std::move(enciphered.error()));
    log_disclosure(context, "cvv2_given", token_id, true);
    return Cvv2WithExpiry{std::move(*enciphered), card->expire_date};
}

Result<Entered> verify_cvv2(Context& context, TokenId token_id, const PresentedCvv2& presented,
                            std::string_view idempotency_key) {
    const Command command{token_id, "cvv2.verify", idempotency_key, presented.octets};
    auto done = run_command(context, command, [&](const Card& card, const CardView& view) -> Result<Decide> {
        if (auto alive = check_alive(card); !alive) return std::unexpected(std::move(alive.error()));
        const auto limit = try_limit(context, card);
        if (!limit) return std::unexpected(limit.error());
        const auto right = is_right(context, view, presented);
        if (!right) return std::unexpected(right.error());
        return [&context, right = *right, limit = *limit](Subject& subject) -> std::optional<Result<Entered>> {
            const auto entry = core::card::enter_cvv2(subject.security, right, limit);
            if (entry.is_blocked_now)
                subject.work.insert(
                    events::card_security_event(EventKind::cvv2_blocked, subject.card, context.now, context.user_id));
            return Entered{entry.is_accepted, entry.remaining};
        };
    });
    log_command(context, "cvv2_verified", token_id, done && done->is_accepted);
    return done;
}

Result<Entered> reset_cvv2_counters(Context& context, TokenId token_id, std::string_view idempotency_key) {
    const Command command{token_id, "cvv2.reset-counters", idempotency_key};
    auto done = run_command(context, command, [&](const Card& card, const CardView&) -> Result<Decide> {
        const auto limit = try_limit(context, card);
        if (!limit) return std::unexpected(limit.error());
        return [limit = *limit](Subject& subject) -> std::optional<Result<Entered>> {
            core::card::clear_cvv2_tries(subject.security);
            return Entered{true, core::card::remaining_cvv2_tries(subject.security, limit)};
        };
    });
    log_command(context, "cvv2_counters_reset", token_id, done.has_value());
    return done;
}

Result<Enciphered> detokenize(Context& context, TokenId token_id) {
    const auto card = cards::get_card(context, token_id);
    if (!card) return std::unexpected(card.error());
    const auto pan = context.services.pan_vault.open(card->pan_sealed, token_id);
    if (!pan) return std::unexpected(pan.error());
    auto enciphered = encipher(context, token_id, bytes_of(pan->reveal(core::card::RevealFor::hsm)));
    log_disclosure(context, "card_number_given", token_id, enciphered.has_value());
    return enciphered;
}

}  // namespace takas::app::card_security
