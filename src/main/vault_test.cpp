// The card vault through a whole server: what only shows when several meet, when somebody writes into the database, and
// in what is left behind.
#include <gtest/gtest.h>

#include <thread>

#include "app/ports/tables.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/forward.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/rotation.hpp"
#include "app/vault/temp_cards.hpp"
#include "app/verify/vault_proof.hpp"
#include "app/verify/verify.hpp"
#include "jobs/vault_upkeep.hpp"
#include "main/server.hpp"
#include "main/vault_shop_test.hpp"
#include "protocol/json/codec.hpp"

namespace takas::main {
namespace {

using namespace app::vault;
using app::ports::CommitOutcome;
using app::ports::where;
using core::vault::VaultFingerprint;

class TestClock final : public app::ports::Clock {
  public:
    Instant now() const override { return {now_us}; }
    void advance(std::int64_t seconds) { now_us += seconds * 1'000'000; }
    std::atomic<std::int64_t> now_us = Instant::from_seconds(1'930'000'000).value;
};

/// Keeps what it is to send, answers what it is told.
class TestSender final : public app::ports::WebhookSender {
  public:
    void send(app::ports::WebhookRequest request, Done done) override {
        requests.push_back(std::move(request));
        done(reply);
    }
    std::vector<app::ports::WebhookRequest> requests;
    app::ports::WebhookReply reply;
};

struct VaultTest : testing::Test, VaultShop {
    TestClock clock;
    TestSender sender;
    EntityId merchant_id;
    CreatedCredential public_pair, private_pair;

    VaultTest() {
        ServerOptions o;
        o.store = StoreKind::memory;
        o.given_store = store;
        o.clock = &clock;
        o.listens = o.does_chores = false;
        o.webhook_sender = &sender;
        o.demo = o.sandbox = true;
        auto started = Server::start(o);
        EXPECT_TRUE(started) << started.error().internal_detail;
        server = std::move(*started);
        MerchantWish wish;
        wish.forward_hosts = {{"bank.example"}};
        merchant_id = make_merchant("m1", wish);
        public_pair = make_credential(merchant_id, {CredentialKind::public_pair, {}, {}, {}});
        using enum CredentialScope;
        private_pair =
            make_credential(merchant_id, {CredentialKind::private_pair, {cards, blacklist, resolve, forward}, {}, {}});
        become(merchant_id);
    }
    net::HttpResponse wall(const std::string& method, const std::string& path, const std::string& body) const {
        return server->call({method,
                             path,
                             {{"Content-Type", "application/json"},
                              {"apikeyprivate", private_pair.credential.key_id},
                              {"apiclientprivate", private_pair.secret}},
                             body});
    }
    VaultCard row_of(EntityId id) const {
        return **store->find<VaultCard>({where<&VaultCard::merchant_id>(merchant_id), where<&VaultCard::id>(id)});
    }
    std::int64_t count_under(std::int32_t key_version) const {
        return *store->count_of<VaultCard>(
            std::array{where<&VaultCard::merchant_id>(merchant_id), where<&VaultCard::key_version>(key_version)});
    }
};

TEST_F(VaultTest, OfManyWhoTakeATemporaryCardOneHasIt) {
    constexpr int callers = 12;
    const GivenToken card = make_temporary();
    const std::string body = R"({"RelationalId1":"u1","Card":{"Nickname":"N","CardToken":")" + card.token + "\"}}";
    std::atomic<int> successes = 0, refusals = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < callers; ++i)
        threads.emplace_back([&] {
            const auto reply = wall("POST", "/paywall/card/tokenization", body);
            if (reply.body.find(R"("ErrorCode":0)") != std::string::npos) ++successes;
            if (reply.body.find(R"("ErrorCode":115)") != std::string::npos) ++refusals;
        });
    threads.clear();
    EXPECT_EQ(successes, 1);
    EXPECT_EQ(refusals, callers - 1);
    EXPECT_EQ(*store->count_of<VaultCard>({}), 1);
}

TEST_F(VaultTest, OfManyWhoResolveATemporaryCardOneHasTheCode) {
    const GivenToken card = make_temporary();
    std::atomic<int> codes = 0, successes = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            const auto reply =
                wall("POST", "/paywall/card/resolve",
                     R"({"Reference":"p)" + std::to_string(i) + R"(","TempCardToken":")" + card.token + "\"}");
            if (reply.body.find(R"("ErrorCode":0)") != std::string::npos) ++successes;
            if (reply.body.find(R"("Cvv":"123")") != std::string::npos) ++codes;
        });
    threads.clear();
    EXPECT_EQ(successes, 1);
    EXPECT_EQ(codes, 1);
    EXPECT_EQ(server->services().vault->cvvs.size(), 0U);
}

TEST_F(VaultTest, ACardMovedToAnotherRowDoesNotOpen) {
    const StoredCard one = make_card("u1"), other = make_card("u1"), of_another = make_card("u2");
    for (const EntityId from : {other.row.id, of_another.row.id}) {
        VaultCard row = row_of(one.row.id);
        row.sealed = row_of(from).sealed;
        app::ports::Unit unit;
        unit.update(row);
        store->commit_and_wait(std::move(unit));
        auto work = context();
        const auto list = list_cards(work, caller, owner("u1"), CardScope::ecom);
        ASSERT_TRUE(list);
        ASSERT_EQ(list->size(), 1U) << "the list goes on without the row that does not open";
        EXPECT_EQ(list->front().row.id, other.row.id);
        const auto by_code = delete_card(work, caller, owner("u1"), CardScope::ecom, one.unique_code);
        ASSERT_FALSE(by_code);
        EXPECT_EQ(by_code.error().code, ErrorCode::internal);
    }
}

TEST_F(VaultTest, ARowGivenToAnotherOwnerDoesNotOpen) {
    const StoredCard mine = make_card("u1"), theirs = make_card("u2");
    VaultCard row = row_of(theirs.row.id);
    row.owner_mac = mine.row.owner_mac;
    app::ports::Unit unit;
    unit.update(row);
    store->commit_and_wait(std::move(unit));
    auto work = context();
    const auto list = list_cards(work, caller, owner("u1"), CardScope::ecom);
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 1U);
    EXPECT_EQ(list->front().row.id, mine.row.id);
}

TEST_F(VaultTest, ACredentialGivenToAnotherMerchantOpensNothing) {
    const auto asks = [&](CredentialKind kind) {
        server->services().vault->directory.forget();
        return authenticate(server->services(), kind, CredentialScope::cards, private_pair.credential.key_id,
                            private_pair.secret, "192.0.2.1");
    };
    EXPECT_TRUE(asks(CredentialKind::private_pair));
    core::vault::VaultCredential row = private_pair.credential;
    row.merchant_id = make_merchant("m2", {});
    app::ports::Unit unit;
    unit.update(row);
    store->commit_and_wait(std::move(unit));
    const auto moved = asks(CredentialKind::private_pair);
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().code, ErrorCode::vault_credential_refused);
    row.merchant_id = merchant_id;
    row.kind = CredentialKind::public_pair;
    app::ports::Unit other;
    other.update(row);
    store->commit_and_wait(std::move(other));
    EXPECT_FALSE(asks(CredentialKind::public_pair));
}

TEST_F(VaultTest, ARotationSealsAllCardsAnewWhileTheyAreUsed) {
    constexpr int cards = 700;
    for (int i = 0; i < cards; ++i) make_card("u" + std::to_string(i));
    auto work = context();
    ASSERT_TRUE(rotate_data_key(work, merchant_id));
    commit(work);
    EXPECT_EQ(count_under(1), cards);
    make_card("new");
    EXPECT_EQ(count_under(2), 1);
    std::atomic<bool> is_done = false;
    int changes = 0;
    std::jthread user([&] {
        while (!is_done) {
            const auto reply = wall("POST", "/paywall/card",
                                    R"({"RelationalId1":"busy","Card":{"Nickname":"N","HolderName":"A","Number":")" +
                                        std::string(pan) + R"(","Month":1,"Year":2040}})");
            EXPECT_NE(reply.body.find(R"("ErrorCode":0)"), std::string::npos) << reply.body;
            ++changes;
        }
    });
    UpkeepOptions options;
    options.page_size = 50;
    const auto outcome = jobs::VaultUpkeep(server->services(), options).run();
    is_done = true;
    user.join();
    ASSERT_TRUE(outcome) << outcome.error().internal_detail;
    EXPECT_EQ(outcome->resealed, cards);
    EXPECT_EQ(outcome->keys_destroyed, 1);
    EXPECT_EQ(count_under(1), 0);
    EXPECT_EQ(count_under(2), cards + 1 + changes);
    const auto keys = list_keys(*store, merchant_id);
    ASSERT_TRUE(keys);
    EXPECT_EQ(keys->front().key.state, KeyState::destroyed);
    auto reading = context();
    const auto list = list_cards(reading, caller, owner("u7"), CardScope::ecom);
    ASSERT_TRUE(list);
    EXPECT_EQ(list->front().content.number, pan);
    const auto again = jobs::VaultUpkeep(server->services()).run();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->resealed + again->keys_destroyed, 0);
}

TEST_F(VaultTest, ACardIsNotWrittenUnderAKeyThatIsNoLongerActive) {
    auto slow = context();
    ASSERT_TRUE(store_card(slow, caller, owner("u1"), CardScope::ecom, content()));
    auto work = context();
    ASSERT_TRUE(rotate_data_key(work, merchant_id));
    commit(work);
    const auto refused = store->commit_and_wait(std::move(slow.unit));
    EXPECT_EQ(refused.outcome, CommitOutcome::version_moved);
    EXPECT_TRUE(slow.decide_again(refused));
    ASSERT_TRUE(store_card(slow, caller, owner("u1"), CardScope::ecom, content()));
    commit(slow);
    EXPECT_EQ(count_under(2), 1);
}

TEST_F(VaultTest, ATemporaryCardIsNotWrittenUnderAKeyThatIsNoLongerActive) {
    auto work = context();
    const auto token = make_temp_token(work, caller, {true, false, false, 60});
    ASSERT_TRUE(token);
    commit(work);
    const auto browser = caller_of_token(server->services(), token->token);
    ASSERT_TRUE(browser);
    const auto make = [&](app::Context& with) {
        TempCardWish wish;
        wish.content = content();
        return make_temp_card(with, *browser, std::move(wish));
    };
    auto slow = context();
    ASSERT_TRUE(make(slow));
    auto rotation = context();
    ASSERT_TRUE(rotate_data_key(rotation, merchant_id));
    // As on another server: nobody here is told of it.
    ASSERT_EQ(store->commit_and_wait(std::move(rotation.unit)).outcome, CommitOutcome::committed);
    const auto refused = store->commit_and_wait(std::move(slow.unit));
    EXPECT_EQ(refused.outcome, CommitOutcome::version_moved);
    ASSERT_TRUE(slow.decide_again(refused));
    const auto given = make(slow);
    ASSERT_TRUE(given) << given.error().internal_detail;
    commit(slow);
    const auto row = store->find<core::vault::VaultTempCard>(
        {where<&core::vault::VaultTempCard::merchant_id>(merchant_id),
         where<&core::vault::VaultTempCard::token_hash>(hash_of_token(given->token))});
    ASSERT_TRUE(row && *row);
    EXPECT_EQ((*row)->key_version, 2);
}

TEST_F(VaultTest, AnErasedMerchantLeavesNothing) {
    make_card("u1");
    make_temporary();
    auto work = context();
    ASSERT_TRUE(erase_merchant(work, merchant_id));
    commit(work);
    auto reading = context();
    const auto list = list_cards(reading, caller, owner("u1"), CardScope::ecom);
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, ErrorCode::vault_key_not_usable);
    for (const auto& status : *list_keys(*store, merchant_id)) EXPECT_EQ(status.key.state, KeyState::destroyed);
    for (const auto& key : *store->list<VaultKey>({{where<&VaultKey::merchant_id>(merchant_id)}, {{"use"}}}))
        EXPECT_TRUE(key.wrapped.bytes.empty());
    ASSERT_TRUE(jobs::VaultUpkeep(server->services()).run());
    EXPECT_EQ(*store->count_of<VaultCard>({}), 0);
    EXPECT_EQ(*store->count_of<VaultTempCard>({}), 0);
}

TEST_F(VaultTest, CardsThatNobodyUsesGo) {
    MerchantWish wish;
    wish.card_retention_days = 30;
    auto work = context();
    ASSERT_TRUE(update_merchant(work, merchant_id, wish));
    commit(work);
    const StoredCard first = make_card("u1");
    clock.advance(29 * 86'400);
    make_card("u2");
    ASSERT_TRUE(jobs::VaultUpkeep(server->services()).run());
    EXPECT_EQ(*store->count_of<VaultCard>({}), 2);
    clock.advance(2 * 86'400);
    ASSERT_TRUE(jobs::VaultUpkeep(server->services()).run());
    EXPECT_EQ(*store->count_of<VaultCard>({}), 1);
    const auto notes = store->list<core::audit::AuditRecord>(
        {{where<&core::audit::AuditRecord::subject>(core::audit::Subject::vault_merchant),
          where<&core::audit::AuditRecord::action>(core::audit::Action::deleted)},
         {{"id"}}});
    ASSERT_TRUE(notes);
    ASSERT_EQ(notes->size(), 1U) << "one for the batch";
    const std::string id = std::to_string(first.row.id.value);
    const core::audit::PropertyChange* range = nullptr;
    for (const auto& change : notes->front().property_changes)
        if (change.property_name == "first_card") range = &change;
    ASSERT_NE(range, nullptr);
    EXPECT_EQ(range->new_value, id);
}

TEST_F(VaultTest, AReferenceIsForgottenAfter400Days) {
    const auto resolve = [&](const StoredCard& card, const std::string& reference) {
        const auto reply = wall(
            "POST", "/paywall/card/resolve",
            R"({"RelationalId1":"u1","UniqueCode":")" + card.unique_code + R"(","Reference":")" + reference + "\"}");
        EXPECT_NE(reply.body.find(R"("ErrorCode":0)"), std::string::npos) << reply.body;
    };
    resolve(make_card("u1"), "old");
    clock.advance(2 * 86'400);
    resolve(make_card("u1"), "new");
    clock.advance(399 * 86'400);
    ASSERT_TRUE(jobs::VaultUpkeep(server->services()).run());
    const auto left = store->list<core::vault::VaultResolution>({{}, {{"merchant_id"}}});
    ASSERT_TRUE(left);
    ASSERT_EQ(left->size(), 1U);
    EXPECT_EQ(left->front().reference, "new");
    EXPECT_EQ(*store->count_of<VaultCard>({}), 2) << "no card goes with it";
}

TEST_F(VaultTest, TemporaryCardsAndTheirCodesAreSweptWhenTheyExpire) {
    make_temporary();
    EXPECT_EQ(server->services().vault->cvvs.size(), 1U);
    clock.advance(31 * 60);
    ASSERT_TRUE(sweep_expired(server->services()));
    EXPECT_EQ(server->services().vault->cvvs.size(), 0U);
    EXPECT_EQ(*store->count_of<VaultTempCard>({}), 0);
    EXPECT_EQ(*store->count_of<VaultTempToken>({}), 1);
    clock.advance(30 * 60);
    ASSERT_TRUE(sweep_expired(server->services()));
    EXPECT_EQ(*store->count_of<VaultTempToken>({}), 0);
}

TEST_F(VaultTest, WrongSecretsLockTheKeyForTheirAddressOnly) {
    const auto ask = [&](const std::string& secret, const std::string& address) {
        return authenticate(server->services(), CredentialKind::private_pair, CredentialScope::cards,
                            private_pair.credential.key_id, secret, address);
    };
    for (int i = 0; i < lockout_failures; ++i) {
        const auto refused = ask("wrong", "192.0.2.1");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::vault_credential_refused);
    }
    const auto locked = ask(private_pair.secret, "192.0.2.1");
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, ErrorCode::too_many_requests);
    EXPECT_TRUE(ask(private_pair.secret, "192.0.2.2"));
    clock.advance(lockout_s);
    EXPECT_TRUE(ask(private_pair.secret, "192.0.2.1"));
}

TEST_F(VaultTest, ACardIsSentOnOnceAndTheAnswerComesWithoutIt) {
    const StoredCard card = make_card("u1");
    sender.reply.status = 201;
    sender.reply.body = R"({"echo":"5528 7900 0000 0008"})";
    const std::string body =
        R"({"RelationalId1":"u1","Reference":"f1","Url":"https://bank.example/pay","UniqueCode":")" + card.unique_code +
        R"(","Headers":[{"Name":"X-Own","Value":"1"}],"Body":"{\"pan\":\"{{card.number}}\"}"})";
    const auto reply = wall("POST", "/paywall/card/forward", body);
    EXPECT_NE(reply.body.find(R"("Status":201)"), std::string::npos) << reply.body;
    EXPECT_NE(reply.body.find("552879******0008"), std::string::npos) << reply.body;
    ASSERT_EQ(sender.requests.size(), 1U);
    EXPECT_EQ(sender.requests[0].body, R"({"pan":"5528790000000008"})");
    EXPECT_FALSE(sender.requests[0].allow_loopback);
    const auto again = wall("POST", "/paywall/card/forward", body);
    EXPECT_NE(again.body.find(R"("ErrorCode":392)"), std::string::npos) << again.body;
    EXPECT_EQ(sender.requests.size(), 1U);
}

TEST_F(VaultTest, APageMayAskWhereItsOriginIsAllowed) {
    MerchantWish wish;
    wish.allowed_origins = {{"https://shop.example"}};
    auto work = context();
    ASSERT_TRUE(update_merchant(work, merchant_id, wish));
    commit(work);
    const auto header_of = [](const net::HttpResponse& reply, std::string_view name) {
        for (const auto& [key, value] : reply.headers)
            if (key == name) return value;
        return std::string();
    };
    const auto ask = [&](const std::string& method, const std::string& origin) {
        return server->call({method, "/api/paywall/tempcard", {{"Origin", origin}}, ""});
    };
    const auto allowed = ask("OPTIONS", "https://shop.example");
    EXPECT_EQ(allowed.status, 204);
    EXPECT_EQ(header_of(allowed, "Access-Control-Allow-Origin"), "https://shop.example");
    EXPECT_EQ(header_of(allowed, "Access-Control-Allow-Methods"), "POST");
    EXPECT_NE(header_of(allowed, "Access-Control-Allow-Headers").find("token"), std::string::npos);
    for (const char* other : {"https://other.example", "https://shop.example.other.example", "null", "https://shop"}) {
        const auto refused = ask("OPTIONS", other);
        EXPECT_EQ(header_of(refused, "Access-Control-Allow-Origin"), "") << other;
        EXPECT_EQ(header_of(refused, "Access-Control-Allow-Methods"), "") << other;
    }
    // A page can read a refusal, too.
    EXPECT_EQ(header_of(ask("POST", "https://shop.example"), "Access-Control-Allow-Origin"), "https://shop.example");
}

TEST_F(VaultTest, VerifyNamesACutChainOfTheVault) {
    using core::audit::AuditRecord;
    using core::audit::Subject;
    make_card("u1");
    app::verify::Options options;
    options.secret_box = &server->services().secret_box;
    const auto sound = app::verify::verify(*store, {}, options);
    ASSERT_TRUE(sound);
    EXPECT_TRUE(sound->sound()) << app::verify::to_text(*sound);
    const auto record = store->find<AuditRecord>({app::ports::where<&AuditRecord::subject>(Subject::vault_card)});
    ASSERT_TRUE(record && *record);
    EXPECT_EQ((*record)->user_name, "");
    app::ports::Unit unit;
    unit.erase(**record);
    store->commit_and_wait(std::move(unit));
    const auto cut = app::verify::verify(*store, {}, options);
    ASSERT_TRUE(cut);
    ASSERT_FALSE(cut->sound());
    EXPECT_EQ(cut->differences.front().what, "audit.end");
    EXPECT_NE(cut->differences.front().where.find("VaultCard"), std::string::npos);
}

TEST_F(VaultTest, VerifyOpensEveryCardAndNamesWhatDoesNot) {
    using core::vault::VaultTempCard;
    const StoredCard mine = make_card("u1"), theirs = make_card("u2"), altered = make_card("u3"),
                     kept = make_card("u4");
    make_temporary();
    Keys& keys = server->services().vault->keys;
    const auto prove = [&] {
        keys.forget(merchant_id);
        auto proof = app::verify::prove_vault(*store, keys);
        EXPECT_TRUE(proof);
        return std::move(*proof);
    };
    const auto write = [&](auto row) {
        app::ports::Unit unit;
        unit.update(row);
        ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    };
    const auto sound = prove();
    EXPECT_TRUE(sound.sound()) << app::verify::to_text(sound);
    EXPECT_EQ(sound.cards, 4);
    EXPECT_EQ(sound.temp_cards, 1);
    EXPECT_EQ(sound.merchants, 1);

    VaultCard moved = row_of(theirs.row.id);
    moved.owner_mac = mine.row.owner_mac;
    write(moved);
    VaultCard turned = row_of(altered.row.id);
    turned.sealed.bytes.back() = static_cast<char>(turned.sealed.bytes.back() ^ 1);
    write(turned);
    VaultCard keyless = row_of(kept.row.id);
    keyless.key_version = 7;
    write(keyless);
    auto temporary = store->find<VaultTempCard>({where<&VaultTempCard::merchant_id>(merchant_id)});
    (*temporary)->id.value += 1;
    write(**temporary);
    const auto damaged = prove();
    EXPECT_EQ(damaged.cards, 1);
    EXPECT_EQ(damaged.temp_cards, 0);
    ASSERT_EQ(damaged.difference_count, 4) << app::verify::to_text(damaged);
    EXPECT_EQ(damaged.differences[0].what, "vault.card");
    EXPECT_NE(damaged.differences[0].where.find(std::to_string(theirs.row.id.value)), std::string::npos);
    EXPECT_NE(damaged.differences[1].where.find(std::to_string(altered.row.id.value)), std::string::npos);
    EXPECT_EQ(damaged.differences[2].what, "vault.card_key");
    EXPECT_EQ(app::verify::to_text(damaged).find(pan), std::string::npos);

    VaultKey key = *store->find<VaultKey>({where<&VaultKey::merchant_id>(merchant_id)}).value();
    key.wrapped.bytes.back() = static_cast<char>(key.wrapped.bytes.back() ^ 1);
    write(key);
    const auto keyed = prove();
    ASSERT_EQ(keyed.difference_count, 1) << app::verify::to_text(keyed);
    EXPECT_EQ(keyed.differences.front().what, "vault.keys");
    EXPECT_EQ(keyed.unreadable, 5);
}

TEST_F(VaultTest, VerifyMissesNoKeysOfAnErasedMerchant) {
    make_card("u1");
    auto work = context();
    ASSERT_TRUE(erase_merchant(work, merchant_id));
    commit(work);
    const auto proof = app::verify::prove_vault(*store, server->services().vault->keys);
    ASSERT_TRUE(proof);
    EXPECT_TRUE(proof->sound()) << app::verify::to_text(*proof);
    EXPECT_EQ(proof->unreadable, 1);
    // One whose merchant is not there was looked at by nobody.
    VaultCard orphan;
    orphan.merchant_id = EntityId{1};
    orphan.id = EntityId{1};
    app::ports::Unit unit;
    unit.insert(orphan);
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    const auto more = app::verify::prove_vault(*store, server->services().vault->keys);
    ASSERT_TRUE(more);
    ASSERT_EQ(more->difference_count, 1);
    EXPECT_EQ(more->differences.front().what, "vault.cards");
}

}  // namespace
}  // namespace takas::main
