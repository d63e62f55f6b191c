#include "api/framework/router.hpp"

#include <gtest/gtest.h>

namespace takas::api {
namespace {

Result<NoContent> nothing(Call&) { return NoContent{}; }

constexpr Endpoint row(Method method, std::string_view path, std::string_view id) {
    return endpoint<&nothing>(method, path, id, "T", "s", Permission::any_user, Idempotency::none);
}

constexpr std::array rows{
    row(Method::get, "/card/{tokenId}", "getCard"),
    row(Method::get, "/card/find", "findCards"),
    row(Method::post, "/card", "createCard"),
    row(Method::get, "/card/{tokenId}/account", "getAccount"),
    row(Method::put, "/card/{tokenId}/status", "setStatus"),
    row(Method::get, "/", "root"),
};

std::string found(const Router& router, std::string_view method, std::string_view path) {
    const auto route = router.find(method, path);
    if (!route) return route.error().allow.empty() ? "none" : "allow " + route.error().allow;
    std::string text(route->endpoint->operation_id);
    for (const auto& [name, value] : route->path_values) text += " " + std::string(name) + "=" + value;
    return text;
}

TEST(Router, FindsRowsAndParameters) {
    const Router router(rows, {});
    EXPECT_TRUE(router.problems().empty());
    EXPECT_EQ(found(router, "GET", "/card/42"), "getCard tokenId=42");
    EXPECT_EQ(found(router, "GET", "/card/42/account"), "getAccount tokenId=42");
    EXPECT_EQ(found(router, "POST", "/card"), "createCard");
    EXPECT_EQ(found(router, "GET", "/"), "root");
}

TEST(Router, AWordWinsOverAParameterButOnlyWhereTheWordLeadsSomewhere) {
    const Router router(rows, {});
    EXPECT_EQ(found(router, "GET", "/card/find"), "findCards");
    EXPECT_EQ(found(router, "GET", "/card/find/account"), "getAccount tokenId=find");
}

TEST(Router, TellsOtherMethodsOfAKnownPath) {
    const Router router(rows, {});
    EXPECT_EQ(found(router, "DELETE", "/card"), "allow POST");
    EXPECT_EQ(found(router, "get", "/card/42"), "allow GET");
    EXPECT_EQ(found(router, "GET", "/cards"), "none");
    EXPECT_EQ(found(router, "GET", "/card/42/"), "none");
    EXPECT_EQ(found(router, "GET", "/card/"), "none");
    EXPECT_EQ(found(router, "GET", ""), "none");
    EXPECT_EQ(found(router, "OPTIONS", "*"), "none");
}

TEST(Router, DecodesSegmentsStrictly) {
    const Router router(rows, {});
    EXPECT_EQ(found(router, "GET", "/card/a%2Fb%20%C3%A7"), "getCard tokenId=a/b \xC3\xA7");
    for (const char* bad : {"/card/%", "/card/%4", "/card/%zz", "/card/%00", "/card/%0a", "/card/%ff", "/card/%C0%AF"})
        EXPECT_EQ(found(router, "GET", bad), "none") << bad;
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += "/a";
    EXPECT_EQ(found(router, "GET", deep), "none");
}

TEST(Router, NamesRowsThatHideEachOther) {
    constexpr std::array twins{row(Method::get, "/a/{x}", "first"), row(Method::get, "/a/{x}", "second"),
                               row(Method::put, "/a/{y}", "third")};
    const Router router(twins, {});
    EXPECT_EQ(router.problems(), (std::vector<std::string_view>{"second", "third"}));
}

}  // namespace
}  // namespace takas::api
