#include "app/card_security/clear_card.hpp"

#include "app/card_security/card_keys.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "crypto/payment/card_code.hpp"
#include "protocol/track/track.hpp"

namespace takas::app::card_security {
namespace {

using core::card::RevealFor;
using core::key::KeyUsage;
using core::key::PinMethod;

crypto::SecretBytes secret_of(std::string_view text) { return crypto::SecretBytes(bytes_of(text)); }

/// PVKI, PVV, CVV.
crypto::SecretBytes discretionary_of(const CardView& view, const crypto::SecretBytes& cvv) {
    const auto& s = view.security;
    const bool has_pvv = s.pin_method == PinMethod::visa_pvv && s.pin_reference.size() == 4;
    std::string data = has_pvv ? std::to_string(s.pvki % 10) + s.pin_reference : std::string("00000");
    data += text_of(cvv.reveal());
    crypto::SecretBytes out = secret_of(data);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(data.data()), data.size()});
    return out;
}

Result<crypto::SecretBytes> built(protocol::wire::Decoded<protocol::track::Text> track) {
    if (!track) return fail(ErrorCode::internal, protocol::wire::describe(track.error()));
    return secret_of(track->reveal());
}

/// Track 1 knows capital letters, digits and a few signs (ISO/IEC 7813).
std::string name_of(const core::card::Card& card) {
    constexpr std::size_t name_max = 26;
    constexpr std::string_view signs = " ./-'";
    std::string name;
    for (const char c : card.personalized_name_line_1) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const bool fits = (upper >= 'A' && upper <= 'Z') || (upper >= '0' && upper <= '9') ||
                          signs.find(upper) != std::string_view::npos;
        if (fits && name.size() < name_max) name.push_back(upper);
    }
    if (name.find('/') == std::string::npos && name.size() < name_max) name.push_back('/');
    return name;
}

}  // namespace

Result<ClearCard> clear_card(const Context& context, const core::card::Card& card, const CardView& view) {
    auto pan = context.services.pan_vault.open(view.pan_sealed, view.token_id);
    if (!pan) return std::unexpected(std::move(pan.error()));
    const std::string_view digits = pan->reveal(RevealFor::personalisation);
    const auto cvk =
        key_of_card(context.services.keys, {.tenant_id = context.tenant_id, .usage = KeyUsage::cvk, .bin = digits},
                    view.creation_time);
    if (!cvk) return std::unexpected(cvk.error());
    const std::string expiry = expiry_text(view.expire_date);
    const std::string_view service_code = service_code_of(view);
    ports::Hsm& hsm = context.services.hsm;
    auto cvv = hsm.cvv(**cvk, {*pan, expiry, service_code});
    if (!cvv) return std::unexpected(std::move(cvv.error()));
    auto icvv = hsm.cvv(**cvk, {*pan, expiry, crypto::payment::service_code_of_icvv});
    if (!icvv) return std::unexpected(std::move(icvv.error()));
    auto cvv2 = hsm.cvv(**cvk, {*pan, expiry, crypto::payment::service_code_of_cvv2});
    if (!cvv2) return std::unexpected(std::move(cvv2.error()));

    const auto stripe = discretionary_of(view, *cvv), chip = discretionary_of(view, *icvv);
    const std::string name = name_of(card);
    protocol::track::Parts parts{digits, {}, expiry, service_code, text_of(stripe.reveal())};
    auto track2 = built(protocol::track::build_track2(parts));
    parts.name = name;
    constexpr std::size_t name_min = 2;
    auto track1 = name.size() < name_min ? Result<crypto::SecretBytes>() : built(protocol::track::build_track1(parts));
    parts.name = {};
    parts.discretionary = text_of(chip.reveal());
    auto track2_chip = built(protocol::track::build_track2(parts));
    if (!track1) return std::unexpected(std::move(track1.error()));
    if (!track2 || !track2_chip) return fail(ErrorCode::internal, "a card whose track 2 cannot be written");
    return ClearCard{std::move(*pan),    std::move(*cvv),    std::move(*icvv),       std::move(*cvv2),
                     std::move(*track1), std::move(*track2), std::move(*track2_chip)};
}

Result<crypto::SecretBytes> clear_pin(const Context& context, const CardView& view) {
    if (!core::card::has_pin(view.security)) return crypto::SecretBytes();
    const auto key = context.services.keys.by_id(context.tenant_id, view.security.pin_block_key_id);
    if (!key) return fail(ErrorCode::hsm_key_not_found, "the PIN storage key of a card is gone");
    const auto pan = context.services.pan_vault.open(view.pan_sealed, view.token_id);
    if (!pan) return std::unexpected(pan.error());
    return context.services.hsm.reveal_pin({bytes_of(view.security.pin_block.bytes), core::key::PinFormat::iso4, *key},
                                           *pan, ports::RevealPinFor::sandbox);
}

}  // namespace takas::app::card_security
