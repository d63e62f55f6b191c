#include <gtest/gtest.h>

#include <sys/stat.h>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "notify/messages/file_gateway.hpp"
#include "notify/messages/http_gateway.hpp"

namespace takas::notify::messages {
namespace {

namespace fs = std::filesystem;
using app::ports::MessageOutcome;
using app::ports::TextMessage;
using app::ports::WebhookReply;
using app::ports::WebhookRequest;

TextMessage message(std::string_view text) {
    TextMessage m;
    m.phone_number = "+905551112233";
    m.text = crypto::SecretBytes(bytes_of(text));
    m.reference = "r-1";
    return m;
}

struct Recorder final : app::ports::WebhookSender {
    std::vector<WebhookRequest> requests;
    WebhookReply reply;
    void send(WebhookRequest request, Done done) override {
        requests.push_back(std::move(request));
        done(reply);
    }
};

TEST(HttpGateway, posts_one_json_object) {
    Recorder recorder;
    recorder.reply.status = 202;
    HttpGateway gateway(recorder, {.url = "https://sms.example/send", .bearer_token = "t"});
    EXPECT_EQ(gateway.send(message("say \"1\"")), MessageOutcome::accepted);
    ASSERT_EQ(recorder.requests.size(), 1U);
    EXPECT_EQ(recorder.requests[0].url, "https://sms.example/send");
    EXPECT_EQ(recorder.requests[0].body, R"({"to":"+905551112233","text":"say \"1\"","reference":"r-1"})");
    EXPECT_EQ(recorder.requests[0].headers.back().second, "Bearer t");
}

TEST(HttpGateway, says_whether_the_message_left) {
    EXPECT_EQ(outcome_of({.status = 200, .error = {}, .retry_after = {}}), MessageOutcome::accepted);
    EXPECT_EQ(outcome_of({.status = 429, .error = {}, .retry_after = {}}), MessageOutcome::refused);
    EXPECT_EQ(outcome_of({.status = 301, .error = {}, .retry_after = {}}), MessageOutcome::refused);
    EXPECT_EQ(outcome_of({.status = 502, .error = {}, .retry_after = {}}), MessageOutcome::unknown);
    EXPECT_EQ(outcome_of({.status = 0, .error = "connect", .retry_after = {}}), MessageOutcome::not_reached);
    EXPECT_EQ(outcome_of({.status = 0, .error = "timeout", .retry_after = {}}), MessageOutcome::unknown);
    EXPECT_EQ(outcome_of({.status = 0, .error = "reset", .retry_after = {}}), MessageOutcome::unknown);
    EXPECT_EQ(outcome_of({.status = 0, .error = "refused_address", .retry_after = {}}), MessageOutcome::refused);
}

TEST(FileGateway, writes_files_that_only_the_server_reads) {
    std::string name = (fs::temp_directory_path() / "takas-messages-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    const fs::path folder = fs::path(name) / "messages";
    FileGateway gateway(folder);
    EXPECT_EQ(gateway.send(message("one")), MessageOutcome::accepted);
    EXPECT_EQ(gateway.send(message("two")), MessageOutcome::accepted);
    std::vector<std::string> texts;
    for (const auto& entry : fs::directory_iterator(folder)) {
        struct stat info{};
        ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777U, 0600U);
        std::ifstream file(entry.path());
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::ranges::sort(texts);
    EXPECT_EQ(texts, (std::vector<std::string>{"To: +905551112233\n\none\n", "To: +905551112233\n\ntwo\n"}));
    fs::remove_all(name);
    FileGateway nowhere("/nonexistent/messages");
    EXPECT_EQ(nowhere.send(message("three")), MessageOutcome::not_reached);
}

}  // namespace
}  // namespace takas::notify::messages
