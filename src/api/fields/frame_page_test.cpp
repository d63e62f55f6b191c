#include "api/fields/frame_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "api/fields/assets.hpp"

namespace takas::api::fields {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string header_of(const net::HttpResponse& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, [](const auto& h) { return h.first; });
    return found == response.headers.end() ? "" : found->second;
}

TEST(FramePage, OnlyTheMerchantsOriginsMayEmbedIt) {
    const std::vector<std::string> origins{"https://shop.example", "http://localhost:8080"};
    const auto page = frame_page(origins);
    EXPECT_THAT(header_of(page, "Content-Security-Policy"),
                EndsWith("frame-ancestors https://shop.example http://localhost:8080"));
    EXPECT_THAT(page.body, HasSubstr("content=\"https://shop.example http://localhost:8080\""));
    EXPECT_THAT(page.body, Not(HasSubstr("{{")));
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-store");
}

TEST(FramePage, WithoutOriginsItCanBeEmbeddedNowhere) {
    EXPECT_THAT(header_of(frame_page({}), "Content-Security-Policy"), EndsWith("frame-ancestors 'none'"));
}

TEST(FramePage, ThePolicyAllowsNoInlineCodeAndNoOtherServer) {
    const std::string policy = header_of(frame_page({}), "Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

// Whatever the store holds: nothing of it becomes another directive or an attribute.
TEST(FramePage, WhatIsNoOriginIsLeftOut) {
    const std::vector<std::string> origins{"https://a.example; script-src *",
                                           "https://a.example\"><script>",
                                           "*",
                                           "https://*.example",
                                           "",
                                           "https://",
                                           "javascript://x",
                                           "https://ok.example",
                                           "https://" + std::string(300, 'a')};
    const auto page = frame_page(origins);
    EXPECT_THAT(header_of(page, "Content-Security-Policy"), EndsWith("frame-ancestors https://ok.example"));
    EXPECT_THAT(page.body, HasSubstr("content=\"https://ok.example\""));
}

// Pages that include the script name its hash (docs/vault_fields.md): another content is another version, and another
// path. Version 1 is frozen from the first release on.
TEST(FieldsAssets, ThePublishedScriptDoesNotChange) {
    EXPECT_EQ(merchant_script_integrity(), "sha384-t4079FqdFoNNABSPEGuA+Wudkdb2uH7TrjRztK/KFfPemd9Z2Icp5yyZ/y3UlXZM");
}

TEST(FieldsAssets, EveryFileOfTheFrameIsThereAndSmall) {
    for (const std::string_view name : {"frame.css", "frame.js", "fields.js", "card.js", "texts.js"}) {
        const auto file = frame_file(name);
        ASSERT_TRUE(file) << name;
        EXPECT_GT(file->size(), 1000u) << name;
        EXPECT_LT(file->size(), 12u * 1024) << name;
    }
    EXPECT_LT(merchant_script().size(), 12u * 1024);
    EXPECT_EQ(frame_file("takas-fields.js"), std::nullopt);
    EXPECT_EQ(frame_file("../frame.js"), std::nullopt);
    EXPECT_EQ(frame_release().size(), 16u);
}

}  // namespace
}  // namespace takas::api::fields
