#include "main/server.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "app/catalog/catalog.hpp"
#include "app/catalog/policy_sets.hpp"
#include "app/ports/tables.hpp"
#include "main/data_folder.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::main {
namespace {

struct ServerTest : testing::Test {
    std::filesystem::path folder =
        std::filesystem::path(testing::TempDir()) / ("takas_server_" + std::to_string(::getpid()) + "_" +
                                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    ServerTest() { std::filesystem::remove_all(folder); }
    ~ServerTest() override { std::filesystem::remove_all(folder); }

    ServerOptions options() const {
        ServerOptions o;
        o.data_dir = folder;
        o.listens = false;
        o.does_chores = false;
        return o;
    }
    static std::string token_of(Server& server, const std::string& user) {
        const auto reply =
            server.call({"POST",
                         "/connect/token",
                         {{"Content-Type", "application/x-www-form-urlencoded"}},
                         "grant_type=password&client_id=" + user + "&username=" + user + "&password=" + user});
        EXPECT_EQ(reply.status, 200) << reply.body;
        const auto at = reply.body.find(R"("access_token":")") + 16;
        return reply.body.substr(at, reply.body.find('"', at) - at);
    }
};

TEST_F(ServerTest, StartsStopsAndStartsAgainOnItsFolder) {
    for (int i = 0; i < 2; ++i) {
        auto demo = options();
        demo.demo = true;
        auto server = Server::start(demo);
        ASSERT_TRUE(server) << server.error().internal_detail;
        EXPECT_EQ((*server)->call({"GET", "/health/ready"}).status, 200);
        EXPECT_TRUE(*(*server)->has_operator());
        EXPECT_FALSE(token_of(**server, "demo").empty());
        EXPECT_FALSE(Server::start(options())) << "two servers in one folder";
    }
}

TEST_F(ServerTest, TellsHowManyStoredRulesAreUnusableAndStaysReady) {
    using core::control::AuthorizationControl;
    auto server = Server::start(options());
    ASSERT_TRUE(server);
    const auto told = [&](int count) {
        const auto reply = (*server)->call({"GET", "/health/ready"});
        EXPECT_EQ(reply.status, 200);
        EXPECT_TRUE(reply.body.ends_with(R"("warnings":{"unusable_rules":)" + std::to_string(count) + "}}"))
            << reply.body;
        const auto metrics = (*server)->call({"GET", "/metrics"}).body;
        EXPECT_NE(metrics.find("\ntakas_unusable_rules " + std::to_string(count)), std::string::npos);
    };
    told(0);
    AuthorizationControl control;
    control.tenant_id = TenantId{71}, control.id = EntityId{72}, control.name = "No gambling", control.rule = "mcc ===";
    auto& services = (*server)->services();
    app::ports::Unit unit;
    unit.insert(control);
    ASSERT_EQ(services.store.commit_and_wait(std::move(unit)).outcome, app::ports::CommitOutcome::committed);
    ASSERT_TRUE(services.catalog.policy_sets().refresh());
    told(1);
}

TEST_F(ServerTest, ArchivesOnlyIntoAFolder) {
    Settings settings;
    settings.data = folder;
    settings.transaction_retention_months = 13;
    EXPECT_EQ(server_options(settings).error().code, ErrorCode::validation);
    settings.archive_dir = folder / "archive";
    const auto options = server_options(settings);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->transaction_retention_months, 13);
    EXPECT_EQ(options->archive_dir, folder / "archive");
}

TEST_F(ServerTest, RefusesAStoreWithOtherKeys) {
    {
        ASSERT_TRUE(Server::start(options()));
    }
    std::filesystem::remove_all(folder / "keys");
    const auto without_keys = Server::start(options());
    ASSERT_FALSE(without_keys);
    EXPECT_NE(without_keys.error().internal_detail.find("key"), std::string::npos);
}

TEST_F(ServerTest, AnotherServerOnTheStoreNeedsTheKeysOfTheFirst) {
    const auto second_folder = folder / "second";
    auto first = options(), second = options();
    first.given_store = second.given_store = std::make_shared<store::memory::MemoryStore>();
    first.store = second.store = StoreKind::postgres;  // given: only the advice depends on it
    second.data_dir = second_folder;
    const auto server = Server::start(first);
    ASSERT_TRUE(server) << server.error().internal_detail;
    const auto refused = Server::start(second);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().internal_detail.find("copy the keys folder"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(second_folder / "keys" / "keyring")) << "new keys were left behind";
    std::filesystem::copy(folder / "keys", second_folder / "keys", std::filesystem::copy_options::recursive);
    const auto taken = Server::start(second);
    EXPECT_TRUE(taken) << taken.error().internal_detail;
}

TEST_F(ServerTest, ListensAndTurnsUnreadyWhenItDrains) {
    ServerOptions o;
    o.store = StoreKind::memory;
    auto server = Server::start(o);
    ASSERT_TRUE(server) << server.error().internal_detail;
    EXPECT_NE((*server)->http_port(), 0);
    EXPECT_EQ((*server)->call({"GET", "/health/ready"}).status, 200);
    EXPECT_TRUE((*server)->drain(std::chrono::seconds(5)));
    EXPECT_EQ((*server)->call({"GET", "/health/ready"}).status, 503);
}

TEST(ServerOptions, RefuseADemoThatOthersCanReach) {
    Settings settings;
    settings.demo = true;
    EXPECT_TRUE(server_options(settings)->sandbox);
    settings.http = "0.0.0.0:8080";
    EXPECT_FALSE(server_options(settings));
    settings.http = "nonsense";
    EXPECT_FALSE(server_options(settings));
}

TEST(DataFolder, SaysWhenOthersCanLookIn) {
    const auto path = std::filesystem::path(testing::TempDir()) / ("takas_open_folder_" + std::to_string(::getpid()));
    std::filesystem::create_directory(path);
    const auto said = [&](std::filesystem::perms mode) {
        std::filesystem::permissions(path, mode);
        testing::internal::CaptureStderr();
        EXPECT_TRUE(DataFolder::open(path));
        return testing::internal::GetCapturedStderr();
    };
    using enum std::filesystem::perms;
    EXPECT_EQ(said(owner_all), "");
    EXPECT_NE(said(owner_all | group_read | group_exec).find("mode 0750"), std::string::npos);
    std::filesystem::remove_all(path);
}

TEST(DataFolder, IsPrivateAndHasOneUser) {
    const auto path = std::filesystem::path(testing::TempDir()) / ("takas_folder_" + std::to_string(::getpid()));
    {
        const auto first = DataFolder::open(path);
        ASSERT_TRUE(first);
        EXPECT_EQ(std::filesystem::status(path).permissions(), std::filesystem::perms::owner_all);
        const auto second = DataFolder::open(path);
        ASSERT_FALSE(second);
        EXPECT_NE(second.error().internal_detail.find("in use"), std::string::npos);
    }
    EXPECT_TRUE(DataFolder::open(path));
    std::filesystem::remove_all(path);
}

}  // namespace
}  // namespace takas::main
