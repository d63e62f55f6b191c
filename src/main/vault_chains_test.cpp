// The vault's audit chains through a whole server: many at one chain, another server at it, one that cannot be moved,
// and what is written of those who are refused.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/ports/tables.hpp"
#include "app/vault/bin_import.hpp"
#include "app/vault/cards.hpp"
#include "app/vault/merchants.hpp"
#include "app/vault/rotation.hpp"
#include "app/vault/trail.hpp"
#include "app/verify/verify.hpp"
#include "jobs/vault_upkeep.hpp"
#include "main/server.hpp"
#include "main/vault_shop_test.hpp"

namespace takas::main {
namespace {

using namespace app::vault;
using app::ports::CommitOutcome;
using app::ports::where;
using core::audit::Action;
using core::audit::AuditRecord;
using core::audit::Subject;

struct VaultChainsTest : testing::Test, VaultShop {
    EntityId merchant_id;
    CreatedCredential pair;

    std::filesystem::path folder;

    VaultChainsTest() {
        std::string name = (std::filesystem::temp_directory_path() / "takas-chains-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        server = start("first", 0);
        merchant_id = make_merchant("m1", {});
        using enum CredentialScope;
        pair = make_credential(merchant_id, {CredentialKind::private_pair, {cards, blacklist, resolve}, {}, {}});
        become(merchant_id);
    }
    ~VaultChainsTest() override {
        server.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    /// Of one installation: every server has the keys of the first.
    std::unique_ptr<Server> start(const std::string& name, int node) const {
        if (name != "first") {
            std::filesystem::create_directories(folder / name);
            std::filesystem::copy(folder / "first" / "keys", folder / name / "keys",
                                  std::filesystem::copy_options::recursive);
        }
        ServerOptions o;
        o.given_store = store;
        o.data_dir = folder / name;
        o.shares_store = true;
        o.forwards = false;
        o.node = node;
        o.listens = o.does_chores = o.delivers_webhooks = false;
        o.demo = o.sandbox = true;
        auto started = Server::start(o);
        EXPECT_TRUE(started) << started.error().internal_detail;
        return std::move(*started);
    }
    net::HttpResponse wall(const std::string& method, const std::string& path, const std::string& body,
                           Server* other = nullptr) const {
        return (other ? other : server.get())
            ->call({method,
                    path,
                    {{"Content-Type", "application/json"},
                     {"relationalid1", "u1"},
                     {"apikeyprivate", pair.credential.key_id},
                     {"apiclientprivate", pair.secret}},
                    body});
    }
    net::HttpResponse resolve(const std::string& code, const std::string& reference, Server* other = nullptr) const {
        return wall("POST", "/paywall/card/resolve",
                    R"({"RelationalId1":"u1","UniqueCode":")" + code + R"(","Reference":")" + reference + "\"}", other);
    }
    /// `count` calls, by many at once: how many did not succeed, and the first such answer.
    std::pair<int, std::string> fire(int count, const std::function<net::HttpResponse(int)>& call) const {
        constexpr int callers = 32;
        std::atomic<int> next = 0, failed = 0;
        std::mutex mutex;
        std::string first;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < callers; ++i)
                threads.emplace_back([&] {
                    for (int n = next++; n < count; n = next++) {
                        const auto reply = call(n);
                        if (reply.body.find(R"("ErrorCode":0)") != std::string::npos) continue;
                        const std::lock_guard lock(mutex);
                        if (failed++ == 0) first = std::to_string(reply.status) + ' ' + reply.body;
                    }
                });
        }
        return {failed, first};
    }
    std::vector<AuditRecord> records_of(Subject subject) const {
        auto rows = store->list<AuditRecord>({{where<&AuditRecord::subject>(subject)}, {{"id"}}, 0, 100'000});
        EXPECT_TRUE(rows);
        return std::move(*rows);
    }
    /// Public codes of refusals in chains of a subject.
    std::vector<std::string> refusals_in(Subject subject) const {
        std::vector<std::string> codes;
        for (const AuditRecord& record : records_of(subject))
            for (const auto& change : record.property_changes)
                if (change.property_name == "refused") codes.push_back(change.new_value.value_or(""));
        return codes;
    }
    void expect_sound() const {
        app::verify::Options options;
        options.secret_box = &server->services().secret_box;
        const auto report = app::verify::verify(*store, {}, options);
        ASSERT_TRUE(report);
        EXPECT_TRUE(report->sound()) << app::verify::to_text(*report);
    }
};

std::string code_of(ErrorCode code) { return std::string(error_row(code).public_code); }

TEST_F(VaultChainsTest, ManyReadOneCardAndAllSucceed) {
    constexpr int calls = 200;
    const StoredCard card = make_card();
    const auto [failed, first] = fire(calls, [&](int n) { return resolve(card.unique_code, "r" + std::to_string(n)); });
    EXPECT_EQ(failed, 0) << first;
    EXPECT_EQ(records_of(Subject::vault_card).size(), calls + 1U) << "and its making";
    expect_sound();
}

TEST_F(VaultChainsTest, ManyListOneOwnerAndAskTheBlacklistAndAllSucceed) {
    constexpr int calls = 200;
    make_card();
    const std::string asked = R"({"CardNumber":")" + std::string(pan) + "\"}";
    const auto [failed, first] = fire(2 * calls, [&](int n) {
        return n % 2 == 0 ? wall("GET", "/paywall/card", "") : wall("POST", "/paywall/blacklist/card/inquiry", asked);
    });
    EXPECT_EQ(failed, 0) << first;
    EXPECT_EQ(records_of(Subject::vault_owner).size(), static_cast<std::size_t>(calls));
    expect_sound();
}

TEST_F(VaultChainsTest, ManyChangeAndReadOneCardAndAllSucceed) {
    const StoredCard card = make_card();
    const std::string change =
        R"({"RelationalId1":"u1","UniqueCode":")" + card.unique_code + R"(","Month":1,"Year":2059})";
    const auto [failed, first] = fire(100, [&](int n) {
        return n % 2 == 0 ? wall("PUT", "/paywall/card", change) : resolve(card.unique_code, "r" + std::to_string(n));
    });
    EXPECT_EQ(failed, 0) << first;
}

TEST_F(VaultChainsTest, WhatAnotherServerWroteMeanwhileIsReadAgain) {
    make_card();
    auto slow = context();
    ASSERT_TRUE(list_cards(slow, caller, owner("u1"), CardScope::ecom));
    const std::string mac = pool_of(slow, caller, owner("u1"))->owner_mac.bytes;
    auto other = context();  // another server's: it knows nothing of the turns here
    ASSERT_TRUE(note_owner(other, merchant_id, mac, Action::accessed, {detail("operation", "list")}));
    commit(other);
    const auto refused = store->commit_and_wait(std::exchange(slow.unit, {}));
    EXPECT_NE(refused.outcome, CommitOutcome::committed);
    ASSERT_TRUE(slow.decide_again(refused)) << refused.table;
    ASSERT_TRUE(list_cards(slow, caller, owner("u1"), CardScope::ecom));
    commit(slow);
    expect_sound();
}

TEST_F(VaultChainsTest, ManyReadOneCardOnTwoServersAndAllSucceed) {
    constexpr int calls = 200;
    const StoredCard card = make_card();
    const auto second = start("second", 1);
    ASSERT_TRUE(second);
    const auto [failed, first] = fire(calls, [&](int n) {
        return resolve(card.unique_code, "r" + std::to_string(n), n % 2 == 0 ? nullptr : second.get());
    });
    EXPECT_EQ(failed, 0) << first;
    EXPECT_EQ(records_of(Subject::vault_card).size(), calls + 1U);
    expect_sound();
}

TEST_F(VaultChainsTest, AChainThatCannotBeMovedIsTroubleAndNoRefusal) {
    const StoredCard card = make_card();
    AuditRecord next = records_of(Subject::vault_card).back();
    next.id.value += 1;
    next.record_no += 1;  // every commit meets it
    app::ports::Unit unit;
    unit.insert(next);
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    const auto reply = resolve(card.unique_code, "r1");
    EXPECT_EQ(reply.status, 503) << reply.body;
    EXPECT_EQ(reply.body.find(R"("ErrorCode":392)"), std::string::npos) << reply.body;
    EXPECT_EQ(reply.body.find(pan), std::string::npos);
}

TEST_F(VaultChainsTest, RefusedAccessesAreWrittenDown) {
    const StoredCard card = make_card();
    const std::string body = R"({"UniqueCode":")" + card.unique_code + R"(","Reference":"r1","RelationalId1":")";
    EXPECT_EQ(wall("POST", "/paywall/card/resolve", body + "u2\"}").body.find(R"("ErrorCode":0)"), std::string::npos);
    EXPECT_EQ(refusals_in(Subject::vault_owner), std::vector{code_of(ErrorCode::vault_unique_code_invalid)});

    EXPECT_NE(wall("POST", "/paywall/blacklist/card", R"({"CardNumber":")" + std::string(pan) + "\"}")
                  .body.find(R"("ErrorCode":0)"),
              std::string::npos);
    EXPECT_NE(resolve(card.unique_code, "r1").body.find(R"("ErrorCode":116)"), std::string::npos);
    EXPECT_EQ(refusals_in(Subject::vault_card), std::vector{code_of(ErrorCode::vault_card_unavailable)});

    const std::string removal = R"({"RelationalId1":"u1","UniqueCode":")" + card.unique_code + "\"}";
    EXPECT_NE(wall("DELETE", "/paywall/card", removal).body.find(R"("ErrorCode":0)"), std::string::npos);
    EXPECT_NE(wall("DELETE", "/paywall/card", removal).body.find(R"("ErrorCode":115)"), std::string::npos);
    EXPECT_EQ(refusals_in(Subject::vault_card).back(), code_of(ErrorCode::vault_card_not_found));

    const std::string merchants = R"({"RelationalId1":"u1","PartnerBased":true,"PartnerIdentity":"nobody",)";
    EXPECT_NE(wall("DELETE", "/paywall/card", merchants + R"("UniqueCode":")" + card.unique_code + "\"}")
                  .body.find(R"("ErrorCode":397)"),
              std::string::npos);
    EXPECT_NE(wall("POST", "/paywall/card/resolve", R"({"TempCardToken":"no such card","Reference":"r2"})")
                  .body.find(R"("ErrorCode":115)"),
              std::string::npos);
    EXPECT_EQ(refusals_in(Subject::vault_merchant), (std::vector{code_of(ErrorCode::vault_partner_not_found),
                                                                 code_of(ErrorCode::vault_temp_card_not_found)}));
    const AuditRecord last = records_of(Subject::vault_merchant).back();
    EXPECT_EQ(last.user_name, pair.credential.key_id);
    EXPECT_FALSE(last.correlation_id.empty());
    // A mistake in a form, and a stranger, fill nothing.
    const std::size_t before = records_of(Subject::vault_merchant).size();
    wall("POST", "/paywall/card/resolve", R"({"Reference":"r3"})");
    server->call({"POST",
                  "/paywall/card/resolve",
                  {{"Content-Type", "application/json"}, {"apikeyprivate", "x"}, {"apiclientprivate", "y"}},
                  R"({"TempCardToken":"no such card","Reference":"r2"})"});
    EXPECT_EQ(records_of(Subject::vault_merchant).size(), before);
    expect_sound();
}

TEST_F(VaultChainsTest, ACardThatDoesNotOpenStopsNoRotation) {
    const StoredCard damaged = make_card(), sound = make_card();
    VaultCard row = *store->find<VaultCard>({where<&VaultCard::id>(damaged.row.id)}).value();
    row.sealed.bytes.back() = static_cast<char>(row.sealed.bytes.back() ^ 1);
    app::ports::Unit unit;
    unit.update(row);
    ASSERT_EQ(store->commit_and_wait(std::move(unit)).outcome, CommitOutcome::committed);
    auto work = operator_context(server->services());
    ASSERT_TRUE(rotate_data_key(work, merchant_id));
    commit(work);
    const auto outcome = jobs::VaultUpkeep(server->services()).run();
    ASSERT_TRUE(outcome) << outcome.error().internal_detail;
    EXPECT_EQ(outcome->resealed, 1);
    EXPECT_EQ(outcome->keys_destroyed, 0) << "the damaged card may be mended from a backup";
    EXPECT_EQ((*store->find<VaultCard>({where<&VaultCard::id>(damaged.row.id)}))->key_version, 1);
    EXPECT_EQ((*store->find<VaultCard>({where<&VaultCard::id>(sound.row.id)}))->key_version, 2);
}

TEST_F(VaultChainsTest, AnotherImportReplacesTheBinTableAndIsWrittenDown) {
    const auto import = [&](std::string bin) {
        core::vault::VaultBin row;
        row.bin = std::move(bin);
        row.card_bank = "Bank";
        auto work = operator_context(server->services());
        ASSERT_TRUE(replace_bin_table(work, {row}));
        commit(work);
    };
    const Bins& bins = server->services().vault->bins;
    import("55287900");
    EXPECT_TRUE(bins.find("5528790000000008"));
    EXPECT_FALSE(bins.find("552879"));
    import("552879");
    EXPECT_EQ(bins.find("55287900")->bin, "552879");
    EXPECT_EQ(*store->count_of<core::vault::VaultBin>({}), 1);
    const auto notes = records_of(Subject::vault_merchant);
    ASSERT_GE(notes.size(), 2U);
    EXPECT_EQ(notes.back().subject_key, "0/");
    ASSERT_EQ(notes.back().property_changes.size(), 1U);
    EXPECT_EQ(notes.back().property_changes.front().property_name, "bins");
    EXPECT_EQ(notes.back().property_changes.front().old_value, "1");
    EXPECT_EQ(notes.back().property_changes.front().new_value, "1");
    expect_sound();
}

}  // namespace
}  // namespace takas::main
