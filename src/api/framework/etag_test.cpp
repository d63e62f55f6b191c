#include "api/framework/etag.hpp"

#include <gtest/gtest.h>

#include "app/cards/card_world_test.hpp"

namespace takas::api {
namespace {

class EtagTest : public ::testing::Test {
  protected:
    Call call(std::string_view if_match) {
        auto request = std::make_shared<net::HttpRequest>();
        if (!if_match.empty()) request->headers.push_back({"if-match", if_match});
        return Call(world.context(), {}, std::move(request), {});
    }
    app::cards::CardWorld world;
};

TEST_F(EtagTest, NamesTheVersionThatWasSeen) {
    EXPECT_EQ(*seen_version(call("")), std::nullopt);
    EXPECT_EQ(*seen_version(call("*")), std::nullopt);
    EXPECT_EQ(*seen_version(call("\"7\"")), 7);
    EXPECT_EQ(*seen_version(call(" W/\"12\" ")), 12);
}

TEST_F(EtagTest, RefusesWhatNoAnswerSaid) {
    for (const char* tag : {"7", "\"", "\"\"", "\"0\"", "\"-1\"", "\"7x\"", "\"x\"", "\"1\", \"2\"", "w/\"1\"",
                            "\"99999999999999999999\""}) {
        const auto seen = seen_version(call(tag));
        ASSERT_FALSE(seen) << tag;
        EXPECT_EQ(seen.error().fields.at(0).path, "If-Match");
    }
}

TEST_F(EtagTest, AnAnswerSaysItsVersion) {
    Call one = call("");
    set_etag(one, 3);
    ASSERT_EQ(one.answer_headers().size(), 1U);
    EXPECT_EQ(one.answer_headers()[0].first, "ETag");
    EXPECT_EQ(one.answer_headers()[0].second, "\"3\"");
}

}  // namespace
}  // namespace takas::api
