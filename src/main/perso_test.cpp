// Personalisation files through a whole server with its HSM: what is in them, and that no death between their steps
// makes two of one card or loses one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/card_security/pin.hpp"
#include "app/card_security/test_pin.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/cards/status.hpp"
#include "app/catalog/catalog.hpp"
#include "app/keys/key_directory.hpp"
#include "app/perso/orders.hpp"
#include "app/perso/perso_record.hpp"
#include "app/perso/result_file.hpp"
#include "app/ports/hsm.hpp"
#include "app/system/demo_seed.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "main/perso_command.hpp"
#include "main/perso_out_file.hpp"
#include "main/server.hpp"
#include "protocol/json/codec.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

namespace security = app::card_security;
using app::perso::Issuance;
using app::perso::PersoStatus;
using app::ports::where;
using core::key::KeyUsage;

struct PersoTest : testing::Test {
    std::shared_ptr<store::memory::MemoryStore> store = std::make_shared<store::memory::MemoryStore>();
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_perso_" + std::to_string(::getpid()) + "_" +
                                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    std::unique_ptr<Server> server;
    std::string token;
    int made = 0;
    std::string path = folder / "PO1.jsonl";

    PersoTest() {
        std::filesystem::create_directories(folder);
        ServerOptions o;
        o.data_dir = folder / "data";
        o.store = StoreKind::memory;
        o.given_store = store;
        o.listens = o.does_chores = o.delivers_webhooks = false;
        o.demo = o.sandbox = true;
        auto started = Server::start(o);
        EXPECT_TRUE(started) << started.error().internal_detail;
        server = std::move(*started);
    }
    ~PersoTest() override {
        server.reset();
        std::filesystem::remove_all(folder);
    }
    app::Context context() const {
        using core::identity::Tenant;
        app::Context out = operator_context(server->services());
        out.tenant_id = (*store->find<Tenant>({where<&Tenant::code>(app::system::demo_tenant_code)}))->tenant_id;
        out.user_id = "os:test";
        return out;
    }
    std::string ask(const std::string& path_asked, const std::string& body) {
        if (token.empty()) {
            const auto reply = server->call({"POST",
                                             "/connect/token",
                                             {{"Content-Type", "application/x-www-form-urlencoded"}},
                                             "grant_type=password&client_id=demo&username=demo&password=demo"});
            const auto at = reply.body.find(R"("access_token":")") + 16;
            token = "Bearer " + reply.body.substr(at, reply.body.find('"', at) - at);
        }
        const auto reply =
            server->call({"POST", path_asked, {{"Content-Type", "application/json"}, {"Authorization", token}}, body});
        EXPECT_EQ(reply.status, 200) << path_asked << reply.body;
        return reply.body;
    }
    /// A printed card for the office; not printed: a virtual one.
    TokenId make_card(const std::string& office = "PO1") {
        const std::string number = "holder-" + std::to_string(++made);
        ask("/api/v1/issuing/customer",
            R"({"type":"Individual","name":"Ayşe","surname":"Yılmaz","customerNo":")" + number + "\"}");
        const std::string card =
            ask("/api/v1/issuing/card",
                R"({"cardProductCode":"DEMO-PREPAID","productType":"Emv","personalizedNameLine1":"AYSE YILMAZ",)"
                R"("deliveryAddress":{"addressLine1":"Atatürk Bulvarı 12","city":"Ankara"},)"
                R"("issuance":{"persoOfficeCode":")" +
                    office + R"("},"customerNo":")" + number + "\"}");
        const auto at = card.find(R"("tokenId":)") + 10;
        return TokenId{std::stoll(card.substr(at, card.find(',', at) - at))};
    }
    void set_pin(TokenId card, std::string_view digits) {
        auto c = context();
        const auto known = app::cards::get_card(c, card);
        const auto pan = c.services.pan_vault.open(known->pan_sealed, card);
        const auto block = security::make_pin_block(c, *pan, digits, KeyUsage::zpk, std::nullopt);
        ASSERT_TRUE(block) << block.error().internal_detail;
        ASSERT_TRUE(security::set_pin(c, card, {crypto::SecretBytes(block->octets), core::key::PinFormat::iso0, {}}));
    }
    Issuance order_of(TokenId card) const {
        const auto page = app::perso::list_orders(context(), {.token_id = card});
        EXPECT_TRUE(page && !page->rows.empty());
        return page->rows.front();
    }
    void cancel(TokenId card) const {
        auto c = context();
        EXPECT_TRUE(app::perso::change_order_status(c, {.id = order_of(card).id, .status = PersoStatus::cancelled}));
        EXPECT_EQ(store->commit_and_wait(std::move(c.unit)).outcome, app::ports::CommitOutcome::committed);
    }

    static bool goes_on(ExportStep) { return true; }
    int run(const std::function<bool(ExportStep)>& steps = goes_on, std::int16_t number = 1,
            const std::string& office = "PO1") {
        auto c = context();
        const Date today = c.services.catalog.local_date(c.tenant_id, c.now);
        return export_to(c, {office, today, number, "PO1.jsonl"}, path, steps);
    }
    int run_until(ExportStep last) {
        return run([last](ExportStep step) { return step != last; });
    }
    std::string text() const {
        std::ostringstream out;
        out << std::ifstream(path, std::ios::binary).rdbuf();
        return out.str();
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> out;
        std::istringstream in(text());
        for (std::string line; std::getline(in, line);) out.push_back(line);
        return out;
    }
    std::vector<TokenId> tokens() const {
        std::vector<TokenId> out;
        const auto all = lines();
        for (std::size_t i = 1; i + 1 < all.size(); ++i) out.push_back(read<app::perso::PersoCard>(all[i]).token_id);
        return out;
    }
    template <class T>
    static T read(const std::string& line) {
        auto decoded = protocol::json::decode<T>(line, {protocol::json::NameStyle::camel, true});
        EXPECT_TRUE(decoded) << line;
        return decoded.value_or(T{});
    }
    /// As the office would: the file's key, unwrapped under its own.
    core::key::PaymentKey unwrap(KeyUsage usage, const std::string& block, const std::string& kcv) const {
        auto c = context();
        core::key::PaymentKey draft;
        draft.tenant_id = c.tenant_id;
        draft.id = c.next_id<EntityId>();
        draft.label = "office";
        draft.usage = usage;
        const auto office = c.services.keys.find({.tenant_id = c.tenant_id, .usage = KeyUsage::perso_kek});
        auto key = c.services.hsm.import_block(draft, **office, block, kcv);
        EXPECT_TRUE(key) << key.error().internal_detail;
        return key.value_or(core::key::PaymentKey{});
    }
};

TEST_F(PersoTest, an_offices_file_holds_its_cards_and_only_it_can_read_them) {
    auto c = context();
    const TokenId with_pin = make_card(), without_pin = make_card(), elsewhere = make_card("PO2");
    set_pin(with_pin, "4071");
    ASSERT_EQ(run(), 0);
    const auto all = lines();
    ASSERT_EQ(all.size(), 4U);

    const auto header = read<app::perso::PersoHeader>(all[0]);
    EXPECT_EQ(header.office, "PO1");
    EXPECT_EQ(header.file_name, "PO1.jsonl");
    const auto data_key = unwrap(KeyUsage::dek, header.data_key_block, header.data_key_check_value);
    const auto pin_key = unwrap(KeyUsage::zpk, header.pin_key_block, header.pin_key_check_value);
    const auto card = read<app::perso::PersoCard>(all[1]);
    EXPECT_EQ(card.token_id, with_pin);
    EXPECT_EQ(card.barcode, order_of(with_pin).barcode);
    EXPECT_EQ(card.service_code, "201");
    ASSERT_TRUE(card.chip);
    EXPECT_FALSE(card.chip->ac.empty());
    const auto opened =
        c.services.hsm.decrypt_data(data_key, app::ports::DataCipher::aes_gcm, *base64_decode(card.sealed),
                                    bytes_of(std::to_string(card.token_id.value)));
    ASSERT_TRUE(opened) << opened.error().internal_detail;
    const auto secrets = read<app::perso::PersoSecrets>(std::string(text_of(opened->reveal())));
    const auto pan = core::card::Pan::parse(secrets.card_no);
    ASSERT_TRUE(pan);
    EXPECT_EQ(pan->masked(8), card.masked_card_no);
    EXPECT_EQ(secrets.track2.substr(0, 17), secrets.card_no + "=");
    EXPECT_EQ(secrets.track2.substr(secrets.track2.size() - 3), secrets.cvv);
    EXPECT_EQ(secrets.chip_track2.substr(secrets.chip_track2.size() - 3), secrets.icvv);
    ASSERT_TRUE(secrets.track1);
    EXPECT_NE(secrets.track1->find("^AYSE YILMAZ/^"), std::string::npos) << *secrets.track1;
    const auto block = hex_decode(*card.pin_block);
    const auto clear = c.services.hsm.reveal_pin({*block, core::key::PinFormat::iso4, pin_key}, *pan,
                                                 app::ports::RevealPinFor::sandbox);
    ASSERT_TRUE(clear);
    EXPECT_EQ(text_of(clear->reveal()), "4071");
    EXPECT_FALSE(read<app::perso::PersoCard>(all[2]).pin_block);
    EXPECT_EQ(read<app::perso::PersoCard>(all[2]).token_id, without_pin);

    const auto trailer = read<app::perso::PersoTrailer>(all[3]);
    EXPECT_EQ(trailer.card_count, 2);
    const std::string before = all[0] + "\n" + all[1] + "\n" + all[2] + "\n";
    EXPECT_EQ(trailer.sha256, hex_encode(crypto::sha256(bytes_of(before))));
    for (const std::string& secret : {secrets.card_no, secrets.track2, *secrets.track1})
        EXPECT_EQ(before.find(secret), std::string::npos);

    EXPECT_EQ(order_of(with_pin).status, PersoStatus::processing);
    EXPECT_EQ(order_of(with_pin).file_name, "PO1.jsonl");
    EXPECT_EQ(order_of(elsewhere).status, PersoStatus::waiting);
}

TEST_F(PersoTest, run_again_it_is_the_same_file_and_later_cards_are_in_another) {
    const TokenId first = make_card();
    ASSERT_EQ(run(), 0);
    const std::string before = text();
    const TokenId second = make_card();
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(text(), before);
    EXPECT_EQ(order_of(second).status, PersoStatus::waiting);
    EXPECT_NE(run(goes_on, 2), 0) << "another file stands in its place";
    EXPECT_EQ(text(), before);
    EXPECT_EQ(order_of(second).status, PersoStatus::waiting);
    path = folder / "PO1-2.jsonl";
    EXPECT_EQ(run(goes_on, 2), 0);
    EXPECT_EQ(tokens(), std::vector{second});
    EXPECT_EQ(order_of(first).version, order_of(second).version);
}

TEST_F(PersoTest, nobody_waits_so_there_is_no_file) {
    make_card();
    ASSERT_EQ(run(), 0);
    path = folder / "none.jsonl";
    EXPECT_EQ(run(goes_on, 2), 0);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_NE(run(goes_on, 1, "PO7"), 0) << "no such office";
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(PersoTest, a_death_before_the_commit_leaves_no_file_and_no_trace) {
    const TokenId card = make_card();
    ASSERT_NE(run_until(ExportStep::written), 0);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(order_of(card).status, PersoStatus::waiting);
    const TokenId later = make_card();
    ASSERT_EQ(run(), 0);
    EXPECT_EQ(tokens(), (std::vector{card, later}));
    EXPECT_EQ(order_of(card).status, PersoStatus::processing);
}

TEST_F(PersoTest, a_death_after_the_commit_ends_in_the_file_that_was_committed) {
    const TokenId card = make_card();
    ASSERT_NE(run_until(ExportStep::committed), 0);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(order_of(card).status, PersoStatus::processing);
    const auto version = order_of(card).version;
    std::ostringstream part;
    part << std::ifstream(path + ".part", std::ios::binary).rdbuf();
    make_card();
    ASSERT_EQ(run(), 0);
    EXPECT_EQ(text(), part.str());
    EXPECT_EQ(tokens(), std::vector{card});
    EXPECT_EQ(order_of(card).version, version);
    EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(PersoTest, a_file_that_was_lost_is_made_again_of_the_same_cards_until_the_office_answers) {
    const TokenId card = make_card(), other = make_card();
    ASSERT_NE(run_until(ExportStep::committed), 0);
    std::filesystem::resize_file(path + ".part", 100);  // a disk that lied about it
    ASSERT_EQ(run(), 0);
    EXPECT_EQ(tokens(), (std::vector{card, other}));
    const auto header = read<app::perso::PersoHeader>(lines().front());
    std::filesystem::remove(path);
    ASSERT_EQ(run(), 0);
    EXPECT_EQ(tokens(), (std::vector{card, other}));
    EXPECT_EQ(read<app::perso::PersoHeader>(lines().front()).file_id, header.file_id);

    auto c = context();
    const auto report = app::perso::take_results(
        c, R"({"record":"header","formatVersion":1,"content":"Perso","fileId":)" +
               std::to_string(header.file_id.value) + "}\n" + R"({"record":"card","barcode":")" +
               order_of(card).barcode + R"(","result":"Made"})" + "\n" + R"({"record":"trailer","lineCount":1})" +
               "\n");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->counts->ordered, 2);
    EXPECT_EQ(report->counts->made + report->counts->open, 2);
    std::filesystem::remove(path);
    EXPECT_NE(run(), 0);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PersoTest, what_moved_while_the_file_was_made_is_not_in_it) {
    const TokenId cancelled = make_card(), card = make_card();
    int written = 0;
    ASSERT_EQ(run([&](ExportStep step) {
                  if (step == ExportStep::written && written++ == 0) cancel(cancelled);
                  return true;
              }),
              0);
    EXPECT_EQ(written, 2);
    EXPECT_EQ(tokens(), std::vector{card});
    EXPECT_EQ(order_of(cancelled).status, PersoStatus::cancelled);
}

TEST_F(PersoTest, a_card_that_was_closed_while_it_waited_is_not_made) {
    const TokenId closed = make_card(), card = make_card();
    auto c = context();
    ASSERT_TRUE(app::cards::change_status(
        c, {closed, core::card::CardStatus::closed, core::card::CardStatusReason::customer_request, ""}));
    ASSERT_EQ(run(), 0);
    EXPECT_EQ(tokens(), std::vector{card});
    EXPECT_EQ(order_of(closed).status, PersoStatus::cancelled);
    EXPECT_EQ(order_of(closed).error_description, "the card is Closed");
}

TEST_F(PersoTest, only_one_makes_a_file_at_a_time) {
    make_card();
    const PersoOutFile other(path);
    ASSERT_TRUE(other.is_open());
    EXPECT_NE(run(), 0);
}

}  // namespace
}  // namespace takas::main
