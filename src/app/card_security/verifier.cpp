#include "app/card_security/verifier.hpp"

#include "app/card_security/cavv.hpp"
#include "app/card_security/exchanged_keys.hpp"
#include "app/card_security/known_pin.hpp"
#include "app/card_security/question.hpp"
#include "app/card_security/stripe.hpp"
#include "crypto/payment/card_code.hpp"
#include "crypto/secret.hpp"
#include "protocol/track/track.hpp"

namespace takas::app::card_security {

using core::authorization::CavvResultCode;
using core::authorization::CvcResultCode;
using core::authorization::PosEntryMode;
using core::authorization::Verdict;
using core::key::KeyUsage;

namespace {

Verdict verdict_of(bool is_right) { return is_right ? Verdict::passed : Verdict::failed; }

bool is_chip_read(PosEntryMode mode) { return mode == PosEntryMode::chip || mode == PosEntryMode::contactless_chip; }

std::string_view text_of(const crypto::SecretBytes& secret) { return takas::text_of(secret.reveal()); }

}  // namespace

/// The CVV of the stripe or of the chip's copy of it: given by itself, or inside track 2, which must be this card's.
Result<void> Verifier::ask_stripe(const Question& q, Verdicts& v) {
    std::string_view presented = text_of(q.presented.cvv);
    std::string_view service_code = service_code_of(q.card);
    std::string expiry = expiry_text(q.card.expire_date);
    v.cvv = Verdict::failed;
    v.cvc_result = CvcResultCode::invalid;
    if (!q.presented.track2.empty()) {
        const auto track = protocol::track::parse_track2(text_of(q.presented.track2));
        if (!track || track->expiry != expiry ||
            !crypto::constant_time_equal(bytes_of(track->pan), bytes_of(q.digits())))
            return {};
        if (track->service_code != service_code) {
            // The track may not choose which of the card's values it is compared with: 999 would be the chip's copy,
            // 000 the CVV2.
            v.cvc_result = CvcResultCode::cvv_failed;
            return {};
        }
        if (presented.empty()) presented = cvv_of(track->discretionary);
    }
    if (presented.size() != cvv_digits) return {};
    if (is_chip_read(q.circumstances.pos_entry_mode)) service_code = crypto::payment::service_code_of_icvv;
    const auto right = is_right_under_one(q.keys_from(keys_, KeyUsage::cvk), [&](const keys::KeyRef& cvk) {
        return hsm_.verify_cvv(*cvk, {q.pan, expiry, service_code}, presented);
    });
    if (!right && is_uncheckable(right.error().code)) return {};
    if (!right) return std::unexpected(right.error());
    v.cvv = verdict_of(*right);
    v.cvc_result = *right ? CvcResultCode::cvv_passed : CvcResultCode::cvv_failed;
    return {};
}

Result<void> Verifier::ask_cvv2(const Question& q, Verdicts& v) {
    v.cvv2 = Verdict::failed;
    const auto tell = [&](CvcResultCode result) {
        if (v.cvv != Verdict::failed) v.cvc_result = result;  // the first objection is the one that is shown
        return Result<void>();
    };
    const std::string expiry = expiry_text(q.card.expire_date);
    const auto right = is_right_under_one(q.keys_from(keys_, KeyUsage::cvk), [&](const keys::KeyRef& cvk) {
        return hsm_.verify_cvv(*cvk, {q.pan, expiry, crypto::payment::service_code_of_cvv2}, text_of(q.presented.cvv2));
    });
    if (!right && is_uncheckable(right.error().code)) return tell(CvcResultCode::cvc2_unverified);
    if (!right) return std::unexpected(right.error());
    v.cvv2 = verdict_of(*right);
    return tell(*right ? CvcResultCode::cvv2_passed : CvcResultCode::cvv2_failed);
}

/// A wrong PIN, a block that does not open and a card without a PIN have one answer.
Result<void> Verifier::ask_pin(const Question& q, Verdicts& v) {
    const core::card::CardSecurity& security = q.card.security;
    v.pin = Verdict::failed;
    v.pin_version = security.pin_version;
    if (!core::card::has_pin(security)) return {};
    v.is_pin_guess = true;
    const KnownPin known = known_pin(keys_, security);
    const auto zpks = exchanged_keys(keys_, q.card.tenant_id, KeyUsage::zpk, q.presented.pin.key_check_value);
    if (!known.is_checkable() || !zpks) {
        v.is_pin_guess = false;
        return {};
    }
    Bytes enciphered;
    core::key::PinFormat format = q.presented.pin.format;
    ByteView block = q.presented.pin.block.reveal();
    if (block.empty()) {
        const core::key::PaymentKey& newest = *zpks->front();
        format = core::key::is_aes(newest.algorithm) ? core::key::PinFormat::iso4 : core::key::PinFormat::iso0;
        auto made = hsm_.encipher_pin(text_of(q.presented.clear_pin), q.pan, format, newest);
        if (!made) return std::unexpected(std::move(made.error()));
        enciphered = std::move(*made);
        block = enciphered;
    }
    const auto right = is_right_under_one(zpks, [&](const keys::KeyRef& zpk) {
        return hsm_.verify_pin({block, format, *zpk}, q.pan, known.reference());
    });
    if (right) {
        v.pin = verdict_of(*right);
        return {};
    }
    v.is_pin_guess = !is_uncheckable(right.error().code);
    if (!v.is_pin_guess || right.error().code == ErrorCode::hsm_pin_block_invalid) return {};
    return std::unexpected(right.error());
}

Result<void> Verifier::ask_cavv(const Question& q, Verdicts& v) {
    const auto cavv = read_cavv(q.presented.cavv.reveal());
    v.cavv = Verdict::failed;
    v.cavv_result = CavvResultCode::not_verified_invalid_data;
    if (!cavv) return {};
    const auto right = is_right_under_one(q.keys_from(keys_, KeyUsage::cavk), [&](const keys::KeyRef& cavk) {
        return hsm_.verify_cavv(*cavk, q.pan, cavv->unpredictable_number, cavv->result_code, cavv->second_factor_code,
                                cavv->output);
    });
    if (!right && is_uncheckable(right.error().code)) {
        // Without a key of its own the institution leaves this check to the network.
        v.cavv = Verdict::not_performed;
        v.cavv_result = CavvResultCode::not_validated_issuer_not_participating;
        return {};
    }
    if (!right) return std::unexpected(right.error());
    v.cavv = verdict_of(*right);
    v.cavv_result = result_of(*cavv, *right);
    return {};
}

Result<Verdicts> Verifier::verify(const Presented& presented, const CardView& card,
                                  const Circumstances& circumstances) {
    Verdicts v;
    const auto product = products_.find(card.tenant_id, card.card_product_code);
    if (product)
        v.limits = {(*product)->pin_try_limit, (*product)->cvv2_try_limit};
    else if (product.error().code != ErrorCode::product_not_found)
        return std::unexpected(product.error());
    const auto pan = vault_.open(card.pan_sealed, card.token_id);
    if (!pan) return std::unexpected(pan.error());
    const Question question{presented, card, circumstances, *pan};
    Result<void> done;
    if (!presented.cvv.empty() || !presented.track2.empty()) done = ask_stripe(question, v);
    if (done && !presented.cvv2.empty()) done = ask_cvv2(question, v);
    if (done && (!presented.pin.block.empty() || !presented.clear_pin.empty())) done = ask_pin(question, v);
    if (done && !presented.chip_data.empty()) done = ask_chip(question, v);
    if (done && !presented.cavv.empty()) done = ask_cavv(question, v);
    if (!done) return std::unexpected(std::move(done.error()));
    return v;
}

}  // namespace takas::app::card_security
