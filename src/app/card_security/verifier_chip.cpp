// The chip's part of the verifier: cryptogram, issuer answer and scripts.
#include <array>

#include "app/card_security/chip_message.hpp"
#include "app/card_security/question.hpp"
#include "crypto/payment/emv_cryptogram.hpp"
#include "crypto/payment/emv_script.hpp"
#include "protocol/tlv/chip_data.hpp"
#include "protocol/tlv/issuer_application_data.hpp"

namespace takas::app::card_security {

namespace payment = crypto::payment;
namespace tlv = protocol::tlv;
using core::authorization::ArqcResultCode;
using core::authorization::Verdict;
using core::card::IssuerScript;
using core::card::ScriptKind;
using core::key::KeyUsage;

/// What of field 55 a cryptogram needs. Views into the presented octets.
struct Verifier::Chip {
    const payment::EmvProfile* profile = nullptr;
    payment::ArqcInput input;
    ByteView cryptogram;
    std::int32_t atc = 0;
    int pan_sequence_no = 0;  ///< the card's own: what tag 5F34 claims is compared, not believed
    std::int16_t derivation_key_index = 0;
    tlv::ChipData data;

    ports::ChipCard card(const core::card::Pan& pan) const { return {profile->name, pan, pan_sequence_no}; }
    ports::ScriptContext script_context() const { return {input.atc, cryptogram}; }
};

/// Of a cryptogram, with the key that showed it.
struct Verifier::ChipVerdict {
    keys::KeyRef imk_ac;
    ports::ArqcAnswer answer;
};

namespace {

constexpr std::string_view approved_wire_code = "00";
/// Card status update (EMV CCD): approved online, offline counters begin anew; declined, nothing changes at the card.
constexpr std::array<std::uint8_t, 4> card_status_update_approved{0x00, 0x82, 0x00, 0x00},
    card_status_update_declined{};
constexpr std::array<std::uint8_t, 6> no_other_amount{};

tlv::IadLayout layout_of(payment::IadForm form) {
    switch (form) {
        case payment::IadForm::visa:
            return tlv::IadLayout::visa;
        case payment::IadForm::interac:
            return tlv::IadLayout::interac;
        case payment::IadForm::mastercard:
            return tlv::IadLayout::mastercard;
        case payment::IadForm::ccd:
            break;
    }
    return tlv::IadLayout::ccd;
}

bool is_complete(const payment::ArqcInput& i) {
    return !i.amount_authorized.empty() && !i.terminal_country.empty() && !i.tvr.empty() && !i.currency.empty() &&
           !i.transaction_date.empty() && !i.transaction_type.empty() && !i.unpredictable_number.empty() &&
           !i.aip.empty() && !i.atc.empty() && !i.issuer_application_data.empty();
}

/// The issuer master keys of the card's own derivation index; where no key has that, those there are.
Result<std::vector<keys::KeyRef>> master_keys(const keys::KeyDirectory& directory, keys::KeyWish wish,
                                              std::int16_t index, Instant made_at) {
    wish.index = index;
    // Not by find_for_card alone: an institution in test with keys of its own would get the test keys besides.
    if (directory.find_all(wish).empty()) wish.index.reset();
    return directory.find_for_card(wish, made_at);
}

Result<keys::KeyRef> master_key(const keys::KeyDirectory& directory, const keys::KeyWish& wish, std::int16_t index,
                                Instant made_at) {
    auto all = master_keys(directory, wish, index, made_at);
    if (!all) return std::unexpected(std::move(all.error()));
    return std::move(all->front());
}

ports::ArpcInput answer_of(const payment::EmvProfile& profile, std::string_view response_code) {
    ports::ArpcInput answer;
    if (profile.arpc == payment::ArpcMethod::one)
        answer.response_code = bytes_of(response_code);
    else if (response_code == approved_wire_code)
        answer.card_status_update = card_status_update_approved;
    else
        answer.card_status_update = card_status_update_declined;
    return answer;
}

ByteView plain_command_of(ScriptKind kind) {
    switch (kind) {
        case ScriptKind::application_block:
            return payment::application_block_command;
        case ScriptKind::application_unblock:
            return payment::application_unblock_command;
        case ScriptKind::pin_unblock:
            return payment::pin_unblock_command;
        case ScriptKind::pin_change:
            break;
    }
    return {};
}

/// 72 { 9F18 script number, 86 command }: run after the second GENERATE AC (EMV Book 3, 10.10).
Bytes script_template(std::int64_t script_no, ByteView command) {
    std::array<std::uint8_t, 4> identifier{};
    for (std::size_t i = 0; i < identifier.size(); ++i)
        identifier[i] = static_cast<std::uint8_t>(script_no >> (8 * (identifier.size() - 1 - i)));
    tlv::Writer out;
    out.open(0x72).add(0x9F18, identifier).add(0x86, command).close();
    return out.octets();
}

}  // namespace

/// Nothing when it is no chip data, or something that the cryptogram signs is missing.
std::optional<Verifier::Chip> Verifier::read_chip(const CardView& card, ByteView octets) {
    const auto data = tlv::read_chip_data(octets);
    Chip chip;
    chip.profile = payment::find_emv_profile(emv_profile_of(card));
    if (!data || !chip.profile || data->application_cryptogram.size() != 8) return std::nullopt;
    const ByteView other = data->amount_other.empty() ? ByteView(no_other_amount) : data->amount_other;
    chip.input = {data->amount_authorized,
                  other,
                  data->terminal_country,
                  data->terminal_verification_results,
                  data->transaction_currency,
                  data->transaction_date,
                  data->transaction_type,
                  data->unpredictable_number,
                  data->application_interchange_profile,
                  data->application_transaction_counter,
                  data->issuer_application_data};
    if (!is_complete(chip.input) || chip.input.atc.size() != 2) return std::nullopt;
    const auto iad =
        tlv::read_issuer_application_data(layout_of(chip.profile->iad), chip.input.issuer_application_data);
    if (!iad) return std::nullopt;
    chip.derivation_key_index = iad->derivation_key_index;
    chip.cryptogram = data->application_cryptogram;
    chip.atc = chip.input.atc[0] << 8 | chip.input.atc[1];
    chip.pan_sequence_no = card.pan_sequence_no;
    chip.data = *data;
    return chip;
}

/// Under the key that the card was made with, or one of the others that serve it.
Result<Verifier::ChipVerdict> Verifier::verify_arqc(const Question& q, const Chip& chip,
                                                    std::string_view response_code) {
    ChipVerdict found;
    const auto right = is_right_under_one(
        master_keys(keys_, q.wish(KeyUsage::imk_ac), chip.derivation_key_index, q.card.creation_time),
        [&](const keys::KeyRef& imk) -> Result<bool> {
            auto answer = hsm_.verify_arqc(*imk, chip.card(q.pan), chip.input, chip.cryptogram,
                                           answer_of(*chip.profile, response_code));
            if (!answer) return std::unexpected(std::move(answer.error()));
            found = {imk, std::move(*answer)};
            return found.answer.is_valid;
        });
    if (!right) return std::unexpected(right.error());
    return found;
}

Result<std::vector<Bytes>> Verifier::build_scripts(const Question& q, const Chip& chip,
                                                   const core::key::PaymentKey& imk_ac,
                                                   std::span<const IssuerScript> scripts) {
    std::vector<Bytes> built;
    if (scripts.empty()) return built;
    const auto smi = master_key(keys_, q.wish(KeyUsage::imk_smi), chip.derivation_key_index, q.card.creation_time);
    if (!smi) return std::unexpected(smi.error());
    for (const IssuerScript& script : scripts) {
        const auto command = script.kind == ScriptKind::pin_change
                                 ? build_pin_change(q, chip, imk_ac, **smi)
                                 : hsm_.script_command(**smi, chip.card(q.pan), chip.script_context(),
                                                       plain_command_of(script.kind), {});
        if (!command) return std::unexpected(command.error());
        if (!command->empty()) built.push_back(script_template(script.script_no, *command));
    }
    return built;
}

/// Nothing when the card has lost its PIN meanwhile.
Result<Bytes> Verifier::build_pin_change(const Question& q, const Chip& chip, const core::key::PaymentKey& imk_ac,
                                         const core::key::PaymentKey& smi) {
    const core::card::CardSecurity& security = q.card.security;
    const auto storage_key = keys_.by_id(security.tenant_id, security.pin_block_key_id);
    if (!core::card::has_pin(security) || !storage_key) return Bytes();
    const auto smc = master_key(keys_, q.wish(KeyUsage::imk_smc), chip.derivation_key_index, q.card.creation_time);
    if (!smc) return std::unexpected(smc.error());
    return hsm_.pin_change_command({smi, **smc, imk_ac}, chip.card(q.pan), chip.script_context(),
                                   {bytes_of(security.pin_block.bytes), core::key::PinFormat::iso4, *storage_key},
                                   std::nullopt);
}

namespace {

/// Tag 9A; 0 when it is missing or no date.
Date date_in(const tlv::ChipData& data) {
    const ByteView packed = data.transaction_date;
    if (packed.size() != 3) return {};
    const auto digits = [](std::uint8_t octet) { return static_cast<unsigned>((octet >> 4) * 10 + (octet & 0x0F)); };
    constexpr int century = 2000;
    return make_date(century + static_cast<int>(digits(packed[0])), digits(packed[1]), digits(packed[2]))
        .value_or(Date{});
}

/// Decided at the terminal: its certificate is kept as evidence and not checked. What is none is no evidence.
void ask_offline_chip(ByteView octets, Verdicts& v) {
    constexpr std::size_t cryptogram_bytes = 8;
    const auto data = tlv::read_chip_data(octets);
    v.arqc = Verdict::failed;
    v.arqc_result = ArqcResultCode::format_error;
    if (!data || data->application_cryptogram.size() != cryptogram_bytes ||
        data->application_transaction_counter.empty())
        return;
    const bool is_declined = is_declined_by_card(*data);
    v.arqc = is_declined ? Verdict::failed : Verdict::not_performed;
    v.arqc_result = is_declined ? ArqcResultCode::failed : ArqcResultCode::offline_not_verified;
    if (is_declined) return;
    for (const ByteView part : {data->application_transaction_counter, data->application_cryptogram})
        v.offline_cryptogram.insert(v.offline_cryptogram.end(), part.begin(), part.end());
    v.offline_on = date_in(*data);
}

}  // namespace

Result<void> Verifier::ask_chip(const Question& q, Verdicts& v) {
    const ByteView octets = q.presented.chip_data.reveal();
    if (q.circumstances.is_offline) {
        ask_offline_chip(octets, v);
        return {};
    }
    v.arqc = Verdict::failed;
    v.arqc_result = ArqcResultCode::format_error;
    const auto chip = read_chip(q.card, octets);
    if (!chip) return {};
    if (!fits_message(chip->data, q.card, q.circumstances)) {
        v.arqc_result = ArqcResultCode::failed;
        return {};
    }
    auto verdict = verify_arqc(q, *chip, approved_wire_code);
    if (!verdict && verdict.error().code == ErrorCode::hsm_data_invalid) return {};
    if (!verdict && is_uncheckable(verdict.error().code)) {
        v.arqc_result = ArqcResultCode::key_not_found;
        return {};
    }
    if (!verdict) return std::unexpected(std::move(verdict.error()));
    ports::ArqcAnswer& answer = verdict->answer;
    v.arqc_result = answer.is_valid ? ArqcResultCode::passed : ArqcResultCode::failed;
    if (!answer.is_valid) return {};
    v.arqc = Verdict::passed;
    v.atc = chip->atc;
    v.arpc = std::move(answer.arpc);
    v.issuer_authentication_data = std::move(answer.issuer_authentication_data);
    const auto& waiting = q.card.security.scripts;
    auto scripts = build_scripts(q, *chip, *verdict->imk_ac, waiting);
    // A script that cannot be made now waits for the next answer: the cardholder's purchase does not.
    if (!scripts) return is_uncheckable(scripts.error().code) ? Result<void>() : std::unexpected(scripts.error());
    v.scripts = std::move(*scripts);
    v.last_script_no = waiting.empty() ? 0 : waiting.back().script_no;
    return {};
}

Result<ChipAnswer> Verifier::answer_chip(const Presented& presented, const CardView& card,
                                         std::string_view response_code, std::span<const IssuerScript> scripts) {
    ChipAnswer out;
    const auto pan = vault_.open(card.pan_sealed, card.token_id);
    if (!pan) return std::unexpected(pan.error());
    const Circumstances circumstances;
    const Question q{presented, card, circumstances, *pan};
    const auto chip = read_chip(card, presented.chip_data.reveal());
    if (!chip) return out;
    auto verdict = verify_arqc(q, *chip, response_code);
    if (!verdict && verdict.error().code == ErrorCode::hsm_key_not_found) return out;
    if (!verdict) return std::unexpected(std::move(verdict.error()));
    out.arpc = std::move(verdict->answer.arpc);
    out.issuer_authentication_data = std::move(verdict->answer.issuer_authentication_data);
    auto built = build_scripts(q, *chip, *verdict->imk_ac, scripts);
    if (!built) return std::unexpected(std::move(built.error()));
    out.scripts = std::move(*built);
    return out;
}

}  // namespace takas::app::card_security
