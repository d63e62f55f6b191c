#include "app/card_security/test_chip.hpp"

#include <algorithm>
#include <array>

#include "app/card_security/card_keys.hpp"
#include "app/card_security/chip_message.hpp"
#include "app/card_security/contactless_track.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "crypto/payment/emv_profile.hpp"
#include "protocol/tlv/chip_data.hpp"

namespace takas::app::card_security {
namespace {

namespace payment = crypto::payment;

/// A form with a chip, or a product that says how this form's application computes.
bool has_chip(const CardView& card) {
    using core::product::ProductType;
    return card.form == ProductType::emv || card.form == ProductType::hce || !card.security.emv_profile_code.empty();
}

/// Packed digits, most significant first.
template <std::size_t Size>
std::array<std::uint8_t, Size> packed(std::int64_t number) {
    std::array<std::uint8_t, Size> out{};
    for (std::size_t i = Size; i-- > 0; number /= 100)
        out[i] = static_cast<std::uint8_t>(number / 10 % 10 << 4 | number % 10);
    return out;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> octets_of(std::uint64_t number) {
    std::array<std::uint8_t, Size> out{};
    for (std::size_t i = Size; i-- > 0; number >>= 8) out[i] = static_cast<std::uint8_t>(number);
    return out;
}

/// Tag 9F10 as the profile's application writes it (protocol/tlv/issuer_application_data.hpp); an ARQC was asked for,
/// everything went well.
Bytes issuer_application_data(const payment::EmvProfile& profile, std::uint8_t key_index) {
    const std::uint8_t version = profile.cryptogram_version;
    if (profile.iad == payment::IadForm::mastercard) {
        Bytes iad{key_index, version, 0xA0, 0x00, 0x03, 0x22, 0x00, 0x00, 0x00, 0x00};
        iad.resize(iad.size() + 8);  // counters
        return iad;
    }
    if (profile.iad == payment::IadForm::visa || profile.iad == payment::IadForm::interac)
        return {0x06, key_index, version, 0x03, 0xA0, 0x00, 0x00};
    Bytes iad(32);
    iad[0] = 0x0F, iad[1] = 0xA0 | version, iad[2] = key_index, iad[3] = 0xA0, iad[16] = 0x0F;
    return iad;
}

/// PVKI, PVV and zeros, as on the card.
std::string personalised_discretionary(const core::card::CardSecurity& s) {
    const bool has_pvv = s.pin_method == core::key::PinMethod::visa_pvv && s.pin_reference.size() == 4;
    return static_discretionary(has_pvv ? std::to_string(s.pvki % 10) + s.pin_reference : std::string("00000"));
}

struct ContactlessParts {
    protocol::track::Parts& track;
    std::string& discretionary;
};

/// Writes counter, terminal's digits and the code into the discretionary data, which `track` looks at.
Result<void> write_code(const Context& context, const CardView& card, payment::ContactlessCode form,
                        const TestChipData& wanted, const core::card::Pan& pan, const ContactlessParts& parts) {
    const bool is_dcvv = form == payment::ContactlessCode::dcvv;
    const auto imk = key_of_card(context.services.keys,
                                 {.tenant_id = context.tenant_id,
                                  .usage = is_dcvv ? core::key::KeyUsage::imk_dcvv : core::key::KeyUsage::imk_cvc3,
                                  .bin = pan.reveal(core::card::RevealFor::hsm)},
                                 card.creation_time);
    if (!imk) return std::unexpected(imk.error());
    constexpr std::size_t code_at = 5, code_digits = 3, atc_at = code_at + code_digits;
    const std::string atc = last_digits(wanted.atc, is_dcvv ? 4 : 3);
    const std::string unpredictable =
        is_dcvv ? std::string() : std::to_string(wanted.unpredictable_number % 10);  // the last digit of eight
    Result<crypto::SecretBytes> code;
    if (is_dcvv) {
        code = context.services.hsm.generate_dcvv(**imk, {pan, parts.track.expiry, parts.track.service_code},
                                                  card.pan_sequence_no, atc);
    } else {
        const auto on_card = contactless_template(parts.track);
        if (!on_card) return fail(ErrorCode::internal, "a card whose contactless track cannot be written");
        code = context.services.hsm.generate_cvc3(**imk, pan, card.pan_sequence_no, on_card->reveal(),
                                                  octets_of_atc(wanted.atc), octets_of_unpredictable(unpredictable));
    }
    if (!code) return std::unexpected(std::move(code.error()));
    parts.discretionary.replace(atc_at, atc.size(), atc);
    parts.discretionary.replace(atc_at + atc.size(), unpredictable.size(), unpredictable);
    parts.discretionary.back() = static_cast<char>('0' + unpredictable.size());
    parts.discretionary.replace(code_at, code_digits, text_of(code->reveal().last(code_digits)));
    return {};
}

}  // namespace

Result<crypto::SecretBytes> make_contactless_track(const Context& context, const CardView& card,
                                                   const TestChipData& wanted) {
    const payment::EmvProfile* profile = payment::find_emv_profile(emv_profile_of(card));
    if (!profile || !has_chip(card) || profile->contactless == payment::ContactlessCode::none)
        return crypto::SecretBytes();
    const auto pan = context.services.pan_vault.open(card.pan_sealed, card.token_id);
    if (!pan) return std::unexpected(pan.error());
    const std::string expiry = expiry_text(card.expire_date);
    std::string discretionary = personalised_discretionary(card.security);
    protocol::track::Parts track{
        pan->reveal(core::card::RevealFor::hsm), {}, expiry, service_code_of(card), discretionary};
    if (!protocol::track::build_track2(track)) return crypto::SecretBytes();
    if (auto done = write_code(context, card, profile->contactless, wanted, *pan, {track, discretionary}); !done)
        return std::unexpected(std::move(done.error()));
    track.discretionary = discretionary;
    const auto text = protocol::track::build_track2(track);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(discretionary.data()), discretionary.size()});
    if (!text) return fail(ErrorCode::internal, "a card whose contactless track cannot be written");
    return crypto::SecretBytes(bytes_of(text->reveal()));
}

Result<Bytes> make_chip_data(const Context& context, const CardView& card, const TestChipData& wanted) {
    const payment::EmvProfile* profile = payment::find_emv_profile(emv_profile_of(card));
    if (!profile || !has_chip(card)) return fail(ErrorCode::hsm_profile_unknown, "the card's EMV profile");
    const auto pan = context.services.pan_vault.open(card.pan_sealed, card.token_id);
    if (!pan) return std::unexpected(pan.error());
    const auto imk = key_of_card(context.services.keys,
                                 {.tenant_id = context.tenant_id,
                                  .usage = core::key::KeyUsage::imk_ac,
                                  .bin = pan->reveal(core::card::RevealFor::hsm)},
                                 card.creation_time);
    if (!imk) return std::unexpected(imk.error());

    const CivilDate day = civil(date_of(context.now));
    const auto amount = packed<6>(wanted.amount_minor), no_amount = packed<6>(0);
    const auto country = packed<2>(792), currency = packed<2>(wanted.currency.value);  // Türkiye
    const auto date = packed<3>((day.year % 100) * 10'000 + static_cast<int>(day.month * 100 + day.day));
    const auto unpredictable = octets_of<4>(wanted.unpredictable_number);
    const auto atc = octets_of<2>(static_cast<std::uint64_t>(wanted.atc)), aip = octets_of<2>(0x3900);
    const std::array<std::uint8_t, 5> verification{0x00, 0x00, 0x04, 0x80, 0x00};
    const std::array<std::uint8_t, 1> type{chip_transaction_type(wanted.code).value_or(0x00)}, information{0x80};
    const auto sequence = packed<1>(card.pan_sequence_no);
    const Bytes iad = issuer_application_data(*profile, static_cast<std::uint8_t>((*imk)->key_index));

    const ports::ArqcInput input{amount, no_amount,     country, verification, currency, date,
                                 type,   unpredictable, aip,     atc,          iad};
    const auto cryptogram =
        context.services.hsm.generate_arqc(**imk, {profile->name, *pan, card.pan_sequence_no}, input);
    if (!cryptogram) return std::unexpected(cryptogram.error());
    protocol::tlv::ChipData data;
    data.amount_authorized = amount, data.amount_other = no_amount, data.terminal_country = country;
    data.terminal_verification_results = verification, data.transaction_currency = currency;
    data.transaction_date = date, data.transaction_type = type, data.unpredictable_number = unpredictable;
    data.application_interchange_profile = aip, data.application_transaction_counter = atc;
    data.issuer_application_data = iad, data.cryptogram_information = information;
    data.application_cryptogram = *cryptogram, data.pan_sequence_number = sequence;
    return protocol::tlv::write_chip_data(data);
}

}  // namespace takas::app::card_security
