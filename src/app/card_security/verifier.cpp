#include "app/card_security/verifier.hpp"

#include "app/card_security/cavv.hpp"
#include "app/card_security/contactless_track.hpp"
#include "app/card_security/exchanged_keys.hpp"
#include "app/card_security/known_pin.hpp"
#include "app/card_security/question.hpp"
#include "app/card_security/stripe.hpp"
#include "crypto/payment/card_code.hpp"
#include "crypto/secret.hpp"
#include "protocol/track/track.hpp"

namespace takas::app::card_security {

namespace payment = crypto::payment;
using core::authorization::CavvResultCode;
using core::authorization::CvcResultCode;
using core::authorization::PosEntryMode;
using core::authorization::Verdict;
using core::key::KeyUsage;

namespace {

Verdict verdict_of(bool is_right) { return is_right ? Verdict::passed : Verdict::failed; }

/// What the card's chip writes into a track that is read without contact; nothing for other messages and cards.
payment::ContactlessCode contactless_code(const CardView& card, PosEntryMode mode) {
    using core::product::ProductType;
    const bool has_chip = card.form == ProductType::emv || card.form == ProductType::hce;
    const payment::EmvProfile* profile = payment::find_emv_profile(emv_profile_of(card));
    if (mode != PosEntryMode::contactless_magnetic_stripe || !has_chip || !profile)
        return payment::ContactlessCode::none;
    return profile->contactless;
}

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
    if (const auto form = contactless_code(q.card, q.circumstances.pos_entry_mode);
        form != payment::ContactlessCode::none)
        return ask_contactless(q, form, v);
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

/// A code of the chip in the CVV's place: good for one value of its counter, which the lane compares.
Result<void> Verifier::ask_contactless(const Question& q, payment::ContactlessCode form, Verdicts& v) {
    const auto track = protocol::track::parse_track2(text_of(q.presented.track2));
    const auto digits = track ? read_contactless(form, track->discretionary) : std::nullopt;
    if (!digits) return {};
    const auto atc = atc_ending_in(digits->atc, q.card.security.last_atc);
    if (!atc) return {};
    const bool is_dcvv = form == payment::ContactlessCode::dcvv;
    auto on_card = contactless_template(*track);
    if (!on_card) return {};
    const auto right = is_right_under_one(
        q.keys_from(keys_, is_dcvv ? KeyUsage::imk_dcvv : KeyUsage::imk_cvc3), [&](const keys::KeyRef& imk) {
            if (is_dcvv)
                return hsm_.verify_dcvv(*imk, {q.pan, track->expiry, track->service_code}, q.card.pan_sequence_no,
                                        digits->atc, digits->code);
            return hsm_.verify_cvc3(*imk, q.pan, q.card.pan_sequence_no, on_card->reveal(), octets_of_atc(*atc),
                                    octets_of_unpredictable(digits->unpredictable), digits->code);
        });
    if (!right && is_uncheckable(right.error().code)) return {};
    if (!right) return std::unexpected(right.error());
    v.cvv = verdict_of(*right);
    v.cvc_result = *right ? CvcResultCode::cvv_passed : CvcResultCode::cvv_failed;
    if (*right) v.stripe_atc = *atc;
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

/// A wrong PIN, a block that does not open and a card without a PIN have one answer. A block that does not open counts
/// too: were it free, a block of another card's PIN could be tried on many cards, and which of them it opens for would
/// tell its digits (docs/operating/card_security.md).
Result<void> Verifier::ask_pin(const Question& q, Verdicts& v) {
    const core::card::CardSecurity& security = q.card.security;
    v.pin = Verdict::failed;
    v.pin_version = security.pin_version;
    if (!core::card::has_pin(security)) return {};
    v.is_pin_guess = true;
    // It says nothing about the block: the same answer to every one that is sent.
    const auto cannot_verify = [&v] {
        v.pin = Verdict::uncheckable;
        v.is_pin_guess = false;
        return Result<void>();
    };
    const KnownPin known = known_pin(keys_, security);
    const auto zpks = exchanged_keys(keys_, q.card.tenant_id, KeyUsage::zpk, q.presented.pin.key_check_value);
    if (!known.is_checkable() || !zpks) return cannot_verify();
    Bytes enciphered;
    core::key::PinFormat format = q.presented.pin.format;
    ByteView block = q.presented.pin.block.reveal();
    if (block.empty()) {
        const core::key::PaymentKey& newest = *zpks->front();
        format = core::key::is_aes(newest.algorithm) ? core::key::PinFormat::iso4 : core::key::PinFormat::iso0;
        auto made = hsm_.encipher_pin(text_of(q.presented.clear_pin), q.pan, format, newest);
        if (!made && is_uncheckable(made.error().code)) return cannot_verify();
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
    if (is_uncheckable(right.error().code)) return cannot_verify();
    if (right.error().code == ErrorCode::hsm_pin_block_invalid) return {};
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
