#include "app/vault/forward_checks.hpp"

#include <gtest/gtest.h>

#include <array>

namespace takas::app::vault {
namespace {

const std::array<std::string, 2> hosts{"api.bank.example", "pay.example"};

TEST(ForwardChecks, TakesAllowedHosts) {
    for (const char* url :
         {"https://api.bank.example", "https://api.bank.example/pay?x=1&y=%20", "https://pay.example/",
          "https://API.Bank.Example/pay", "https://api.bank.example:443/", "https://pay.example:8443",
          "https://pay.example?q", "https://pay.example/a:b@c/(d)*;e=f,'g'!$+~"})
        EXPECT_TRUE(check_forward_url(url, hosts)) << url;
    EXPECT_EQ(*check_forward_url("https://API.Bank.Example:8443/pay", hosts), "api.bank.example");
}

TEST(ForwardChecks, RefusesOtherUrls) {
    for (const char* url : {"",
                            "http://pay.example/",
                            "HTTPS//pay.example",
                            "https:/pay.example",
                            "https://other.example/",
                            "https://pay.example.evil.example/",
                            "https://evil.example/https://pay.example/",
                            "https://pay.example@evil.example/",
                            "https://a:b@pay.example/",
                            "https://@pay.example/",
                            "https://pay.example./",
                            "https://10.0.0.1/",
                            "https://[::1]/",
                            "https://pay.example:/",
                            "https://pay.example:0/",
                            "https://pay.example:22/",
                            "https://pay.example:5432x/",
                            "https://pay.example:65536/",
                            "https://pay.example:08443/",
                            "https://pay.example:-1/",
                            "https://pay.example/#top",
                            "https://pay.example#",
                            "https://pay.example/{{card.number}}",
                            "https://pay.example/?pan={{card.number}}",
                            "https://pay.example/a b",
                            "https://pay.example/a\r\nHost: x",
                            "https://pay.example\\@evil.example/",
                            "https://pay.example/%",
                            "https://pay.example/%2",
                            "https://pay.example/%zz",
                            "https://pay.example/ü",
                            "https://pay.example/\"",
                            " https://pay.example/"}) {
        const auto refused = check_forward_url(url, hosts);
        ASSERT_FALSE(refused) << url;
        EXPECT_EQ(refused.error().code, ErrorCode::vault_host_refused) << url;
    }
    EXPECT_FALSE(check_forward_url("https://pay.example/" + std::string(2'048, 'a'), hosts));
    EXPECT_FALSE(check_forward_url("https://pay.example/", {}));
}

TEST(ForwardChecks, HeadersAreTheCallersOwn) {
    EXPECT_TRUE(check_forward_headers({}));
    EXPECT_TRUE(check_forward_headers({{"Authorization", "Bearer x"}, {"X-Own", "ş"}, {"Accept", "*/*"}}));
    for (const auto& header : ForwardHeaders{{"Host", "x"},
                                             {"content-LENGTH", "1"},
                                             {"Accept-Encoding", "gzip"},
                                             {"accept-encoding", "identity"},
                                             {"Content-Encoding", "gzip"},
                                             {"Transfer-Encoding", "chunked"},
                                             {"Proxy-Authorization", "x"},
                                             {"", "x"},
                                             {"a b", "x"},
                                             {"a:", "x"},
                                             {"a\r\nHost", "x"},
                                             {"(a)", "x"},
                                             {"X-A", "a\r\nHost: b"},
                                             {"X-A", std::string("a\0b", 3)},
                                             {"X-A", "a\tb"},
                                             {"X-A", "{{card.number}}"}}) {
        const auto refused = check_forward_headers({{"X-Own", "1"}, header});
        ASSERT_FALSE(refused) << header.first << ": " << header.second;
        EXPECT_EQ(refused.error().fields.front().path, "Headers");
    }
}

TEST(ForwardChecks, TwoTypesInUtf8) {
    for (const char* type : {"application/json; charset=utf-8", "application/json;charset=UTF-8",
                             "Application/JSON ; charset=\"utf-8\""}) {
        const auto found = check_forward_type(type);
        ASSERT_TRUE(found) << type;
        EXPECT_EQ(found->form, BodyForm::json);
        EXPECT_EQ(found->content_type, "application/json; charset=utf-8");
    }
    EXPECT_EQ(check_forward_type("application/json")->content_type, "application/json");
    EXPECT_EQ(check_forward_type("application/x-www-form-urlencoded")->form, BodyForm::form);
    for (const char* type : {"", "text/plain", "application/json; charset=utf-16", "application/json;",
                             "application/json; boundary=x", "application/jsonx", "application/json\r\nX: y"})
        EXPECT_FALSE(check_forward_type(type)) << type;
}

}  // namespace
}  // namespace takas::app::vault
