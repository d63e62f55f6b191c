// Payment keys through a whole server: the test key set, the life of a key, the commands with their custodians, a
// token.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/card_security/clear_card.hpp"
#include "app/card_security/desk.hpp"
#include "app/card_security/test_chip.hpp"
#include "app/card_security/verifier.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/keys/inventory.hpp"
#include "app/keys/keys.hpp"
#include "app/keys/test_keys.hpp"
#include "app/ports/tables.hpp"
#include "app/system/demo_seed.hpp"
#include "app/system/tenants.hpp"
#include "app/system/users.hpp"
#include "crypto/payment/key_check.hpp"
#include "crypto/random.hpp"
#include "main/commands.hpp"
#include "main/keys_command.hpp"
#include "main/server.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

using app::keys::KeyOrder;
using core::key::KeyState;
using core::key::KeyUsage;

struct KeysTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_keys_" + std::to_string(::getpid()) + "_" +
                                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    KeysTest() { std::filesystem::remove_all(folder); }
    ~KeysTest() override { std::filesystem::remove_all(folder); }

    static ServerOptions options() {
        ServerOptions o;
        o.store = StoreKind::memory;
        o.listens = o.does_chores = o.delivers_webhooks = false;
        o.demo = o.sandbox = true;
        return o;
    }
    static std::unique_ptr<Server> started(const ServerOptions& o) {
        auto server = Server::start(o);
        EXPECT_TRUE(server) << server.error().internal_detail;
        return server ? std::move(*server) : nullptr;
    }
    static app::Context context_of(Server& server, std::string_view code = app::system::demo_tenant_code) {
        using core::identity::Tenant;
        app::Context context = operator_context(server.services());
        const auto tenant = server.services().store.find<Tenant>({app::ports::where<&Tenant::code>(code)});
        context.tenant_id = (*tenant)->tenant_id;
        return context;
    }
    /// An institution that does not test.
    static app::Context live_context(Server& server) {
        app::Context context = operator_context(server.services());
        app::system::NewTenant fresh;
        fresh.code = "live";
        fresh.name = "Live Bank";
        fresh.country = "TR";
        const auto made = app::system::create_tenant(context, fresh);
        EXPECT_TRUE(made) << made.error().internal_detail;
        return context_of(server, "live");
    }
};

TEST_F(KeysTest, an_institution_in_test_gets_its_keys_when_it_asks) {
    const auto server = started(options());
    app::Services& services = server->services();
    const TenantId demo = context_of(*server).tenant_id;
    EXPECT_TRUE(services.keys.list(demo).empty());
    for (const auto& row : core::key::usage_rows()) {
        if (row.rsa) continue;  // takes seconds under a sanitizer
        const auto key = services.keys.find({demo, row.usage, "97920000", {}});
        ASSERT_TRUE(key) << to_name(row.usage);
        EXPECT_EQ((*key)->label, app::keys::test_key_label);
        EXPECT_EQ((*key)->creator_id, app::keys::test_key_creator);
    }
    EXPECT_TRUE(services.keys.find({demo, KeyUsage::pvk, "", 6}));
    const auto cvk = *services.keys.find({demo, KeyUsage::cvk, "", {}});
    const auto pan = *core::card::Pan::parse("4000000000000002");
    EXPECT_TRUE(services.hsm.cvv(*cvk, {pan, "2912", "000"}));
}

TEST_F(KeysTest, a_live_institution_gets_none_and_no_pins) {
    const auto server = started(options());
    app::Context live = live_context(*server);
    EXPECT_EQ(live.services.keys.find({live.tenant_id, KeyUsage::cvk, "", {}}).error().code,
              ErrorCode::hsm_key_not_found);
    const auto pvk = app::keys::generate_key(live, {.usage = KeyUsage::pvk});
    const auto storage = app::keys::generate_key(live, {.usage = KeyUsage::pin_storage});
    ASSERT_TRUE(pvk && storage);
    const auto pan = *core::card::Pan::parse("4000000000000002");
    const auto refused = live.services.hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, *pvk, 1, *storage, {});
    EXPECT_EQ(refused.error().code, ErrorCode::hsm_pin_not_allowed);
    auto acknowledged = options();
    acknowledged.software_hsm_for_pins = true;
    const auto second = started(acknowledged);
    app::Context there = live_context(*second);
    const auto its_pvk = app::keys::generate_key(there, {.usage = KeyUsage::pvk});
    const auto its_storage = app::keys::generate_key(there, {.usage = KeyUsage::pin_storage});
    EXPECT_TRUE(there.services.hsm.generate_pin(4, pan, core::key::PinMethod::visa_pvv, *its_pvk, 1, *its_storage, {}));
}

TEST_F(KeysTest, a_key_lives_from_generate_to_destroy) {
    const auto server = started(options());
    app::Context context = context_of(*server);
    const KeyOrder order{.usage = KeyUsage::zpk, .label = "bank2", .bin = "400000"};
    const auto first = app::keys::generate_key(context, order);
    ASSERT_TRUE(first) << first.error().internal_detail;
    EXPECT_EQ(app::keys::generate_key(context, order).error().code, ErrorCode::hsm_key_exists);
    const auto second = app::keys::rotate_key(context, first->id);
    ASSERT_TRUE(second) << second.error().internal_detail;
    EXPECT_EQ(second->key_version_no, 1);
    EXPECT_NE(second->kcv, first->kcv);
    const auto& keys = context.services.keys;
    EXPECT_EQ(keys.by_id(context.tenant_id, first->id)->state, KeyState::decrypt_only);
    EXPECT_EQ((*keys.find({context.tenant_id, KeyUsage::zpk, "40000012", {}, "bank2"}))->id, second->id);
    EXPECT_EQ(app::keys::rotate_key(context, first->id).error().code, ErrorCode::hsm_key_not_usable);
    EXPECT_EQ(app::keys::destroy_key(context, second->id, false).error().code, ErrorCode::hsm_key_not_usable);
    const auto gone = app::keys::destroy_key(context, first->id, false);
    ASSERT_TRUE(gone);
    EXPECT_TRUE(gone->key_block.empty());
    EXPECT_TRUE(gone->destroyed_at);
    EXPECT_EQ(keys.by_id(context.tenant_id, first->id)->kcv, first->kcv) << "the proof stays";
    ASSERT_TRUE(app::keys::destroy_key(context, second->id, true));
    const auto third = app::keys::generate_key(context, order);
    ASSERT_TRUE(third) << "the place is free again";
    EXPECT_EQ(third->key_version_no, 2);
}

TEST_F(KeysTest, a_key_goes_to_a_partner_and_comes_back) {
    const auto server = started(options());
    app::Context context = context_of(*server);
    const auto zmk = app::keys::generate_key(context, {.usage = KeyUsage::zmk, .label = "bank2"});
    const auto cvk = app::keys::generate_key(context, {.usage = KeyUsage::cvk});
    ASSERT_TRUE(zmk && cvk);
    const auto block = app::keys::export_key(context, cvk->id, zmk->id);
    ASSERT_TRUE(block) << block.error().internal_detail;
    const KeyOrder order{.usage = KeyUsage::cvk, .label = "copy"};
    EXPECT_EQ(app::keys::import_key(context, order, zmk->id, *block, "ABCDEF").error().code,
              ErrorCode::hsm_kcv_mismatch);
    const auto copy = app::keys::import_key(context, order, zmk->id, *block, cvk->kcv);
    ASSERT_TRUE(copy) << copy.error().internal_detail;
    EXPECT_EQ(copy->kcv, cvk->kcv);
    const auto again = app::keys::export_key(context, cvk->id, zmk->id);
    EXPECT_EQ(app::keys::import_key(context, order, zmk->id, *again, "").error().code, ErrorCode::hsm_key_exists);
    const auto successor = app::keys::import_key(context, order, zmk->id, *again, "", app::keys::Place::taken_over);
    ASSERT_TRUE(successor) << successor.error().internal_detail;
    EXPECT_EQ(successor->key_version_no, copy->key_version_no + 1);
    EXPECT_EQ(context.services.keys.by_id(context.tenant_id, copy->id)->state, KeyState::decrypt_only);
    EXPECT_EQ(context.services.keys.by_id(context.tenant_id, cvk->id)->state, KeyState::active) << "another label";
    app::Context live = live_context(*server);
    EXPECT_EQ(app::keys::export_key(live, cvk->id, zmk->id).error().code, ErrorCode::hsm_key_not_found)
        << "keys of other institutions are not there";
}

TEST_F(KeysTest, cards_outlive_the_keys_they_were_made_with) {
    namespace security = app::card_security;
    using core::authorization::Verdict;
    const auto server = started(options());
    app::Context context = context_of(*server);
    app::Services& services = context.services;
    // The values of a card as it was made, as a message brings them.
    const TokenId token{7};
    const auto pan = *core::card::Pan::parse("9792000000000003");
    security::CardView card;
    card.tenant_id = context.tenant_id, card.token_id = token, card.pan_sealed = *services.pan_vault.seal(pan, token);
    card.expire_date = *core::card::make_expiry(2912), card.card_product_code = "DEMO-PREPAID";
    card.brand = core::product::CardBrand::visa, card.form = core::product::ProductType::emv;
    card.security.tenant_id = context.tenant_id, card.security.token_id = token;
    card.creation_time = context.now;
    core::card::Card record;
    record.personalized_name_line_1 = "AYSE YILMAZ";
    const auto before = security::clear_card(context, record, card);
    const security::TestChipData bought{.atc = 1, .amount_minor = 100, .currency = {949}};
    const auto chip = security::make_chip_data(context, card, bought);
    ASSERT_TRUE(before && chip) << before.error().internal_detail;

    context.now = context.now.plus_seconds(1);
    for (const KeyUsage usage : {KeyUsage::cvk, KeyUsage::imk_ac})
        for (int i = 0; i < 2; ++i)
            ASSERT_TRUE(app::keys::rotate_key(context, (*services.keys.find({context.tenant_id, usage, "9792"}))->id));
    const auto after = security::clear_card(context, record, card);
    ASSERT_TRUE(after) << after.error().internal_detail;
    EXPECT_EQ(text_of(after->cvv2.reveal()), text_of(before->cvv2.reveal())) << "what is printed on the card";
    security::Verifier verifier(services.hsm, services.keys, services.pan_vault, services.card_security->products);
    const auto verdicts = [&](const security::ClearCard& values) {
        security::Presented presented;
        presented.cvv = crypto::SecretBytes(values.cvv.reveal());
        presented.cvv2 = crypto::SecretBytes(values.cvv2.reveal());
        presented.chip_data = crypto::SecretBytes(*chip);
        auto v = verifier.verify(presented, card, {.amount_minor = bought.amount_minor, .currency = bought.currency});
        EXPECT_TRUE(v) << v.error().internal_detail;
        return v ? std::move(*v) : security::Verdicts{};
    };
    auto v = verdicts(*before);
    EXPECT_EQ(v.cvv, Verdict::passed);
    EXPECT_EQ(v.cvv2, Verdict::passed);
    EXPECT_EQ(v.arqc, Verdict::passed);
    EXPECT_FALSE(v.arpc.empty());
    // A destroyed key verifies nothing.
    for (const auto& key : services.keys.find_all({context.tenant_id, KeyUsage::imk_ac, "9792"}))
        if (key->state == KeyState::decrypt_only) ASSERT_TRUE(app::keys::destroy_key(context, key->id, false));
    v = verdicts(*before);
    EXPECT_EQ(v.cvv2, Verdict::passed);
    EXPECT_EQ(v.arqc, Verdict::failed);
}

TEST_F(KeysTest, orders_are_checked) {
    const auto server = started(options());
    app::Context context = context_of(*server);
    for (const KeyOrder& order :
         {KeyOrder{.usage = KeyUsage::zmk, .label = ""}, KeyOrder{.usage = KeyUsage::zmk, .label = "../kek"},
          KeyOrder{.usage = KeyUsage::zmk, .label = std::string(41, 'a')},
          KeyOrder{.usage = KeyUsage::zmk, .key_index = -1}, KeyOrder{.usage = KeyUsage::pvk, .key_index = 10},
          KeyOrder{.usage = KeyUsage::zmk, .key_index = 256}, KeyOrder{.usage = KeyUsage::zmk, .bin = "4000x"}})
        EXPECT_EQ(app::keys::generate_key(context, order).error().code, ErrorCode::validation);
    const KeyOrder aes_cvk{.usage = KeyUsage::cvk, .algorithm = core::key::KeyAlgorithm::aes_256};
    EXPECT_EQ(app::keys::generate_key(context, aes_cvk).error().code, ErrorCode::hsm_key_usage_refused);
}

TEST_F(KeysTest, a_pin_key_is_no_data_key_too) {
    const auto server = started(options());
    app::Context context = context_of(*server);
    const std::array components{crypto::random_secret(16), crypto::random_secret(16)};
    KeyOrder order{.usage = KeyUsage::zpk, .algorithm = core::key::KeyAlgorithm::aes_128};
    const auto pin_key = app::keys::form_key(context, order, components, "");
    ASSERT_TRUE(pin_key) << pin_key.error().internal_detail;
    order.usage = KeyUsage::dek;
    EXPECT_EQ(app::keys::form_key(context, order, components, "").error().code, ErrorCode::hsm_key_block_invalid);
    ASSERT_TRUE(app::keys::destroy_key(context, pin_key->id, true));
    EXPECT_TRUE(app::keys::form_key(context, order, components, ""));
}

/// The commands on a folder: a demo institution in SQLite, closed again, as `takas keys` finds it.
struct KeysCommand : KeysTest {
    Settings settings;
    KeysOrder order;

    KeysCommand() {
        auto o = options();
        o.store = StoreKind::sqlite;
        o.data_dir = folder;
        const auto server = started(o);
        auto context = context_of(*server);
        for (const char* name : {"ayse", "mehmet"}) {
            auto user = app::system::make_user(context, context.tenant_id, {name, password, {"administrator"}});
            EXPECT_TRUE(user);
            context.unit.insert(std::move(*user));
        }
        EXPECT_EQ(context.store().commit_and_wait(std::move(context.unit)).outcome,
                  app::ports::CommitOutcome::committed);
        settings.data = folder.string();
        order.tenant = app::system::demo_tenant_code;
    }
    static constexpr const char* password = "Iki-Kisi-Kurali-1";

    /// Runs a command whose standard input says this.
    static int with_input(const std::string& text, auto command) {
        FILE* const said = std::tmpfile();
        std::fputs(text.c_str(), said);
        std::fflush(said);
        ::lseek(::fileno(said), 0, SEEK_SET);
        const int before = ::dup(STDIN_FILENO);
        ::dup2(::fileno(said), STDIN_FILENO);
        const int status = command();
        ::dup2(before, STDIN_FILENO);
        ::close(before);
        std::fclose(said);
        return status;
    }
    std::vector<core::key::PaymentKey> stored_keys() {
        auto o = options();
        o.store = StoreKind::sqlite, o.data_dir = folder, o.demo = false;
        const auto server = started(o);
        return *server->services().store.list<core::key::PaymentKey>({});
    }
};

TEST_F(KeysCommand, GeneratesRotatesDestroysAndWritesTheInventory) {
    order.usage = "Zpk";
    order.label = "bank2";
    EXPECT_EQ(keys_generate(settings, order), 0);
    EXPECT_EQ(keys_generate(settings, order), 1) << "there is one";
    order.id = stored_keys().front().id.value;
    EXPECT_EQ(keys_rotate(settings, order), 0);
    EXPECT_EQ(keys_destroy(settings, order), 0);
    EXPECT_EQ(keys_list(settings, order), 0);
    order.to = (folder / "inventory.md").string();
    EXPECT_EQ(keys_inventory(settings, order), 0);
    std::ifstream file(order.to);
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(document.find("Destroyed"), std::string::npos) << document;
    order.usage = "Nonsense";
    EXPECT_EQ(keys_generate(settings, order), 2);
    order.tenant = "nobody";
    EXPECT_EQ(keys_list(settings, order), 1);
}

TEST_F(KeysCommand, ComponentsNeedTwoCustodians) {
    const auto component = [](char digit) { return std::string(31, digit) + "0"; };
    const std::string said = std::string(password) + "\n";
    order.usage = "Zmk";
    order.algorithm = "Aes128";
    order.components = 2;
    order.user = "ayse";
    const auto import = [this] { return keys_import(settings, order); };
    EXPECT_EQ(with_input("wrong\n" + component('1') + "\n", import), 1) << "a wrong password";
    EXPECT_EQ(with_input(said + "123\n", import), 1) << "no component";
    EXPECT_EQ(with_input(said + component('1') + "\n", import), 0);
    EXPECT_TRUE(stored_keys().empty()) << "one of two";
    EXPECT_EQ(with_input(said + component('2') + "\n", import), 1) << "the same custodian again";
    order.user = "mehmet";
    order.key_index = 1;
    EXPECT_EQ(with_input(said + component('2') + "\n", import), 0) << "another key: it waits as well";
    order.key_index = 0;
    order.algorithm = "Aes256";
    EXPECT_EQ(with_input(said + component('2') + "\n", import), 2) << "the first custodian asked for something else";
    order.algorithm = "Aes128";
    const auto file = folder / "component";
    std::ofstream(file) << component('2') << "\n";
    order.component_file = file.string();
    EXPECT_EQ(with_input(said, import), 1) << "others may read the file";
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    EXPECT_EQ(with_input(said, import), 0);
    const auto keys = stored_keys();
    ASSERT_EQ(keys.size(), 1);
    Bytes combined(16, 0x33);
    combined.back() = 0x30;
    const auto right = crypto::payment::CipherKey::aes(combined);
    EXPECT_EQ(keys.front().kcv, crypto::payment::kcv_text(*right)) << "1 and 2 make 3";
    for (const auto& left : std::filesystem::directory_iterator(folder / "keys"))
        EXPECT_EQ(left.path().filename().string().find("components-2-Zmk-main-0"), std::string::npos);
}

TEST_F(KeysCommand, APersonalisationFileIsForAnOfficeThatThereIs) {
    PersoExport wanted;
    wanted.tenant = order.tenant, wanted.office = "NOWHERE", wanted.date = "2031-03-01";
    wanted.to = (folder / "cards.jsonl").string();
    EXPECT_EQ(export_perso(settings, wanted), 1) << "no keys without --sandbox on";
    settings.sandbox = Switch::on;
    EXPECT_EQ(export_perso(settings, wanted), 1);
    EXPECT_FALSE(std::filesystem::exists(wanted.to));
    order.usage = "PersoKek", order.label = "PO1";
    EXPECT_EQ(keys_generate(settings, order), 0);
    wanted.office = "PO1";
    EXPECT_EQ(export_perso(settings, wanted), 0) << "no card waits there: nothing to do is no error";
    EXPECT_FALSE(std::filesystem::exists(wanted.to));
}

TEST_F(KeysCommand, TheLmkIsSplitRestoredAndChanged) {
    order.usage = "Cvk";
    ASSERT_EQ(keys_generate(settings, order), 0);
    const auto before = stored_keys();
    order.to = (folder / "shares").string();
    ASSERT_EQ(keys_ceremony_split(settings, order), 0);
    const auto share = [this](int number) {
        std::ifstream in(folder / "shares" / ("lmk-share-" + std::to_string(number)));
        std::string text;
        std::getline(in, text);
        return text + "\n";
    };
    const auto lmk_file = folder / "keys" / "lmk";
    std::filesystem::rename(lmk_file, folder / "elsewhere");
    EXPECT_EQ(keys_list(settings, order), 1) << "without the file nothing starts";
    Settings by_custodians = settings;
    by_custodians.lmk = LmkSource::custodians;
    EXPECT_EQ(with_input(share(3) + share(1), [&] { return keys_list(by_custodians, order); }), 0);
    EXPECT_EQ(with_input(share(3), [&] { return keys_list(by_custodians, order); }), 1);
    EXPECT_EQ(with_input(share(1) + share(2), [&] { return keys_ceremony_form(settings, order); }), 0);
    EXPECT_EQ(keys_list(settings, order), 0);
    ASSERT_EQ(keys_ceremony_change(settings, order), 0);
    const auto after = stored_keys();
    ASSERT_EQ(after.size(), before.size());
    EXPECT_EQ(after.front().kcv, before.front().kcv);
    EXPECT_NE(after.front().key_block, before.front().key_block);
    std::filesystem::rename(folder / "elsewhere", lmk_file);
    EXPECT_EQ(keys_list(settings, order), 1) << "the old LMK opens nothing any more";
}

TEST_F(KeysTest, a_server_works_with_a_token) {
    std::filesystem::create_directories(folder / "tokens");
    std::ofstream(folder / "softhsm2.conf") << "directories.tokendir = " << (folder / "tokens").string()
                                            << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (folder / "softhsm2.conf").c_str(), 1);
    ASSERT_EQ(std::system("softhsm2-util --init-token --free --label bank --pin 24680 --so-pin 13579 >/dev/null"), 0);
    const auto pin_file = folder / "pin";
    std::ofstream(pin_file) << "24680\n";
    std::filesystem::permissions(pin_file, std::filesystem::perms::owner_read);
    Settings settings;
    settings.hsm = "pkcs11:/usr/lib/softhsm/libsofthsm2.so";
    settings.store = "memory";
    EXPECT_FALSE(server_options(settings)) << "token and PIN file are missing";
    settings.hsm_token = "bank";
    settings.hsm_pin_file = pin_file.string();
    settings.demo = true;
    auto o = server_options(settings);
    ASSERT_TRUE(o);
    o->listens = o->does_chores = o->delivers_webhooks = false;
    std::string kcv;
    o->given_store = std::make_shared<store::memory::MemoryStore>();
    o->data_dir = folder / "data";  // the data keys survive with the store
    for (int i = 0; i < 2; ++i) {
        const auto server = started(*o);
        ASSERT_NE(server, nullptr);
        EXPECT_EQ(server->services().hsm.kind(), "pkcs11");
        EXPECT_EQ(server->call({"GET", "/health/ready"}).status, 200);
        if (i == 1) EXPECT_EQ(server->services().hsm.lmk_kcv(), kcv);
        kcv = server->services().hsm.lmk_kcv();
        const TenantId demo = context_of(*server).tenant_id;
        const auto cvk = server->services().keys.find({demo, KeyUsage::cvk, "", {}});
        ASSERT_TRUE(cvk);
        const auto pan = *core::card::Pan::parse("4000000000000002");
        EXPECT_TRUE(server->services().hsm.cvv(**cvk, {pan, "2912", "000"}));
    }
    ::unsetenv("SOFTHSM2_CONF");
}

}  // namespace
}  // namespace takas::main
