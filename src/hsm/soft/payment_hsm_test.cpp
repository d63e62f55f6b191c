// The payment operations over the software HSM. The algorithms have golden vectors of their own (tests/golden): here it
// is asked that the right key does the right thing, and that every other is refused.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "base/encoding.hpp"
#include "crypto/payment/dukpt_tdes.hpp"
#include "crypto/payment/emv_key.hpp"
#include "crypto/payment/pin_block.hpp"
#include "crypto/random.hpp"
#include "crypto/rsa_transport.hpp"
#include "hsm/engine/hsm_world_test.hpp"
#include "hsm/soft/soft_vault.hpp"

namespace takas::hsm {

using core::key::KeyAlgorithm;
using core::key::KeyState;
using core::key::KeyUsage;
using crypto::SecretBytes;
using ports::EncipheredPin;

namespace {

SecretBytes from_hex(std::string_view hex) { return SecretBytes(ByteView(*hex_decode(hex))); }

struct SoftHsmTest : testing::Test {
    soft::SoftVault vault;
    HsmWorld world{vault};
    PaymentHsm& hsm = world.hsm;
    const Pan& pan = world.pan;

    SoftHsmTest() { EXPECT_TRUE(vault.load_lmk(crypto::random_secret(soft::lmk_bytes))); }

    /// A key of a known value.
    PaymentKey known(KeyUsage usage, std::string_view hex, KeyAlgorithm algorithm) {
        PaymentKey draft = world.draft(usage);
        draft.algorithm = algorithm;
        const SecretBytes mask = crypto::random_secret(hex.size() / 2);
        SecretBytes other = from_hex(hex);
        for (std::size_t i = 0; i < other.size(); ++i) other.writable()[i] ^= mask.reveal()[i];
        const std::array components{mask.clone(), std::move(other)};
        auto made = hsm.form_from_components(draft, components, "");
        EXPECT_TRUE(made) << made.error().internal_detail;
        return *made;
    }
};

TEST_F(SoftHsmTest, cvv_is_recognised_and_nothing_else_is) {
    const auto cvk = known(KeyUsage::cvk, "0123456789ABCDEFFEDCBA9876543210", KeyAlgorithm::tdea_2key);
    EXPECT_EQ(cvk.kcv, "08D7B4");
    const auto cvv = hsm.cvv(cvk, {pan, "2912", "201"});
    ASSERT_TRUE(cvv);
    EXPECT_EQ(cvv->size(), 3);
    EXPECT_EQ(hsm.verify_cvv(cvk, {pan, "2912", "201"}, HsmWorld::text(*cvv)), true);
    EXPECT_EQ(hsm.verify_cvv(cvk, {pan, "2912", "000"}, HsmWorld::text(*cvv)),
              HsmWorld::text(*cvv) == HsmWorld::text(*hsm.cvv(cvk, {pan, "2912", "000"})));
    EXPECT_EQ(hsm.verify_cvv(cvk, {pan, "2912", "201"}, ""), false);
    EXPECT_EQ(hsm.verify_cvv(cvk, {pan, "2912", "201"}, HsmWorld::text(*cvv) + "0"), false);
    EXPECT_EQ(code_of(hsm.cvv(cvk, {pan, "29", "201"})), ErrorCode::hsm_data_invalid);
}

TEST_F(SoftHsmTest, a_pin_goes_from_the_terminal_to_its_reference_and_is_recognised) {
    const auto zpk = world.key(KeyUsage::zpk), storage = world.key(KeyUsage::pin_storage);
    for (const auto method : {core::key::PinMethod::visa_pvv, core::key::PinMethod::ibm_3624}) {
        const auto pvk = world.key(method == core::key::PinMethod::visa_pvv ? KeyUsage::pvk : KeyUsage::pvk_ibm);
        const auto block = hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk);
        ASSERT_TRUE(block) << block.error().internal_detail;
        const EncipheredPin entered{*block, PinFormat::iso0, zpk};
        const auto made = hsm.make_pin_reference(entered, pan, method, pvk, 1, storage, {});
        ASSERT_TRUE(made) << made.error().internal_detail;
        EXPECT_EQ(made->value.size(), 4);
        EXPECT_EQ(made->stored_block.size(), 16);
        const ports::PinReference reference{method, pvk, 1, made->value};
        EXPECT_EQ(hsm.verify_pin(entered, pan, reference), true);
        const auto wrong = hsm.encipher_pin("4072", pan, PinFormat::iso3, zpk);
        EXPECT_EQ(hsm.verify_pin({*wrong, PinFormat::iso3, zpk}, pan, reference), false);
        const EncipheredPin stored{made->stored_block, PinFormat::iso4, storage};
        EXPECT_EQ(hsm.verify_pin(stored, pan, reference), true);
        EXPECT_EQ(HsmWorld::text(*hsm.reveal_pin(stored, pan, ports::RevealPinFor::message_to_cardholder)), "4071");
    }
}

TEST_F(SoftHsmTest, every_digit_of_a_long_pin_counts) {
    const auto zpk = world.key(KeyUsage::zpk), pvk = world.key(KeyUsage::pvk),
               storage = world.key(KeyUsage::pin_storage);
    const auto block = *hsm.encipher_pin("407129", pan, PinFormat::iso0, zpk);
    const auto made = *hsm.make_pin_reference({block, PinFormat::iso0, zpk}, pan, core::key::PinMethod::visa_pvv, pvk,
                                              1, storage, {.digits_min = 6, .digits_max = 6});
    ports::PinReference reference{core::key::PinMethod::visa_pvv, pvk, 1, made.value};
    const auto is_right = [&](std::string_view pin) {
        const auto entered = *hsm.encipher_pin(pin, pan, PinFormat::iso0, zpk);
        return hsm.verify_pin({entered, PinFormat::iso0, zpk}, pan, reference);
    };
    EXPECT_EQ(is_right("407128"), true) << "the PVV alone";
    reference.stored.emplace(EncipheredPin{made.stored_block, PinFormat::iso4, storage});
    EXPECT_EQ(is_right("407129"), true);
    for (const auto* wrong : {"407128", "4071", "40712", "4071290", "407229"})
        EXPECT_EQ(is_right(wrong), false) << wrong;
    Bytes altered = made.stored_block;
    altered[3] ^= 0x40;
    reference.stored.emplace(EncipheredPin{altered, PinFormat::iso4, storage});
    EXPECT_EQ(is_right("407129"), false);
    reference.stored.emplace(EncipheredPin{block, PinFormat::iso0, zpk});
    EXPECT_EQ(code_of(is_right("407129")), ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, a_bad_pin_block_and_a_wrong_pin_are_the_same_answer) {
    const auto zpk = world.key(KeyUsage::zpk), pvk = world.key(KeyUsage::pvk),
               storage = world.key(KeyUsage::pin_storage);
    const auto block = *hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk);
    const auto made = *hsm.make_pin_reference({block, PinFormat::iso0, zpk}, pan, core::key::PinMethod::visa_pvv, pvk,
                                              1, storage, {});
    const ports::PinReference reference{core::key::PinMethod::visa_pvv, pvk, 1, made.value};
    Bytes altered = block;
    altered[3] ^= 0x40;
    EXPECT_EQ(hsm.verify_pin({altered, PinFormat::iso0, zpk}, pan, reference), false);
    EXPECT_EQ(hsm.verify_pin({ByteView(block).first(7), PinFormat::iso0, zpk}, pan, reference), false);
    EXPECT_EQ(hsm.verify_pin({block, PinFormat::iso4, zpk}, pan, reference), false) << "format 4 needs AES";
    EXPECT_EQ(hsm.verify_pin({block, PinFormat::iso2, zpk}, pan, reference), false);
    EXPECT_EQ(hsm.verify_pin({block, PinFormat::iso0, zpk}, world.other_pan, reference), false);
    EXPECT_EQ(code_of(hsm.reveal_pin({altered, PinFormat::iso0, zpk}, pan, ports::RevealPinFor::sandbox)),
              ErrorCode::hsm_pin_block_invalid);
}

TEST_F(SoftHsmTest, a_block_made_with_another_number_opens_with_that_number_only) {
    const auto zpk = world.key(KeyUsage::zpk), pvk = world.key(KeyUsage::pvk),
               storage = world.key(KeyUsage::pin_storage);
    const auto block = *hsm.encipher_pin("4071", world.other_pan, PinFormat::iso0, zpk);
    const EncipheredPin plain{block, PinFormat::iso0, zpk};
    const EncipheredPin surrogate{block, PinFormat::iso0, zpk, std::nullopt, "4000000000000010"};
    EXPECT_EQ(code_of(hsm.make_pin_reference(plain, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, {})),
              ErrorCode::hsm_pin_block_invalid);
    const auto made = hsm.make_pin_reference(surrogate, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, {});
    ASSERT_TRUE(made);
    const ports::PinReference reference{core::key::PinMethod::visa_pvv, pvk, 1, made->value};
    const std::uint64_t unreadable = hsm.unreadable_pin_block_count();
    EXPECT_EQ(hsm.verify_pin(surrogate, pan, reference), true);
    EXPECT_EQ(hsm.unreadable_pin_block_count(), unreadable);
    EXPECT_EQ(hsm.verify_pin(plain, pan, reference), false);
    EXPECT_EQ(hsm.unreadable_pin_block_count(), unreadable + 1);
    const auto own = *hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk);
    EXPECT_EQ(hsm.verify_pin({own, PinFormat::iso0, zpk}, pan, reference), true) << "the PIN is the card's";
    EXPECT_EQ(code_of(hsm.translate_pin(surrogate, pan, PinFormat::iso3, zpk)), ErrorCode::hsm_pin_translation_refused);
}

TEST_F(SoftHsmTest, what_a_contactless_test_card_sends_is_verified) {
    const auto visa = world.key(KeyUsage::imk_dcvv), mastercard = world.key(KeyUsage::imk_cvc3);
    const ports::CvvInput input{pan, "2912", "201"};
    const auto dcvv = hsm.generate_dcvv(visa, input, 1, "0007");
    ASSERT_TRUE(dcvv);
    EXPECT_EQ(hsm.verify_dcvv(visa, input, 1, "0007", HsmWorld::text(*dcvv)), true);
    const Bytes track(19, 0x12), atc{0x00, 0x07}, number{0, 0, 0, 6};
    const auto cvc3 = hsm.generate_cvc3(mastercard, pan, 1, track, atc, number);
    ASSERT_TRUE(cvc3);
    EXPECT_EQ(cvc3->size(), 5u);
    const std::string tail = HsmWorld::text(*cvc3).substr(2);
    EXPECT_EQ(hsm.verify_cvc3(mastercard, pan, 1, track, atc, number, tail), true);
    EXPECT_EQ(code_of(hsm.generate_dcvv(mastercard, input, 1, "0007")), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.generate_cvc3(visa, pan, 1, track, atc, number)), ErrorCode::hsm_key_usage_refused);
    const auto live = world.key(KeyUsage::imk_dcvv, HsmWorld::live_bank);
    EXPECT_EQ(code_of(hsm.generate_dcvv(live, input, 1, "0007")), ErrorCode::sandbox_disabled);
    const auto live_cvc3 = world.key(KeyUsage::imk_cvc3, HsmWorld::live_bank);
    EXPECT_EQ(code_of(hsm.generate_cvc3(live_cvc3, pan, 1, track, atc, number)), ErrorCode::sandbox_disabled);
}

TEST_F(SoftHsmTest, weak_pins_and_other_lengths_are_named) {
    const auto zpk = world.key(KeyUsage::zpk), pvk = world.key(KeyUsage::pvk),
               storage = world.key(KeyUsage::pin_storage);
    const auto outcome = [&](std::string_view pin, const PinRules& rules) {
        const auto block = *hsm.encipher_pin(pin, pan, PinFormat::iso0, zpk);
        return code_of(hsm.make_pin_reference({block, PinFormat::iso0, zpk}, pan, core::key::PinMethod::visa_pvv, pvk,
                                              1, storage, rules));
    };
    EXPECT_EQ(outcome("1234", {}), ErrorCode::hsm_pin_weak);
    EXPECT_EQ(outcome("1111", {}), ErrorCode::hsm_pin_weak);
    EXPECT_EQ(outcome("40712", {.digits_min = 4, .digits_max = 4}), ErrorCode::hsm_pin_length);
    EXPECT_EQ(outcome("407129", {.digits_min = 6, .digits_max = 6}), ErrorCode::count_);
}

TEST_F(SoftHsmTest, random_pins_keep_the_rules_and_differ) {
    const auto pvk = world.key(KeyUsage::pvk), storage = world.key(KeyUsage::pin_storage);
    const PinRules rules{.digits_min = 6, .digits_max = 6};
    std::set<std::string> pins;
    for (int i = 0; i < 20; ++i) {
        const auto made = hsm.generate_pin(6, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, rules);
        ASSERT_TRUE(made);
        const auto pin = hsm.reveal_pin({made->stored_block, PinFormat::iso4, storage}, pan,
                                        ports::RevealPinFor::message_to_cardholder);
        ASSERT_TRUE(pin);
        EXPECT_EQ(pin->size(), 6);
        pins.insert(HsmWorld::text(*pin));
    }
    EXPECT_GT(pins.size(), 15);
    EXPECT_EQ(code_of(hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, rules)),
              ErrorCode::hsm_pin_length);
    EXPECT_EQ(code_of(hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, pvk, 10, storage, {})),
              ErrorCode::hsm_data_invalid)
        << "a PVKI is one digit";
}

TEST_F(SoftHsmTest, pin_blocks_are_translated_under_the_policy) {
    const auto zpk = world.key(KeyUsage::zpk), storage = world.key(KeyUsage::pin_storage);
    const auto block = *hsm.encipher_pin("40719", pan, PinFormat::iso0, zpk);
    const auto kept = hsm.translate_pin({block, PinFormat::iso0, zpk}, pan, PinFormat::iso4, storage);
    ASSERT_TRUE(kept) << kept.error().internal_detail;
    const auto back = hsm.translate_pin({*kept, PinFormat::iso4, storage}, pan, PinFormat::iso0, zpk);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, block) << "format 0 has no chance in it";
    EXPECT_EQ(code_of(hsm.translate_pin({block, PinFormat::iso0, zpk}, pan, PinFormat::iso1, zpk)),
              ErrorCode::hsm_pin_translation_refused);
    EXPECT_EQ(code_of(hsm.translate_pin({block, PinFormat::iso0, zpk}, pan, PinFormat::iso0, storage)),
              ErrorCode::hsm_pin_translation_refused);
}

TEST_F(SoftHsmTest, dukpt_pins_of_the_standard_are_read) {
    // ANSI X9.24-1:2009 annex A.4: PIN 1234, account 4012345678909 under the first key.
    const auto bdk = known(KeyUsage::bdk, "0123456789ABCDEFFEDCBA9876543210", KeyAlgorithm::tdea_2key);
    const Bytes ksn = *hex_decode("FFFF9876543210E00001"), block = *hex_decode("1B9C1845EB993A7A");
    const Pan account = *Pan::parse("4012345678909");
    const auto pin =
        hsm.reveal_pin({block, PinFormat::iso0, bdk, ByteView(ksn)}, account, ports::RevealPinFor::sandbox);
    ASSERT_TRUE(pin) << pin.error().internal_detail;
    EXPECT_EQ(HsmWorld::text(*pin), "1234");
    EXPECT_EQ(code_of(hsm.reveal_pin({block, PinFormat::iso0, bdk}, account, ports::RevealPinFor::sandbox)),
              ErrorCode::hsm_pin_block_invalid)
        << "no KSN";
}

TEST_F(SoftHsmTest, live_institutions_need_the_acknowledgement) {
    const auto zpk = world.key(KeyUsage::zpk, HsmWorld::live_bank);
    const auto pvk = world.key(KeyUsage::pvk, HsmWorld::live_bank);
    const auto storage = world.key(KeyUsage::pin_storage, HsmWorld::live_bank);
    const Bytes block(8, 0x5A);
    const EncipheredPin pin{block, PinFormat::iso0, zpk};
    EXPECT_EQ(code_of(hsm.reveal_pin(pin, pan, ports::RevealPinFor::message_to_cardholder)),
              ErrorCode::hsm_pin_not_allowed);
    EXPECT_EQ(code_of(hsm.verify_pin(pin, pan, {core::key::PinMethod::visa_pvv, pvk, 1, "0000"})),
              ErrorCode::hsm_pin_not_allowed);
    EXPECT_EQ(code_of(hsm.translate_pin(pin, pan, PinFormat::iso4, storage)), ErrorCode::hsm_pin_not_allowed);
    EXPECT_EQ(code_of(hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, {})),
              ErrorCode::hsm_pin_not_allowed);
    EXPECT_EQ(code_of(hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk)), ErrorCode::sandbox_disabled);
    HsmWorld acknowledged(vault, true);
    EXPECT_TRUE(acknowledged.hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, {}));
    EXPECT_EQ(code_of(acknowledged.hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk)), ErrorCode::sandbox_disabled);
    EXPECT_EQ(code_of(acknowledged.hsm.reveal_pin(pin, pan, ports::RevealPinFor::sandbox)),
              ErrorCode::sandbox_disabled);
}

TEST_F(SoftHsmTest, a_key_outside_its_usage_is_refused_and_counted) {
    const auto cvk = world.key(KeyUsage::cvk), zpk = world.key(KeyUsage::zpk), dek = world.key(KeyUsage::dek);
    const auto before = hsm.refused_count();
    EXPECT_EQ(code_of(hsm.cvv(zpk, {pan, "2912", "201"})), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.encipher_pin("4071", pan, PinFormat::iso0, cvk)), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.generate_mac(dek, {}, Bytes(8))), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.export_block(cvk, zpk, ports::KeyBlockVersion::b)), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(hsm.refused_count(), before + 4);
}

TEST_F(SoftHsmTest, the_mode_of_use_counts) {
    PaymentKey draft = world.draft(KeyUsage::cvk);
    draft.mode_of_use = core::key::ModeOfUse::verify;
    const auto verifies = *hsm.generate(draft);
    EXPECT_EQ(code_of(hsm.cvv(verifies, {pan, "2912", "201"})), ErrorCode::hsm_key_usage_refused);
    EXPECT_TRUE(hsm.verify_cvv(verifies, {pan, "2912", "201"}, "123"));
    draft.mode_of_use = core::key::ModeOfUse::encrypt;
    EXPECT_EQ(code_of(hsm.generate(draft)), ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, decrypt_only_reads_and_makes_nothing_new) {
    auto dek = world.key(KeyUsage::dek);
    const auto encrypted = *hsm.encrypt_data(dek, ports::DataCipher::aes_gcm, bytes_of("4000"), {});
    dek.state = KeyState::decrypt_only;
    EXPECT_EQ(code_of(hsm.encrypt_data(dek, ports::DataCipher::aes_gcm, bytes_of("4000"), {})),
              ErrorCode::hsm_key_not_usable);
    EXPECT_EQ(HsmWorld::text(*hsm.decrypt_data(dek, ports::DataCipher::aes_gcm, encrypted, {})), "4000");
    dek.state = KeyState::destroyed;
    EXPECT_EQ(code_of(hsm.decrypt_data(dek, ports::DataCipher::aes_gcm, encrypted, {})), ErrorCode::hsm_key_not_usable);
}

TEST_F(SoftHsmTest, keys_of_two_institutions_do_not_meet) {
    const auto zpk = world.key(KeyUsage::zpk), foreign = world.key(KeyUsage::pvk, HsmWorld::live_bank);
    const auto block = *hsm.encipher_pin("4071", pan, PinFormat::iso0, zpk);
    EXPECT_EQ(code_of(hsm.verify_pin({block, PinFormat::iso0, zpk}, pan,
                                     {core::key::PinMethod::visa_pvv, foreign, 1, "1234"})),
              ErrorCode::hsm_key_usage_refused);
    const auto zmk = world.key(KeyUsage::zmk, HsmWorld::live_bank);
    EXPECT_EQ(code_of(hsm.export_block(zpk, zmk, ports::KeyBlockVersion::d)), ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, data_comes_back_whole_or_not_at_all) {
    const auto aes = world.key(KeyUsage::dek);
    PaymentKey draft = world.draft(KeyUsage::dek);
    draft.algorithm = KeyAlgorithm::tdea_2key;
    const auto tdea = *hsm.generate(draft);
    for (const std::string text : {"", "123", "4000000000000002", "a text of more than one block of sixteen"}) {
        const auto sealed = *hsm.encrypt_data(aes, ports::DataCipher::aes_gcm, bytes_of(text), bytes_of("card 7"));
        EXPECT_EQ(HsmWorld::text(*hsm.decrypt_data(aes, ports::DataCipher::aes_gcm, sealed, bytes_of("card 7"))), text);
        EXPECT_EQ(code_of(hsm.decrypt_data(aes, ports::DataCipher::aes_gcm, sealed, bytes_of("card 8"))),
                  ErrorCode::hsm_data_invalid);
        for (const PaymentKey* key : {&aes, &tdea}) {
            const auto plain = *hsm.encrypt_data(*key, ports::DataCipher::cbc_pkcs7, bytes_of(text), {});
            EXPECT_EQ(HsmWorld::text(*hsm.decrypt_data(*key, ports::DataCipher::cbc_pkcs7, plain, {})), text);
            EXPECT_EQ(code_of(hsm.decrypt_data(*key, ports::DataCipher::cbc_pkcs7,
                                               ByteView(plain).first(plain.size() - 1), {})),
                      ErrorCode::hsm_data_invalid);
        }
    }
    EXPECT_EQ(code_of(hsm.encrypt_data(tdea, ports::DataCipher::aes_gcm, {}, {})), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.decrypt_data(aes, ports::DataCipher::aes_gcm, Bytes(27), {})), ErrorCode::hsm_data_invalid);
}

TEST_F(SoftHsmTest, macs_verify_and_notice_changes) {
    const auto aes = world.key(KeyUsage::mac);
    PaymentKey draft = world.draft(KeyUsage::mac);
    draft.algorithm = KeyAlgorithm::tdea_2key;
    const auto tdea = *hsm.generate(draft);
    const Bytes data = *hex_decode("0102030405060708090A");
    for (const auto& [key, algorithm] : {std::pair(&aes, ports::MacAlgorithm::cmac),
                                         {&tdea, ports::MacAlgorithm::cmac},
                                         {&tdea, ports::MacAlgorithm::iso9797_alg1},
                                         {&tdea, ports::MacAlgorithm::iso9797_alg3}}) {
        const ports::MacForm form{algorithm, 2, 8};
        const auto mac = hsm.generate_mac(*key, form, data);
        ASSERT_TRUE(mac) << mac.error().internal_detail;
        EXPECT_EQ(hsm.verify_mac(*key, form, data, *mac), true);
        EXPECT_EQ(hsm.verify_mac(*key, form, ByteView(data).first(9), *mac), false);
        EXPECT_EQ(hsm.verify_mac(*key, form, data, ByteView(*mac).first(4)), false);
    }
    EXPECT_EQ(code_of(hsm.generate_mac(aes, {ports::MacAlgorithm::iso9797_alg3, 1, 8}, data)),
              ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(code_of(hsm.generate_mac(tdea, {ports::MacAlgorithm::cmac, 1, 16}, data)), ErrorCode::hsm_data_invalid);
    EXPECT_EQ(code_of(hsm.generate_mac(tdea, {ports::MacAlgorithm::cmac, 1, 3}, data)), ErrorCode::hsm_data_invalid);
}

TEST_F(SoftHsmTest, a_chip_is_believed_only_with_its_cryptogram) {
    const auto imk_ac = world.key(KeyUsage::imk_ac), imk_smi = world.key(KeyUsage::imk_smi);
    const Bytes amount(6), country(2), tvr(5), currency(2), date(3), type(1), number(4, 7), aip(2), atc{0, 9};
    const Bytes iad = *hex_decode("06011203A00000");
    const ports::ArqcInput input{amount, amount, country, tvr, currency, date, type, number, aip, atc, iad};
    const ports::ChipCard card{"VISA_CVN18", pan, 1};
    const auto arqc = hsm.generate_arqc(imk_ac, card, input);
    ASSERT_TRUE(arqc) << arqc.error().internal_detail;
    const Bytes status(4);
    const ports::ArpcInput wish{{}, status, {}};
    const auto answer = hsm.verify_arqc(imk_ac, card, input, *arqc, wish);
    ASSERT_TRUE(answer) << answer.error().internal_detail;
    EXPECT_TRUE(answer->is_valid);
    EXPECT_EQ(answer->arpc.size(), 4);
    EXPECT_EQ(answer->issuer_authentication_data.size(), 8);
    Bytes wrong = *arqc;
    wrong[0] ^= 1;
    EXPECT_FALSE(hsm.verify_arqc(imk_ac, card, input, wrong, wish)->is_valid);
    EXPECT_TRUE(hsm.verify_arqc(imk_ac, card, input, wrong, wish)->arpc.empty());
    EXPECT_FALSE(hsm.verify_arqc(imk_ac, {"VISA_CVN18", pan, 2}, input, *arqc, {})->is_valid);
    EXPECT_EQ(code_of(hsm.verify_arqc(imk_ac, {"NO_SUCH", pan, 1}, input, *arqc, {})), ErrorCode::hsm_profile_unknown);
    EXPECT_EQ(code_of(hsm.verify_arqc(imk_smi, card, input, *arqc, {})), ErrorCode::hsm_key_usage_refused);
    const auto script = hsm.script_command(imk_smi, card, {atc, *arqc}, Bytes{0x84, 0x24, 0, 0}, {});
    ASSERT_TRUE(script) << script.error().internal_detail;
    EXPECT_GT(script->size(), 8);
}

TEST_F(SoftHsmTest, a_pin_change_carries_the_stored_pin) {
    const auto smi = world.key(KeyUsage::imk_smi), smc = world.key(KeyUsage::imk_smc), ac = world.key(KeyUsage::imk_ac);
    const auto pvk = world.key(KeyUsage::pvk), storage = world.key(KeyUsage::pin_storage);
    const auto made = *hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, pvk, 1, storage, {});
    const Bytes atc{0, 9}, arqc(8, 3);
    const auto command = hsm.pin_change_command({smi, smc, ac}, {"MASTERCARD_CVN20", pan, 1}, {atc, arqc},
                                                {made.stored_block, PinFormat::iso4, storage}, std::nullopt);
    ASSERT_TRUE(command) << command.error().internal_detail;
    EXPECT_GT(command->size(), 16);
    const auto foreign = world.key(KeyUsage::imk_smc, HsmWorld::live_bank);
    EXPECT_EQ(code_of(hsm.pin_change_command({smi, foreign, ac}, {"MASTERCARD_CVN20", pan, 1}, {atc, arqc},
                                             {made.stored_block, PinFormat::iso4, storage}, std::nullopt)),
              ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, keys_travel_under_a_zmk) {
    const auto zmk = world.key(KeyUsage::zmk), cvk = world.key(KeyUsage::cvk);
    const auto block = hsm.export_block(cvk, zmk, ports::KeyBlockVersion::d);
    ASSERT_TRUE(block) << block.error().internal_detail;
    EXPECT_EQ(block->front(), 'D');
    const auto back = hsm.import_block(world.draft(KeyUsage::cvk), zmk, *block, cvk.kcv);
    ASSERT_TRUE(back) << back.error().internal_detail;
    EXPECT_EQ(back->kcv, cvk.kcv);
    EXPECT_EQ(HsmWorld::text(*hsm.cvv(*back, {pan, "2912", "201"})),
              HsmWorld::text(*hsm.cvv(cvk, {pan, "2912", "201"})));
    EXPECT_EQ(code_of(hsm.import_block(world.draft(KeyUsage::cvk), zmk, *block, "000000")),
              ErrorCode::hsm_kcv_mismatch);
    EXPECT_EQ(code_of(hsm.import_block(world.draft(KeyUsage::zpk), zmk, *block, "")), ErrorCode::hsm_key_usage_refused);
    for (std::size_t i = 0; i < block->size(); ++i) {
        std::string altered = *block;
        altered[i] = altered[i] == '0' ? '1' : '0';
        EXPECT_FALSE(hsm.import_block(world.draft(KeyUsage::cvk), zmk, altered, "")) << i;
    }
    EXPECT_EQ(code_of(hsm.export_block(cvk, zmk, ports::KeyBlockVersion::b)), ErrorCode::hsm_key_block_invalid);
    EXPECT_EQ(code_of(hsm.export_block(world.key(KeyUsage::pin_storage), zmk, ports::KeyBlockVersion::d)),
              ErrorCode::hsm_key_usage_refused)
        << "not exportable";
    PaymentKey weak = world.draft(KeyUsage::zmk);
    weak.algorithm = KeyAlgorithm::tdea_3key;
    const auto tdea_zmk = *hsm.generate(weak);
    EXPECT_TRUE(hsm.export_block(cvk, tdea_zmk, ports::KeyBlockVersion::b));
    EXPECT_EQ(code_of(hsm.export_block(world.key(KeyUsage::dek), tdea_zmk, ports::KeyBlockVersion::b)),
              ErrorCode::hsm_key_usage_refused)
        << "a weaker key wraps no stronger one";
}

TEST_F(SoftHsmTest, key_blocks_of_every_version_are_taken_in) {
    const auto cvk = world.key(KeyUsage::cvk);
    const auto clear_cvk = *vault.open(cvk);
    for (const char version : {'A', 'B', 'C', 'D'}) {
        PaymentKey draft = world.draft(KeyUsage::zmk);
        draft.algorithm = version == 'D' ? KeyAlgorithm::aes_128 : KeyAlgorithm::tdea_2key;
        const auto zmk = *hsm.generate(draft);
        KeyBlockHeader header = header_of(cvk);
        header.version = version;
        header.exportability = 'N';
        const auto block =
            crypto::payment::wrap_key_block_of_any_version((*vault.open(zmk))->reveal(), header, clear_cvk->reveal());
        ASSERT_TRUE(block) << version;
        const auto taken = hsm.import_block(world.draft(KeyUsage::cvk), zmk, *block, cvk.kcv);
        ASSERT_TRUE(taken) << version << ": " << taken.error().internal_detail;
        EXPECT_EQ(taken->exportability, core::key::Exportability::non_exportable) << "what the block says holds";
        EXPECT_EQ(code_of(hsm.export_block(*taken, zmk, ports::KeyBlockVersion::d)), ErrorCode::hsm_key_usage_refused);
    }
}

TEST_F(SoftHsmTest, a_block_of_another_usage_or_mode_is_not_taken_in) {
    const auto zmk = world.key(KeyUsage::zmk);
    const auto clear_zmk = *vault.open(zmk);
    const auto outcome = [&](std::string usage, char algorithm, char mode, std::size_t key_bytes) {
        KeyBlockHeader header;
        header.usage = std::move(usage);
        header.algorithm = algorithm;
        header.mode_of_use = mode;
        header.exportability = 'E';
        const auto block = crypto::payment::wrap_key_block_of_any_version(clear_zmk->reveal(), header,
                                                                          crypto::random_secret(key_bytes).reveal());
        EXPECT_TRUE(block);
        return code_of(hsm.import_block(world.draft(KeyUsage::cvk), zmk, *block, ""));
    };
    EXPECT_EQ(outcome("C0", 'T', 'C', 16), ErrorCode::count_);
    EXPECT_EQ(outcome("C0", 'T', 'V', 16), ErrorCode::count_);
    EXPECT_EQ(outcome("P0", 'T', 'B', 16), ErrorCode::hsm_key_usage_refused);
    EXPECT_EQ(outcome("C0", 'A', 'C', 16), ErrorCode::hsm_key_usage_refused) << "no CVV by AES";
    EXPECT_EQ(outcome("C0", 'T', 'E', 16), ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, many_threads_use_many_keys) {
    std::vector<PaymentKey> cvks;
    std::vector<std::string> right;
    for (int i = 0; i < 8; ++i) {
        cvks.push_back(world.key(KeyUsage::cvk));
        right.push_back(HsmWorld::text(*hsm.cvv(cvks.back(), {pan, "2912", "201"})));
    }
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (std::size_t i = 0; i < 400; ++i) {
                    const std::size_t at = (i + static_cast<std::size_t>(t)) % cvks.size();
                    if (hsm.verify_cvv(cvks[at], {pan, "2912", "201"}, right[at]) != true) ++wrong;
                    if (i % 50 == 0) static_cast<void>(hsm.forget(cvks[at]));
                }
            });
    }
    EXPECT_EQ(wrong, 0);
}

TEST_F(SoftHsmTest, keys_travel_under_rsa) {
    PaymentKey draft = world.draft(KeyUsage::key_exchange);
    draft.algorithm = KeyAlgorithm::rsa_2048;  // the shortest: making one takes a while
    const auto rsa = hsm.generate(draft);
    ASSERT_TRUE(rsa) << rsa.error().internal_detail;
    const auto spki = hsm.public_key(*rsa);
    ASSERT_TRUE(spki) << spki.error().internal_detail;
    const auto dek = world.key(KeyUsage::dek);
    const auto wrapped = hsm.export_rsa_oaep(dek, *spki);
    ASSERT_TRUE(wrapped) << wrapped.error().internal_detail;
    const auto back = hsm.import_rsa_oaep(world.draft(KeyUsage::dek), *rsa, *wrapped, dek.kcv);
    ASSERT_TRUE(back) << back.error().internal_detail;
    EXPECT_EQ(back->kcv, dek.kcv);
    Bytes altered = *wrapped;
    altered[9] ^= 1;
    EXPECT_EQ(code_of(hsm.import_rsa_oaep(world.draft(KeyUsage::dek), *rsa, altered, "")),
              ErrorCode::hsm_key_block_invalid);
    EXPECT_EQ(code_of(hsm.export_rsa_oaep(dek, Bytes(300))), ErrorCode::hsm_public_key_refused);
    EXPECT_EQ(code_of(hsm.export_rsa_oaep(*rsa, *spki)), ErrorCode::hsm_key_usage_refused);
}

TEST_F(SoftHsmTest, card_keys_go_to_the_personalisation_office) {
    const auto imk = world.key(KeyUsage::imk_ac), office = world.key(KeyUsage::perso_kek);
    const auto block = hsm.export_card_key(imk, {"VISA_CVN18", pan, 1}, office);
    ASSERT_TRUE(block) << block.error().internal_detail;
    const auto inside = vault.unwrap_under(office, *block);
    const auto clear_imk = vault.open(imk);
    ASSERT_TRUE(inside && clear_imk);
    const auto right = crypto::payment::icc_master_key(crypto::payment::MasterKeyOption::a, (*clear_imk)->reveal(),
                                                       {"4000000000000002", "01"});
    EXPECT_TRUE(crypto::constant_time_equal(inside->key.reveal(), right->reveal()));
    EXPECT_EQ(inside->header.exportability, 'N');
}

TEST_F(SoftHsmTest, every_component_counts) {
    for (const auto algorithm : {KeyAlgorithm::tdea_2key, KeyAlgorithm::aes_128}) {
        PaymentKey draft = world.draft(KeyUsage::zmk);
        draft.algorithm = algorithm;
        const auto code_with = [&](std::vector<std::string_view> parts) {
            std::vector<SecretBytes> components;
            for (const auto part : parts) components.push_back(from_hex(part));
            const auto made = hsm.form_from_components(draft, components, "");
            return made ? std::optional<ErrorCode>() : std::optional(made.error().code);
        };
        constexpr std::string_view a = "0123456789ABCDEFFEDCBA9876543210", b = "1F2E3D4C5B6A79880716253443526170",
                                   zero = "00000000000000000000000000000000";
        constexpr auto refused = ErrorCode::hsm_key_component_invalid;
        EXPECT_EQ(code_with({a, b}), std::nullopt);
        EXPECT_EQ(code_with({a, zero}), refused) << "the first custodian would hold the key";
        EXPECT_EQ(code_with({a, b, zero}), refused);
        EXPECT_EQ(code_with({a, a}), refused);
        EXPECT_EQ(code_with({a, b, a}), refused) << "what is left is b";
        EXPECT_EQ(code_with({"1E0D782BD2C1B467F9CA9FAC35065360", b, a}), refused) << "they add up to nothing";
    }
}

TEST_F(SoftHsmTest, components_form_the_key_whose_check_value_they_have) {
    PaymentKey draft = world.draft(KeyUsage::zmk);
    draft.algorithm = KeyAlgorithm::aes_128;
    const std::array components{crypto::random_secret(16), crypto::random_secret(16), crypto::random_secret(16)};
    const auto formed = hsm.form_from_components(draft, components, "");
    ASSERT_TRUE(formed) << formed.error().internal_detail;
    EXPECT_EQ(formed->kcv.size(), 10);
    EXPECT_TRUE(hsm.form_from_components(draft, components, formed->kcv.substr(0, 6)));
    EXPECT_EQ(code_of(hsm.form_from_components(draft, components, "FFFFFF")), ErrorCode::hsm_kcv_mismatch);
    EXPECT_EQ(code_of(hsm.form_from_components(draft, std::span(components).first(1), "")),
              ErrorCode::hsm_key_component_invalid);
    draft.algorithm = KeyAlgorithm::aes_256;
    EXPECT_EQ(code_of(hsm.form_from_components(draft, components, "")), ErrorCode::hsm_key_component_invalid);
    PaymentKey weak = world.draft(KeyUsage::cvk);
    const std::array same{from_hex("0123456789ABCDEF0123456789ABCDEF"), SecretBytes(16)};
    EXPECT_EQ(code_of(hsm.form_from_components(weak, same, "")), ErrorCode::hsm_key_component_invalid)
        << "two equal halves are single DES";
}

}  // namespace
}  // namespace takas::hsm
