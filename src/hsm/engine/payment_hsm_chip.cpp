// Chip cards: cryptograms and the issuer's answers, scripts, the cards' own keys for personalisation.
#include "crypto/payment/emv_key.hpp"
#include "hsm/engine/card_digits.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

namespace payment = crypto::payment;
using ports::ChipCard;
using ports::ScriptContext;

namespace {

/// What the algorithms want to know of a card; the digits of the sequence number must outlive the identity.
struct Chip {
    const payment::EmvProfile* profile;
    TwoDigits sequence;
    payment::CardIdentity identity(const Pan& pan) const { return {digits_of(pan), sequence.view()}; }
};

Result<Chip> chip_of(const ChipCard& card) {
    const payment::EmvProfile* const profile = payment::find_emv_profile(card.profile);
    if (profile == nullptr) return fail(ErrorCode::hsm_profile_unknown, "no such profile");
    return Chip{profile, sequence_digits(card.pan_sequence_no)};
}

Bytes copy_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

Result<ports::ArqcAnswer> PaymentHsm::verify_arqc(const PaymentKey& imk_ac, const ChipCard& card,
                                                  const ports::ArqcInput& input, ByteView arqc,
                                                  const std::optional<ports::ArpcInput>& answer) {
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    const auto key = open(Operation::verify_arqc, imk_ac);
    if (!key) return std::unexpected(key.error());
    const auto identity = chip->identity(card.pan);
    if (!answer) {
        const auto valid = payment::verify_arqc(*chip->profile, (*key)->reveal(), identity, input, arqc);
        if (!valid) return refused(valid.error());
        return ports::ArqcAnswer{*valid, {}, {}};
    }
    const auto verdict =
        payment::verify_arqc_and_answer(*chip->profile, (*key)->reveal(), identity, input, arqc, *answer);
    if (!verdict) return refused(verdict.error());
    if (!verdict->is_valid) return ports::ArqcAnswer{};
    return ports::ArqcAnswer{true, copy_of(verdict->answer.arpc()),
                             copy_of(verdict->answer.issuer_authentication_data())};
}

Result<Bytes> PaymentHsm::generate_arqc(const PaymentKey& imk_ac, const ChipCard& card, const ports::ArqcInput& input) {
    if (auto test = check_in_test(imk_ac.tenant_id); !test) return std::unexpected(std::move(test.error()));
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    const auto key = open(Operation::verify_arqc, imk_ac);
    if (!key) return std::unexpected(key.error());
    const auto card_key =
        payment::icc_master_key(chip->profile->master_key, (*key)->reveal(), chip->identity(card.pan));
    if (!card_key) return refused(card_key.error());
    const auto cryptogram = payment::arqc(*chip->profile, *card_key, input);
    if (!cryptogram) return refused(cryptogram.error());
    return copy_of(*cryptogram);
}

Result<Bytes> PaymentHsm::script_command(const PaymentKey& imk_smi, const ChipCard& card, const ScriptContext& context,
                                         ByteView cla_ins_p1_p2, ByteView data) {
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    const auto key = open(Operation::protect_script, imk_smi);
    if (!key) return std::unexpected(key.error());
    return result_of(payment::script_command(*chip->profile, (*key)->reveal(), chip->identity(card.pan), context,
                                             cla_ins_p1_p2, data));
}

Result<Bytes> PaymentHsm::encipher_script_data(const PaymentKey& imk_smc, const ChipCard& card,
                                               const ScriptContext& context, ByteView data) {
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    const auto key = open(Operation::encipher_script, imk_smc);
    if (!key) return std::unexpected(key.error());
    return result_of(
        payment::encipher_script_data(*chip->profile, (*key)->reveal(), chip->identity(card.pan), context, data));
}

Result<Bytes> PaymentHsm::pin_change_command(const ports::ScriptKeys& keys, const ChipCard& card,
                                             const ScriptContext& context, const ports::EncipheredPin& new_pin,
                                             const std::optional<ports::EncipheredPin>& current_pin) {
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    for (const PaymentKey* key : {&keys.imk_smc, &keys.imk_ac, &new_pin.key})
        if (auto same = check_pair(Operation::protect_script, keys.imk_smi, *key); !same)
            return std::unexpected(std::move(same.error()));
    const auto smi = open(Operation::protect_script, keys.imk_smi);
    if (!smi) return std::unexpected(smi.error());
    const auto smc = open(Operation::encipher_script, keys.imk_smc);
    if (!smc) return std::unexpected(smc.error());
    const auto ac = open(Operation::verify_arqc, keys.imk_ac);
    if (!ac) return std::unexpected(ac.error());
    const auto clear_new = decipher(new_pin, card.pan);
    if (!clear_new) return std::unexpected(clear_new.error());
    payment::SecretDigits clear_current;
    if (current_pin) {
        auto clear = decipher(*current_pin, card.pan);
        if (!clear) return std::unexpected(std::move(clear.error()));
        clear_current = std::move(*clear);
    }
    const payment::ScriptKeys clear_keys{(*ac)->reveal(), (*smi)->reveal(), (*smc)->reveal()};
    return result_of(payment::pin_change_command(*chip->profile, clear_keys, chip->identity(card.pan), context,
                                                 clear_new->reveal(), clear_current.reveal()));
}

Result<std::string> PaymentHsm::export_card_key(const PaymentKey& imk, const ChipCard& card,
                                                const PaymentKey& perso_kek) {
    const auto chip = chip_of(card);
    if (!chip) return std::unexpected(chip.error());
    if (auto allowed = guard_.check(Operation::wrap_for_perso, perso_kek); !allowed)
        return std::unexpected(std::move(allowed.error()));
    if (auto same = check_pair(Operation::derive_card_key, imk, perso_kek); !same)
        return std::unexpected(std::move(same.error()));
    const auto key = open(Operation::derive_card_key, imk);
    if (!key) return std::unexpected(key.error());
    const auto card_key =
        payment::icc_master_key(chip->profile->master_key, (*key)->reveal(), chip->identity(card.pan));
    if (!card_key) return refused(card_key.error());
    KeyBlockHeader header;
    header.version = core::key::is_tdea(perso_kek.algorithm) ? 'B' : 'D';
    header.usage = core::key::usage_row(imk.usage).tr31_usages.substr(0, 2);
    header.algorithm = 'T';
    header.mode_of_use = 'X';
    header.exportability = 'N';
    return vault_.wrap_under(perso_kek, header, card_key->reveal());
}

}  // namespace takas::hsm
