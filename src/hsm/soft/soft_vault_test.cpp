#include "hsm/soft/soft_vault.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "crypto/random.hpp"
#include "hsm/engine/hsm_world_test.hpp"

namespace takas::hsm::soft {

using core::key::KeyUsage;

namespace {

struct SoftVaultTest : testing::Test {
    SoftVault vault;
    HsmWorld world{vault};
    SoftVaultTest() { EXPECT_TRUE(vault.load_lmk(crypto::random_secret(lmk_bytes))); }
};

TEST(SoftVault, does_nothing_without_its_lmk) {
    SoftVault vault;
    HsmWorld world(vault);
    EXPECT_EQ(code_of(vault.check()), ErrorCode::hsm_lmk_not_loaded);
    EXPECT_EQ(code_of(vault.generate(world.draft(KeyUsage::cvk))), ErrorCode::hsm_lmk_not_loaded);
    EXPECT_EQ(vault.lmk_kcv(), "");
    EXPECT_EQ(code_of(vault.load_lmk(crypto::SecretBytes(16))), ErrorCode::hsm_key_component_invalid);
}

TEST_F(SoftVaultTest, every_usage_makes_a_block_that_opens_again_elsewhere) {
    SoftVault second;
    const auto lmk = crypto::random_secret(lmk_bytes);
    ASSERT_TRUE(vault.load_lmk(lmk));
    ASSERT_TRUE(second.load_lmk(lmk));
    EXPECT_EQ(vault.lmk_kcv(), second.lmk_kcv());
    for (const auto& row : core::key::usage_rows()) {
        auto draft = world.draft(row.usage);
        if (row.rsa) draft.algorithm = core::key::KeyAlgorithm::rsa_2048;
        const auto key = vault.generate(draft);
        ASSERT_TRUE(key) << to_name(row.usage) << ": " << key.error().internal_detail;
        EXPECT_FALSE(key->kcv.empty());
        EXPECT_EQ(key->key_block.front(), 'D');
        const auto here = vault.open(*key), there = second.open(*key);
        ASSERT_TRUE(here && there) << to_name(row.usage);
        EXPECT_TRUE(crypto::constant_time_equal((*here)->reveal(), (*there)->reveal()));
    }
}

TEST_F(SoftVaultTest, a_record_that_was_changed_does_not_open) {
    const PaymentKey key = world.key(KeyUsage::cvk);
    const std::vector<std::function<void(PaymentKey&)>> changes{
        [](PaymentKey& k) { k.tenant_id = HsmWorld::live_bank; },
        [](PaymentKey& k) { k.id.value += 1; },
        [](PaymentKey& k) { k.usage = KeyUsage::cavk; },  // the same TR-31 usage
        [](PaymentKey& k) { k.usage = KeyUsage::zpk; },
        [](PaymentKey& k) { k.algorithm = core::key::KeyAlgorithm::tdea_3key; },
        [](PaymentKey& k) { k.mode_of_use = core::key::ModeOfUse::verify; },
        [](PaymentKey& k) { k.exportability = core::key::Exportability::sensitive; },
        [](PaymentKey& k) { k.key_index = 2; },
        [](PaymentKey& k) { k.key_version_no = 1; },
        [](PaymentKey& k) { k.bin = "520000"; },
        [](PaymentKey& k) { k.key_block.back() = k.key_block.back() == '0' ? '1' : '0'; },
        [](PaymentKey& k) { k.key_block.clear(); },
    };
    ASSERT_TRUE(vault.open(key));
    for (std::size_t i = 0; i < changes.size(); ++i) {
        PaymentKey changed = key;
        changes[i](changed);
        EXPECT_EQ(code_of(vault.open(changed)), ErrorCode::hsm_key_block_altered) << i;
    }
    ASSERT_TRUE(vault.open(key)) << "the cache keeps the right one";
}

TEST_F(SoftVaultTest, blocks_of_another_lmk_do_not_open) {
    const PaymentKey key = world.key(KeyUsage::zpk);
    SoftVault other;
    ASSERT_TRUE(other.load_lmk(crypto::random_secret(lmk_bytes)));
    EXPECT_EQ(code_of(other.open(key)), ErrorCode::hsm_key_block_altered);
}

TEST_F(SoftVaultTest, a_new_lmk_opens_what_the_old_one_sealed_and_wraps_it_anew) {
    const PaymentKey key = world.key(KeyUsage::zpk);
    const auto next = crypto::random_secret(lmk_bytes);
    const std::string old_kcv = vault.lmk_kcv();
    ASSERT_TRUE(vault.load_lmk(next));
    EXPECT_NE(vault.lmk_kcv(), old_kcv);
    const auto fresh = vault.rewrap(key);
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->kcv, key.kcv);
    EXPECT_NE(fresh->key_block, key.key_block);
    SoftVault only_new;
    ASSERT_TRUE(only_new.load_lmk(next));
    EXPECT_TRUE(only_new.open(*fresh));
    EXPECT_FALSE(only_new.open(key));
}

TEST(SoftVault, keeps_a_bounded_number_of_keys_open) {
    SoftVault vault(16);
    HsmWorld world(vault);
    ASSERT_TRUE(vault.load_lmk(crypto::random_secret(lmk_bytes)));
    std::vector<PaymentKey> keys;
    for (int i = 0; i < 200; ++i) keys.push_back(world.key(KeyUsage::cvk));
    std::vector<OpenKey> held;
    for (const PaymentKey& key : keys) {
        auto open = vault.open(key);
        ASSERT_TRUE(open);
        held.push_back(*open);  // more than there are slots: the rest is on the heap
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto again = vault.open(keys[i]);
        ASSERT_TRUE(again);
        EXPECT_TRUE(crypto::constant_time_equal((*again)->reveal(), held[i]->reveal())) << i;
    }
    EXPECT_TRUE(vault.forget(keys.back()));
    EXPECT_TRUE(vault.open(keys.back())) << "forgotten is not destroyed";
}

}  // namespace
}  // namespace takas::hsm::soft
