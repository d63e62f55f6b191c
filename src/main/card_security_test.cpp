// Card security through a whole server with its HSM: messages to phones, twins, several servers.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/card_security/desk.hpp"
#include "app/card_security/pin.hpp"
#include "app/card_security/pin_message.hpp"
#include "app/card_security/test_pin.hpp"
#include "app/cards/cards.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/catalog/catalog.hpp"
#include "app/keys/keys.hpp"
#include "app/ports/tables.hpp"
#include "app/system/demo_seed.hpp"
#include "app/verify/verify.hpp"
#include "base/log.hpp"
#include "main/server.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

namespace security = app::card_security;
using app::ports::MessageOutcome;
using core::key::KeyUsage;
using security::PresentedPin;

struct Phone final : app::ports::MessageGateway {
    std::vector<std::string> texts;
    std::vector<MessageOutcome> outcomes;  ///< of the next messages; then accepted
    MessageOutcome send(const app::ports::TextMessage& message) override {
        texts.emplace_back(text_of(message.text.reveal()));
        if (outcomes.empty()) return MessageOutcome::accepted;
        const auto outcome = outcomes.front();
        outcomes.erase(outcomes.begin());
        return outcome;
    }
};

struct CardSecurityTest : testing::Test {
    std::shared_ptr<store::memory::MemoryStore> store = std::make_shared<store::memory::MemoryStore>();
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_card_security_" + std::to_string(::getpid()) + "_" +
                                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    std::unique_ptr<Server> server = started(folder / "here");
    Phone phone;
    int made = 0;

    ~CardSecurityTest() override {
        server.reset();
        std::filesystem::remove_all(folder);
    }
    std::unique_ptr<Server> started(const std::filesystem::path& data, const std::string& gateway = {}) const {
        std::filesystem::create_directories(folder);
        ServerOptions o;
        o.data_dir = data;
        o.store = StoreKind::memory;
        o.given_store = store;
        o.listens = o.does_chores = o.delivers_webhooks = false;
        o.demo = o.sandbox = true;
        o.message_gateway = gateway;
        auto made_server = Server::start(o);
        EXPECT_TRUE(made_server) << made_server.error().internal_detail;
        return made_server ? std::move(*made_server) : nullptr;
    }
    app::Context context() { return context_of(*server); }
    static app::Context context_of(Server& of) {
        using core::identity::Tenant;
        app::Context out = operator_context(of.services());
        out.tenant_id =
            (*of.services().store.find<Tenant>({app::ports::where<&Tenant::code>(app::system::demo_tenant_code)}))
                ->tenant_id;
        return out;
    }

    std::string ask(const std::string& method, const std::string& path, const std::string& body) {
        if (token.empty()) {
            const auto reply = server->call({"POST",
                                             "/connect/token",
                                             {{"Content-Type", "application/x-www-form-urlencoded"}},
                                             "grant_type=password&client_id=demo&username=demo&password=demo"});
            const auto at = reply.body.find(R"("access_token":")") + 16;
            token = "Bearer " + reply.body.substr(at, reply.body.find('"', at) - at);
        }
        const auto reply =
            server->call({method, path, {{"Content-Type", "application/json"}, {"Authorization", token}}, body});
        EXPECT_EQ(reply.status, 200) << path << reply.body;
        return reply.body;
    }
    std::string token;

    /// An active card of the demo's chip form, with a phone.
    TokenId make_card(const std::string& more = {}) {
        const std::string number = "holder-" + std::to_string(++made);
        ask("POST", "/api/v1/issuing/customer",
            R"({"type":"Individual","name":"Ayşe","surname":"Yılmaz","customerNo":")" + number + "\"}");
        const std::string card =
            ask("POST", "/api/v1/issuing/card",
                R"({"cardProductCode":"DEMO-PREPAID","phoneNumber":"+905551112233","customerNo":")" + number + "\"" +
                    more + "}");
        const auto at = card.find(R"("tokenId":)") + 10;
        const std::string id = card.substr(at, card.find(',', at) - at);
        ask("PUT", "/api/v1/issuing/card/status",
            R"({"status":"Active","reason":"CustomerRequest","tokenId":)" + id + "}");
        return TokenId{std::stoll(id)};
    }
    PresentedPin pin(TokenId card, std::string_view digits) {
        auto c = context();
        const auto known = app::cards::get_card(c, card);
        const auto pan = c.services.pan_vault.open(known->pan_sealed, card);
        const auto block = security::make_pin_block(c, *pan, digits, KeyUsage::zpk, std::nullopt);
        EXPECT_TRUE(block) << block.error().internal_detail;
        return {crypto::SecretBytes(block->octets), core::key::PinFormat::iso0, {}};
    }
    int tries(TokenId card) const {
        using core::card::CardSecurity;
        return (*store->find<CardSecurity>({app::ports::where<&CardSecurity::token_id>(card)}))->pin_try_count;
    }
};

TEST_F(CardSecurityTest, a_pin_leaves_once_and_only_in_its_message) {
    auto c = context();
    c.services.card_security->messages = &phone;
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_pin(c, card, pin(card, "4071")));
    ASSERT_TRUE(security::send_pin(c, card));
    ASSERT_EQ(phone.texts.size(), 1U);
    EXPECT_NE(phone.texts[0].find("PIN'i: 4071 (**** "), std::string::npos) << phone.texts[0];

    ASSERT_TRUE(security::send_pin(c, card, "key-1"));
    ASSERT_TRUE(security::send_pin(c, card, "key-1"));
    EXPECT_EQ(phone.texts.size(), 2U) << "one message per key";

    phone.outcomes = {MessageOutcome::unknown};
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(security::send_pin(c, card, "key-2").error().code, ErrorCode::message_not_sent);
    EXPECT_EQ(phone.texts.size(), 3U) << "what may have left is not sent again under its key";
}

TEST_F(CardSecurityTest, a_track_with_the_card_number_is_logged) {
    using core::product::CardProduct;
    auto product = *store->find<CardProduct>({app::ports::where<&CardProduct::code>("DEMO-PREPAID")});
    ASSERT_TRUE(product);
    for (auto& form : product->physicals) form.emv_profile_code = "VISA_CVN18";
    app::ports::Unit unit;
    unit.update(*product);
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    const std::string id = std::to_string(make_card().value);
    testing::internal::CaptureStderr();
    log::start(log::Level::warning);
    const std::string answer = ask("POST", "/api/v1/sandbox/chip-data",
                                   R"({"atc":1,"transactionAmount":1,"transactionCurrency":949,"tokenId":)" + id + "}");
    log::stop();
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_NE(answer.find(R"("contactlessTrack2":"9792)"), std::string::npos);
    EXPECT_NE(text.find(R"("event":"card_number_shown")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("token_id":)" + id), std::string::npos) << text;
}

TEST_F(CardSecurityTest, a_message_is_tried_again_only_when_it_never_left) {
    auto c = context();
    c.services.card_security->messages = &phone;
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_random_pin(c, card));
    const auto sends = [&](std::vector<MessageOutcome> outcomes) {
        phone.texts.clear();
        phone.outcomes = std::move(outcomes);
        const auto sent = security::send_pin(c, card);
        if (!sent) EXPECT_EQ(sent.error().code, ErrorCode::message_not_sent);
        return std::pair(phone.texts.size(), sent.has_value());
    };
    using enum MessageOutcome;
    EXPECT_EQ(sends({not_reached, accepted}), std::pair(std::size_t{2}, true));
    EXPECT_EQ(sends({not_reached, not_reached, not_reached, not_reached}), std::pair(std::size_t{3}, false));
    EXPECT_EQ(sends({unknown}), std::pair(std::size_t{1}, false));
    EXPECT_EQ(sends({refused}), std::pair(std::size_t{1}, false));
    c.services.card_security->messages = nullptr;
    EXPECT_EQ(security::send_pin(c, card).error().code, ErrorCode::message_not_sent);
}

TEST_F(CardSecurityTest, a_gateway_that_is_gone_is_no_success) {
    server.reset();
    server = started(folder / "here", "http://127.0.0.1:9/sms");
    auto c = context();
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_random_pin(c, card));
    EXPECT_EQ(security::send_pin(c, card).error().code, ErrorCode::message_not_sent);
}

TEST_F(CardSecurityTest, a_twin_after_a_crash_is_not_counted) {
    auto c = context();
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_pin(c, card, pin(card, "4071")));
    const auto wrong = pin(card, "4072");
    EXPECT_EQ(security::verify_pin(c, card, wrong, "key")->remaining_try_count, 2);
    EXPECT_EQ(security::verify_pin(c, card, wrong, "key")->remaining_try_count, 2);
    EXPECT_EQ(tries(card), 1);
    EXPECT_EQ(security::verify_pin(c, card, wrong, "another key")->remaining_try_count, 1);
    EXPECT_EQ(security::verify_pin(c, card, wrong)->remaining_try_count, 0);
    EXPECT_EQ(tries(card), 3);
    EXPECT_FALSE(security::verify_pin(c, card, pin(card, "4071"))->is_accepted);
}

TEST_F(CardSecurityTest, a_pin_that_another_server_changed_is_asked_about_again) {
    auto c = context();
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_pin(c, card, pin(card, "4071")));
    const auto before = pin(card, "4071"), after = pin(card, "8305");
    ASSERT_TRUE(security::verify_pin(c, card, before)->is_accepted);
    {
        std::filesystem::copy(folder / "here" / "keys",
                              (std::filesystem::create_directories(folder / "there"), folder / "there" / "keys"),
                              std::filesystem::copy_options::recursive);
        const auto other = started(folder / "there");
        auto there = context_of(*other);
        ASSERT_TRUE(security::change_pin(there, card, before, after));
    }
    EXPECT_FALSE(security::verify_pin(c, card, before)->is_accepted);
    EXPECT_TRUE(security::verify_pin(c, card, after)->is_accepted);
}

TEST_F(CardSecurityTest, a_pin_whose_key_is_destroyed_cannot_be_verified_and_is_not_counted) {
    using core::card::CardSecurity;
    auto c = context();
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_pin(c, card, pin(card, "4071")));
    EXPECT_EQ(security::verify_pin(c, card, pin(card, "4072"))->remaining_try_count, 2);
    const auto known = *store->find<CardSecurity>({app::ports::where<&CardSecurity::token_id>(card)});
    ASSERT_TRUE(app::keys::destroy_key(c, known->pin_key_id, /*also_active=*/true));
    const std::string purchase = R"({"transactionCode":"Purchase","transactionAmount":1,"transactionCurrency":949,)"
                                 R"("posEntryMode":"Chip","mcc":5411,"pin":")";
    for (const auto* digits : {"4071", "4072"}) {
        const std::string answer = ask("POST", "/api/v1/sandbox/transaction",
                                       purchase + digits + R"(","tokenId":)" + std::to_string(card.value) + "}");
        EXPECT_NE(answer.find("AUTH:00031"), std::string::npos) << answer;
        EXPECT_NE(answer.find("CannotVerifyPin"), std::string::npos) << answer;
    }
    EXPECT_EQ(security::verify_pin(c, card, pin(card, "4071")).error().code, ErrorCode::hsm_key_not_found);
    EXPECT_EQ(tries(card), 1);
}

TEST_F(CardSecurityTest, the_books_prove_what_was_decided_on_secrets) {
    auto c = context();
    const TokenId card = make_card();
    ASSERT_TRUE(security::set_pin(c, card, pin(card, "4071")));
    const std::string id = std::to_string(card.value);
    const std::string purchase =
        R"({"transactionCode":"Purchase","transactionAmount":1,"transactionCurrency":949,"posEntryMode":"Chip","mcc":5411,)"
        R"("tokenId":)" +
        id;
    for (const std::string_view more : {R"(,"pin":"4072"})", R"(,"pin":"4071"})", R"(,"cvv2":"000"})",
                                        R"(,"emvData":"9F2608C2C12B098F3DA6E3"})", R"(,"cavv":"x"})"})
        ask("POST", "/api/v1/sandbox/transaction", purchase + std::string(more));
    const auto report = app::verify::verify(*store, [](std::string_view, std::int64_t) {});
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->sound()) << app::verify::to_text(*report);
}

}  // namespace
}  // namespace takas::main
