// Against a real token: SoftHSM2, as Debian ships it.
#include "hsm/pkcs11/token_vault.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "base/encoding.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/mac.hpp"
#include "crypto/random.hpp"
#include "hsm/engine/hsm_world_test.hpp"
#include "hsm/pkcs11/private_token_test.hpp"

namespace takas::hsm::pkcs11 {

using core::key::KeyUsage;

namespace {

struct TokenVaultTest : testing::Test {
    PrivateToken token;
    std::unique_ptr<TokenVault> vault = opened(true);
    std::unique_ptr<HsmWorld> world = vault ? std::make_unique<HsmWorld>(*vault) : nullptr;

    static std::unique_ptr<TokenVault> opened(bool may_create) {
        auto made = TokenVault::open(PrivateToken::settings(), PrivateToken::pin(), may_create);
        EXPECT_TRUE(made) << made.error().internal_detail;
        return made ? std::move(*made) : nullptr;
    }
    void SetUp() override { ASSERT_NE(vault, nullptr); }
};

TEST_F(TokenVaultTest, the_lmk_stays_the_same_over_restarts) {
    const std::string kcv = vault->lmk_kcv();
    EXPECT_EQ(kcv.size(), 10);
    const PaymentKey cvk = world->key(KeyUsage::cvk), zmk = world->key(KeyUsage::zmk);
    const auto block = world->hsm.export_block(cvk, zmk, ports::KeyBlockVersion::d);
    ASSERT_TRUE(block) << block.error().internal_detail;
    world.reset();
    vault.reset();
    vault = opened(false);
    ASSERT_NE(vault, nullptr);
    HsmWorld again(*vault);
    EXPECT_EQ(vault->lmk_kcv(), kcv);
    EXPECT_TRUE(again.hsm.cvv(cvk, {again.pan, "2912", "201"}));
    EXPECT_EQ(again.hsm.import_block(again.draft(KeyUsage::cvk), zmk, *block, "")->kcv, cvk.kcv);
}

TEST(TokenVault, an_empty_token_gets_no_lmk_unasked) {
    const PrivateToken token;
    EXPECT_EQ(code_of(TokenVault::open(PrivateToken::settings(), PrivateToken::pin(), false)),
              ErrorCode::hsm_lmk_not_loaded);
    EXPECT_EQ(code_of(TokenVault::open(PrivateToken::settings(), crypto::SecretBytes(bytes_of("11111")), true)),
              ErrorCode::hsm_unavailable)
        << "a wrong PIN";
    EXPECT_EQ(code_of(TokenVault::open({softhsm_module, "no such token"}, PrivateToken::pin(), true)),
              ErrorCode::hsm_unavailable);
    EXPECT_EQ(code_of(TokenVault::open({"/nowhere/module.so", "x"}, PrivateToken::pin(), true)),
              ErrorCode::hsm_unavailable);
}

TEST(CmacInputBlock, gives_the_cmac_by_one_encryption) {
    for (const auto& [algorithm, key_bytes, block_bytes] :
         {std::tuple(crypto::payment::CipherAlgorithm::aes, 32, 16), {crypto::payment::CipherAlgorithm::tdes, 16, 8}}) {
        const auto clear = crypto::random_secret(static_cast<std::size_t>(key_bytes));
        const auto key = *crypto::payment::CipherKey::of(algorithm, clear.reveal());
        const auto block_size = static_cast<std::size_t>(block_bytes);
        Bytes zeros(block_size), out(block_size), right(block_size);
        crypto::payment::ecb_encrypt(key, Bytes(block_size), zeros);
        for (std::size_t size = 0; size <= block_size; ++size) {
            const auto data = crypto::random_secret(size);
            crypto::payment::ecb_encrypt(key, cmac_input_block(data.reveal(), zeros), out);
            crypto::payment::cmac(key, data.reveal(), right);
            EXPECT_EQ(out, right) << size;
        }
    }
}

TEST_F(TokenVaultTest, key_encryption_keys_do_not_come_out) {
    for (const KeyUsage usage : {KeyUsage::zmk, KeyUsage::tmk, KeyUsage::perso_kek}) {
        const PaymentKey kek = world->key(usage);
        EXPECT_TRUE(kek.key_block.starts_with("P11:"));
        EXPECT_EQ(code_of(vault->open(kek)), ErrorCode::hsm_key_usage_refused);
        const PaymentKey other = world->key(KeyUsage::zmk);
        EXPECT_EQ(code_of(world->hsm.export_block(kek, other, ports::KeyBlockVersion::d)),
                  ErrorCode::hsm_key_usage_refused);
    }
}

TEST_F(TokenVaultTest, blocks_under_a_key_of_the_token_are_those_of_the_standard) {
    // The same key-encryption key once in the token and once in the clear: each side reads what the other wrote.
    for (const auto algorithm : {core::key::KeyAlgorithm::aes_256, core::key::KeyAlgorithm::aes_128,
                                 core::key::KeyAlgorithm::tdea_2key, core::key::KeyAlgorithm::tdea_3key}) {
        PaymentKey draft = world->draft(KeyUsage::zmk);
        draft.algorithm = algorithm;
        const auto clear_zmk = *fresh_key(algorithm);
        const auto zmk = vault->close(draft, clear_zmk);
        ASSERT_TRUE(zmk) << zmk.error().internal_detail;
        const PaymentKey cvk = world->key(KeyUsage::cvk);
        const bool is_tdea = core::key::is_tdea(algorithm);
        const auto clear_cvk = vault->open(cvk);
        ASSERT_TRUE(clear_cvk);
        KeyBlockHeader header = header_of(cvk);
        header.version = is_tdea ? 'B' : 'D';
        const auto by_token = vault->wrap_under(*zmk, header, (*clear_cvk)->reveal());
        ASSERT_TRUE(by_token) << to_name(algorithm) << ": " << by_token.error().internal_detail;
        const auto outside = crypto::payment::unwrap_key_block(clear_zmk.reveal(), *by_token);
        ASSERT_TRUE(outside) << to_name(algorithm) << ": " << crypto::payment::text_of(outside.error());
        EXPECT_EQ(outside->header, header);
        EXPECT_TRUE(crypto::constant_time_equal(outside->key.reveal(), (*clear_cvk)->reveal()));
        const auto from_outside = *crypto::payment::wrap_key_block(clear_zmk.reveal(), header, (*clear_cvk)->reveal());
        const auto inside = vault->unwrap_under(*zmk, from_outside);
        ASSERT_TRUE(inside) << to_name(algorithm) << ": " << inside.error().internal_detail;
        EXPECT_TRUE(crypto::constant_time_equal(inside->key.reveal(), (*clear_cvk)->reveal()));
        for (std::size_t i = 0; i < from_outside.size(); i += 5) {
            std::string altered = from_outside;
            altered[i] = altered[i] == '0' ? '1' : '0';
            EXPECT_EQ(code_of(vault->unwrap_under(*zmk, altered)), ErrorCode::hsm_key_block_invalid) << i;
        }
    }
}

TEST_F(TokenVaultTest, versions_a_and_c_need_the_key_in_the_clear_and_are_refused) {
    PaymentKey draft = world->draft(KeyUsage::zmk);
    draft.algorithm = core::key::KeyAlgorithm::tdea_2key;
    const auto clear_zmk = *fresh_key(draft.algorithm);
    const auto zmk = vault->close(draft, clear_zmk);
    ASSERT_TRUE(zmk);
    KeyBlockHeader header = header_of(world->draft(KeyUsage::cvk));
    header.version = 'C';
    const auto block = *crypto::payment::wrap_key_block_of_any_version(clear_zmk.reveal(), header,
                                                                       fresh_key(draft.algorithm)->reveal());
    EXPECT_EQ(code_of(vault->unwrap_under(*zmk, block)), ErrorCode::hsm_key_block_invalid);
}

TEST_F(TokenVaultTest, a_record_that_was_changed_names_no_key_of_the_token) {
    const PaymentKey zmk = world->key(KeyUsage::zmk), cvk = world->key(KeyUsage::cvk);
    ASSERT_TRUE(world->hsm.export_block(cvk, zmk, ports::KeyBlockVersion::d));
    const auto outcome = [&](auto change) {
        PaymentKey changed = zmk;
        change(changed);
        return code_of(vault->wrap_under(changed, header_of(cvk), Bytes(16)));
    };
    EXPECT_EQ(outcome([](PaymentKey& k) { k.tenant_id = HsmWorld::live_bank; }), ErrorCode::hsm_key_block_altered);
    EXPECT_EQ(outcome([](PaymentKey& k) { k.usage = KeyUsage::perso_kek; }), ErrorCode::hsm_key_block_altered);
    EXPECT_EQ(outcome([](PaymentKey& k) { k.mode_of_use = core::key::ModeOfUse::decrypt; }),
              ErrorCode::hsm_key_block_altered);
    EXPECT_EQ(outcome([](PaymentKey& k) { k.bin = "5"; }), ErrorCode::hsm_key_block_altered);
    EXPECT_EQ(outcome([](PaymentKey& k) { k.key_block = "P11:7"; }), ErrorCode::hsm_key_block_altered);
    PaymentKey moved = cvk;
    moved.key_index = 9;
    EXPECT_EQ(code_of(vault->open(moved)), ErrorCode::hsm_key_block_altered);
}

TEST_F(TokenVaultTest, a_destroyed_key_is_gone_from_the_token) {
    const PaymentKey zmk = world->key(KeyUsage::zmk), cvk = world->key(KeyUsage::cvk);
    ASSERT_TRUE(world->hsm.forget(zmk));
    EXPECT_EQ(code_of(world->hsm.export_block(cvk, zmk, ports::KeyBlockVersion::d)), ErrorCode::hsm_key_block_altered);
    EXPECT_TRUE(world->hsm.forget(zmk)) << "twice is no harm";
    EXPECT_TRUE(world->hsm.forget(cvk));
    EXPECT_TRUE(vault->open(cvk)) << "a working key is its block and nothing else";
}

TEST_F(TokenVaultTest, the_payment_operations_work_on_keys_of_the_token) {
    const auto zpk = world->key(KeyUsage::zpk), pvk = world->key(KeyUsage::pvk),
               storage = world->key(KeyUsage::pin_storage);
    auto& hsm = world->hsm;
    const auto block = hsm.encipher_pin("4071", world->pan, PinFormat::iso0, zpk);
    ASSERT_TRUE(block) << block.error().internal_detail;
    const auto made = hsm.make_pin_reference({*block, PinFormat::iso0, zpk}, world->pan, core::key::PinMethod::visa_pvv,
                                             pvk, 1, storage, {});
    ASSERT_TRUE(made) << made.error().internal_detail;
    EXPECT_EQ(hsm.verify_pin({*block, PinFormat::iso0, zpk}, world->pan,
                             {core::key::PinMethod::visa_pvv, pvk, 1, made->value}),
              true);
    const auto office = world->key(KeyUsage::perso_kek), imk = world->key(KeyUsage::imk_ac);
    EXPECT_TRUE(hsm.export_card_key(imk, {"VISA_CVN18", world->pan, 1}, office));
}

TEST_F(TokenVaultTest, a_token_that_was_away_is_found_again) {
    const auto cvk = world->key(KeyUsage::cvk);
    const auto right = HsmWorld::text(*world->hsm.cvv(cvk, {world->pan, "2912", "201"}));
    // The token forgets everybody, as a network HSM does when it restarts.
    const auto module = *Module::load(softhsm_module);
    ASSERT_EQ(module->calls().C_CloseAllSessions(*module->slot_of(PrivateToken::label)), CKR_OK);
    EXPECT_EQ(code_of(world->hsm.cvv(cvk, {world->pan, "2912", "201"})), ErrorCode::hsm_unavailable);
    const auto again = world->hsm.cvv(cvk, {world->pan, "2912", "201"});
    ASSERT_TRUE(again) << again.error().internal_detail;
    EXPECT_EQ(HsmWorld::text(*again), right);
    EXPECT_TRUE(vault->check());
    ASSERT_EQ(module->calls().C_CloseAllSessions(*module->slot_of(PrivateToken::label)), CKR_OK);
    EXPECT_FALSE(vault->check()) << "not more often than every few seconds";
}

TEST_F(TokenVaultTest, many_threads_share_the_token) {
    const auto cvk = world->key(KeyUsage::cvk);
    const auto right = HsmWorld::text(*world->hsm.cvv(cvk, {world->pan, "2912", "201"}));
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i)
                    if (world->hsm.verify_cvv(cvk, {world->pan, "2912", "201"}, right) != true) ++wrong;
            });
    }
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace takas::hsm::pkcs11
