#include "main/settings.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "main/server.hpp"

namespace takas::main {
namespace {

std::map<std::string, std::string> environment;
const char* get(const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? nullptr : found->second.c_str();
}

TEST(Settings, AFlagWinsOverTheEnvironmentAndThatOverTheFile) {
    const std::string path = testing::TempDir() + "takas_settings.toml";
    std::ofstream(path) << "lanes = 3\nbatch_max = 7\nstore = \"memory\"\ndemo = true\n";
    environment = {{"TAKAS_CONFIG", path}, {"TAKAS_LANES", "5"}, {"TAKAS_BATCH_MAX", "8"}};
    const auto settings = read_settings({{"lanes", "9"}}, get);
    ASSERT_TRUE(settings) << settings.error().internal_detail;
    EXPECT_EQ(settings->lanes, 9);
    EXPECT_EQ(settings->batch_max, 8);
    EXPECT_EQ(settings->store, "memory");
    EXPECT_TRUE(settings->demo);
    EXPECT_EQ(settings->http, "127.0.0.1:8080");
}

TEST(Settings, SaysWhatIsWrongWithoutShowingSecrets) {
    environment = {};
    const auto detail = [](const SettingTexts& flags) {
        const auto settings = read_settings(flags, get);
        return settings ? "" : settings.error().internal_detail;
    };
    EXPECT_EQ(detail({{"lanes", "0"}}), "command line: lanes \"0\" is not possible: it may be 1 to 64");
    EXPECT_EQ(detail({{"log_level", "loud"}}),
              "command line: log_level \"loud\" is not possible: it may be debug, info, warning, error, off");
    EXPECT_TRUE(detail({{"store", "mysql://me:hunter2@there/db"}}).starts_with("command line: store is not possible"));
    EXPECT_EQ(detail({{"node", "16"}}), "command line: node \"16\" is not possible: it may be 0 to 15, or auto");
    EXPECT_EQ(detail({{"colour", "red"}}), "command line: there is no setting \"colour\"");
    EXPECT_NE(detail({{"config", "/nowhere/takas.toml"}}), "");
    const std::string path = testing::TempDir() + "takas_bad.toml";
    std::ofstream(path) << "lanes = [1]\n";
    EXPECT_NE(detail({{"config", path}}).find("lanes must be"), std::string::npos);
    std::ofstream(path) << "lanes = \n";
    EXPECT_NE(detail({{"config", path}}).find("line 1"), std::string::npos);
}

TEST(Settings, NamesFollowFromTheField) {
    const Field& field = *std::ranges::find(Describe<Settings>::fields, "batch_max", &Field::name);
    EXPECT_EQ(flag_of(field), "--batch-max");
    EXPECT_EQ(environment_name_of(field), "TAKAS_BATCH_MAX");
    EXPECT_EQ(setting_text(field, Settings{}), "512");
}

TEST(Settings, TellsStoresApart) {
    EXPECT_EQ(parse_store("sqlite")->kind, StoreKind::sqlite);
    EXPECT_EQ(parse_store("memory")->kind, StoreKind::memory);
    for (const char* url : {"postgres://takas@db.internal/takas", "postgresql:///takas?host=/run/pg", "service=takas",
                            "host=a,b dbname=takas target_session_attrs=read-write"}) {
        ASSERT_TRUE(parse_store(url)) << url;
        EXPECT_EQ(parse_store(url)->kind, StoreKind::postgres);
        EXPECT_EQ(parse_store(url)->url, url);
    }
    for (const char* bad : {"", "postgres", "Sqlite", "=x", "mysql://there/db", "/var/lib/takas"})
        EXPECT_FALSE(parse_store(bad)) << bad;
}

TEST(Settings, ReadsLists) {
    EXPECT_EQ(words_of(",10.0.0.5,,192.0.2.0/28,"), (std::vector<std::string>{"10.0.0.5", "192.0.2.0/28"}));
    EXPECT_TRUE(words_of("").empty());
    Settings settings;
    settings.trusted_proxies = "10.0.0.5,192.0.2.0/28";
    EXPECT_EQ(server_options(settings)->trusted_proxies.size(), 2U);
    settings.trusted_proxies = "10.0.0.5,proxy.example";
    EXPECT_NE(server_options(settings).error().internal_detail.find("proxy.example"), std::string::npos);
}

TEST(Settings, ReadsNodeNumbers) {
    EXPECT_EQ(parse_node("0"), 0);
    EXPECT_EQ(parse_node("15"), 15);
    EXPECT_EQ(parse_node("auto"), any_node);
    for (const char* bad : {"", "-1", "16", "1x", "any"}) EXPECT_FALSE(parse_node(bad)) << bad;
}

TEST(Settings, ReadsAddresses) {
    EXPECT_EQ(parse_http_address("0.0.0.0:80")->host, "0.0.0.0");
    EXPECT_FALSE(parse_http_address("0.0.0.0:80")->is_loopback);
    EXPECT_TRUE(parse_http_address("[::1]:8080")->is_loopback);
    EXPECT_EQ(parse_http_address("localhost:0")->host, "127.0.0.1");
    for (const char* bad : {"", "8080", ":8080", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:8o"})
        EXPECT_FALSE(parse_http_address(bad)) << bad;
}

}  // namespace
}  // namespace takas::main
