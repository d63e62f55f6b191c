// The vault's keys under a key-encryption key of the HSM: both HSMs, going over to it, its rotation, and that without
// it nothing opens.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "app/keys/keys.hpp"
#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/key_inventory.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/rotation.hpp"
#include "app/verify/vault_proof.hpp"
#include "app/verify/verify.hpp"
#include "core/identity/identity.hpp"
#include "jobs/vault_upkeep.hpp"
#include "main/server.hpp"
#include "main/settings.hpp"
#include "main/vault_shop_test.hpp"

namespace takas::main {
namespace {

using namespace app::vault;
using app::ports::CommitOutcome;
using app::ports::where;
using core::key::KeyAlgorithm;
using core::key::KeyUsage;

struct VaultKekTest : testing::TestWithParam<std::string>, VaultShop {
    std::filesystem::path folder;
    EntityId merchant_id;

    VaultKekTest() {
        std::string name = (std::filesystem::temp_directory_path() / "takas-kek-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        start();
        merchant_id = make_merchant("m1", {});
    }
    ~VaultKekTest() override {
        server.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    /// The same installation, from its store and its folder.
    void start() {
        server.reset();
        Settings settings;
        settings.store = "memory";
        settings.demo = true;
        if (GetParam() == "pkcs11") use_token(settings);
        auto o = server_options(settings);
        ASSERT_TRUE(o);
        o->listens = o->does_chores = o->delivers_webhooks = false;
        o->given_store = store;
        o->data_dir = folder / "data";
        auto started = Server::start(*o);
        ASSERT_TRUE(started) << started.error().internal_detail;
        server = std::move(*started);
        EXPECT_EQ(server->services().hsm.kind(), GetParam());
    }
    void use_token(Settings& settings) const {
        const auto conf = folder / "softhsm2.conf", pin_file = folder / "pin";
        ::setenv("SOFTHSM2_CONF", conf.c_str(), 1);
        if (std::filesystem::create_directories(folder / "tokens")) {
            std::ofstream(conf) << "directories.tokendir = " << (folder / "tokens").string()
                                << "\nobjectstore.backend = file\nlog.level = ERROR\n";
            std::ofstream(pin_file) << "24680\n";
            std::filesystem::permissions(pin_file, std::filesystem::perms::owner_read);
            EXPECT_EQ(
                std::system("softhsm2-util --init-token --free --label bank --pin 24680 --so-pin 13579 >/dev/null"), 0);
        }
        settings.hsm = "pkcs11:/usr/lib/softhsm/libsofthsm2.so";
        settings.hsm_token = "bank";
        settings.hsm_pin_file = pin_file.string();
    }
    EntityId make_kek() const {
        auto work = context();
        const auto key = app::keys::generate_key(
            work, {.usage = KeyUsage::dek, .label = std::string(kek_label), .algorithm = KeyAlgorithm::aes_256});
        EXPECT_TRUE(key) << key.error().internal_detail;
        return key->id;
    }
    std::vector<VaultKey> stored_keys() const {
        return *store->list<VaultKey>({{}, {{"merchant_id"}, {"use"}, {"key_version"}}});
    }
    void expect_all_under(EntityId kek_id) const {
        for (const auto& key : stored_keys())
            if (key.state != KeyState::destroyed) EXPECT_EQ(Wrapping::kek_id_of(key), kek_id) << key.key_version;
    }
    std::int64_t upkeep() const {
        const auto done = jobs::VaultUpkeep(server->services()).run();
        EXPECT_TRUE(done) << done.error().internal_detail;
        return done ? done->keys_rewrapped : -1;
    }
    app::Context caller_context() const {
        auto work = context();
        work.tenant_id = (*server->services().vault->directory.merchant(merchant_id))->tenant_id;
        return work;
    }
    Caller caller() const { return {*server->services().vault->directory.merchant(merchant_id), "test"}; }
    void keep_card() const {
        auto work = caller_context();
        ASSERT_TRUE(store_card(work, caller(), owner("u1"), CardScope::ecom, content()));
        commit(work);
    }
    Result<std::string> read_number() const {
        server->services().vault->keys.forget(merchant_id);
        auto work = caller_context();
        const auto list = list_cards(work, caller(), owner("u1"), CardScope::ecom);
        if (!list) return std::unexpected(list.error());
        return list->empty() ? "none" : list->front().content.number;
    }
};

TEST_P(VaultKekTest, KeysGoUnderTheHsmsKeyAndFollowItsRotation) {
    keep_card();
    EXPECT_EQ(upkeep(), 0);
    expect_all_under({});
    const EntityId first = make_kek();
    EXPECT_EQ(read_number().value_or("unreadable"), pan) << "what is under the keyring alone stays readable";
    EXPECT_EQ(upkeep(), static_cast<std::int64_t>(stored_keys().size()));
    expect_all_under(first);
    EXPECT_EQ(read_number().value_or("unreadable"), pan);
    auto work = context();
    ASSERT_TRUE(rotate_data_key(work, merchant_id));
    commit(work);
    expect_all_under(first);

    auto rotating = context();
    const auto second = app::keys::rotate_key(rotating, first);
    ASSERT_TRUE(second) << second.error().internal_detail;
    EXPECT_EQ(read_number().value_or("unreadable"), pan) << "under the replaced one";
    EXPECT_GT(upkeep(), 0);
    expect_all_under(second->id);
    auto destroying = context();
    ASSERT_TRUE(app::keys::destroy_key(destroying, first, false));
    start();
    EXPECT_EQ(read_number().value_or("unreadable"), pan);
    EXPECT_EQ(upkeep(), 0) << "nothing is left to do";
    app::verify::Options options;
    options.secret_box = &server->services().secret_box;
    const auto sound = app::verify::verify(*store, {}, options);
    ASSERT_TRUE(sound);
    EXPECT_TRUE(sound->sound()) << app::verify::to_text(*sound);
}

TEST_P(VaultKekTest, WithoutTheHsmsKeyNothingOpens) {
    const EntityId kek = make_kek();
    ASSERT_TRUE(server->services().vault->keys.credential_key());
    keep_card();
    upkeep();
    auto destroying = context();
    const auto kept = app::keys::destroy_key(destroying, kek, true);
    ASSERT_FALSE(kept) << "the vault's keys are under it";
    EXPECT_EQ(kept.error().code, ErrorCode::hsm_key_not_usable);
    EXPECT_NE(kept.error().internal_detail.find(std::to_string(stored_keys().size()) + " keys"), std::string::npos)
        << kept.error().internal_detail;
    EXPECT_EQ(read_number().value_or("unreadable"), pan);
    const auto inventory =
        key_inventory_markdown(*store, core::identity::platform_tenant, server->services().clock.now());
    ASSERT_TRUE(inventory);
    EXPECT_NE(inventory->find("KEK " + std::to_string(kek.value)), std::string::npos) << *inventory;
    EXPECT_NE(inventory->find("| m1 ("), std::string::npos) << *inventory;
    EXPECT_NE(inventory->find("(installation)"), std::string::npos) << *inventory;
    // Whoever takes it away all the same, behind our back:
    auto row = store->find<core::key::PaymentKey>({where<&core::key::PaymentKey::id>(kek)});
    ASSERT_TRUE(row && *row);
    (*row)->state = core::key::KeyState::destroyed;
    app::ports::Unit unit;
    unit.update(**row);
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    ASSERT_TRUE(server->services().keys.refresh());
    const auto refused = read_number();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::hsm_key_not_usable);
    const auto proof = app::verify::prove_vault(*store, server->services().vault->keys);
    ASSERT_TRUE(proof) << proof.error().internal_detail;
    ASSERT_EQ(proof->difference_count, 1) << "one merchant's keys";
    EXPECT_EQ(proof->differences.front().what, "vault.keys");
    const Wrapping wrapping(server->services());
    for (const auto& key : stored_keys()) EXPECT_FALSE(wrapping.unwrap(key));
}

TEST_P(VaultKekTest, AWrappedKeyOpensInItsPlaceOnly) {
    const EntityId kek = make_kek();
    upkeep();
    const Wrapping wrapping(server->services());
    auto keys = stored_keys();
    ASSERT_TRUE(wrapping.unwrap(keys.back()));
    VaultKey moved = keys.back();
    moved.merchant_id.value += 1;
    EXPECT_FALSE(wrapping.unwrap(moved));
    VaultKey other_use = keys.back();
    other_use.wrapped = keys.front().wrapped;
    EXPECT_FALSE(wrapping.unwrap(other_use));
    for (std::size_t at = 0; at < keys.back().wrapped.bytes.size(); at += 7) {
        VaultKey altered = keys.back();
        altered.wrapped.bytes[at] = static_cast<char>(altered.wrapped.bytes[at] ^ 1);
        EXPECT_FALSE(wrapping.unwrap(altered)) << at;
    }
    EXPECT_EQ(Wrapping::kek_id_of(keys.back()), kek);
}

INSTANTIATE_TEST_SUITE_P(BothHsms, VaultKekTest, testing::Values("soft", "pkcs11"),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace takas::main
