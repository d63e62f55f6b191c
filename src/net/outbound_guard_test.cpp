#include "net/outbound_guard.hpp"

#include <gtest/gtest.h>

namespace takas::net {
namespace {

TEST(outbound_guard, refuses_urls_that_lead_inside) {
    const std::string too_long = "https://example.com/" + std::string(2048, 'a');
    const std::string_view urls[] = {
        // schemes and forms
        "",
        "example.com",
        "//example.com/x",
        "http://example.com/hook",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "https:///path",
        "https:example.com",
        "https://",
        "https://exa mple.com/",
        "https://example.com/\r\nX: y",
        "https://example.com/#fragment",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        too_long,
        // ports
        "https://example.com:0/",
        "https://example.com:22/",
        "https://example.com:25/",
        "https://example.com:80/",
        "https://example.com:65536/",
        "https://example.com:-1/",
        "https://example.com:x/",
        // IPv4 literals
        "https://0.0.0.0/",
        "https://0.1.2.3/",
        "https://10.0.0.1/",
        "https://10.255.255.255/",
        "https://100.64.0.1/",
        "https://100.127.255.255/",
        "https://127.0.0.1/",
        "https://127.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.0.0.1/",
        "https://192.0.2.1/",
        "https://192.88.99.1/",
        "https://192.168.1.1/",
        "https://198.18.0.1/",
        "https://198.19.255.255/",
        "https://198.51.100.7/",
        "https://203.0.113.7/",
        "https://224.0.0.1/",
        "https://239.255.255.250/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        // ports that wrap around
        "https://example.com:66536/",
        "https://example.com:99999/",
        // other spellings of IPv4
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.1/",
        "https://127.0.1/",
        "https://10.1/",
        "https://127.0.0.1./",
        "https://127.0.0.0x1/",
        "https://0xA9FEA9FE/",
        "https://169.254.43518/",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://8.8.8.8.evil.example/",
        "https://8.8.8.8:443x/",
        "https://%31%32%37.0.0.1/",
        "https://127%2e0.0.1/",
        "https://\xE2\x91\xA0"
        "27.0.0.1/",
        // IPv6
        "https://[::]/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:8.8.8.8]/",
        "https://[::ffff:a00:1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b:1::1]/",
        "https://[100::1]/",
        "https://[2001::1]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[2001:2::1]/",
        "https://[2001:10::1]/",
        "https://[2001:db8::1]/",
        "https://[2002:7f00:1::1]/",
        "https://[3fff::1]/",
        "https://[5f00::1]/",
        "https://[fc00::1]/",
        "https://[fd12:3456::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[v1.x]/",
        "https://[::1/",
        // names
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://a.localhost/",
        "https://intranet/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://db.corp/",
        "https://x.home.arpa/",
        "https://.example.com/",
        "https://example..com/",
        "https://-example.com/",
        "https://example.com../",
    };
    static_assert(std::size(urls) >= 60);
    for (std::string_view url : urls) {
        const auto checked = check_url(url, false);
        EXPECT_FALSE(checked.has_value()) << url;
        if (!checked) EXPECT_EQ(checked.error().code, ErrorCode::webhook_url_refused);
    }
}

TEST(outbound_guard, accepts_public_https_urls) {
    const auto url = check_url("https://Hooks.Example.com:8443/a%20b?x=1&y", false);
    ASSERT_TRUE(url.has_value());
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "hooks.example.com");
    EXPECT_EQ(url->authority, "hooks.example.com:8443");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/a%20b?x=1&y");
    EXPECT_FALSE(url->literal.has_value());
    for (std::string_view text :
         {"https://example.com", "https://example.com./x", "HTTPS://example.com:443/", "https://8.8.8.8/",
          "https://100.63.255.255/", "https://172.32.0.1/", "https://[2606:4700::1111]/",
          "https://xn--bcher-kva.example.com/", "https://192.0.1.1/", "https://a_b.example.com/"})
        EXPECT_TRUE(check_url(text, false).has_value()) << text;
    const auto ipv6 = check_url("https://[2606:4700::1111]:8443", false);
    ASSERT_TRUE(ipv6.has_value());
    EXPECT_EQ(ipv6->host, "2606:4700::1111");
    EXPECT_EQ(ipv6->authority, "[2606:4700::1111]:8443");
    EXPECT_EQ(ipv6->target, "/");
}

TEST(outbound_guard, loopback_is_for_demo_tenants_and_nothing_else_inside_is) {
    for (std::string_view url : {"http://127.0.0.1:8080/", "http://localhost:80/h", "https://localhost/",
                                 "http://[::1]:9000/", "https://example.com/", "http://127.8.9.1/"})
        EXPECT_TRUE(check_url(url, true).has_value()) << url;
    for (std::string_view url :
         {"http://10.0.0.1/", "https://192.168.0.1/", "http://example.com/", "http://169.254.169.254/",
          "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0.0.0.0/", "http://user@localhost/"})
        EXPECT_FALSE(check_url(url, true).has_value()) << url;
}

TEST(outbound_guard, checks_every_address_again_before_dialling) {
    const auto name = check_url("https://example.com/", true);
    const auto demo = check_url("http://localhost/", true);
    ASSERT_TRUE(name && demo);
    const auto dial = [](const OutboundUrl& url, std::string_view address, bool allow_loopback) {
        return may_dial(url, parse_address(address).value(), allow_loopback);
    };
    EXPECT_TRUE(dial(*name, "8.8.8.8", false));
    EXPECT_FALSE(dial(*name, "127.0.0.1", false));
    EXPECT_FALSE(dial(*name, "10.0.0.1", true));
    EXPECT_FALSE(dial(*name, "::ffff:8.8.8.8", false));
    EXPECT_TRUE(dial(*demo, "127.0.0.1", true));
    EXPECT_TRUE(dial(*demo, "::1", true));
    EXPECT_FALSE(dial(*demo, "8.8.8.8", true)) << "plain http never leaves the machine";
    EXPECT_FALSE(may_dial(*name, IpAddress{}, true));
}

TEST(outbound_guard, knows_the_edges_of_the_ranges) {
    const auto is_public = [](std::string_view text) { return is_public_address(parse_address(text).value()); };
    for (std::string_view text :
         {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255", "100.128.0.0",
          "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",    "172.15.255.255",
          "172.32.0.0",      "192.0.1.0",       "192.167.255.255", "192.169.0.0",    "198.17.255.255",
          "198.20.0.0",      "223.255.255.255", "2000::",          "2001:200::1",    "2003::1",
          "3ffe:ffff::1"})
        EXPECT_TRUE(is_public(text)) << text;
    for (std::string_view text : {"0.255.255.255", "10.0.0.0", "100.64.0.0", "127.255.255.255", "169.254.0.0",
                                  "172.16.0.0", "198.19.255.255", "224.0.0.0", "255.255.255.255",
                                  "1fff:ffff::", "2001:1ff::1", "2002::", "3fff:0fff::1", "4000::", "::2", "::1"})
        EXPECT_FALSE(is_public(text)) << text;
    EXPECT_TRUE(is_public("3fff:1000::"));
    EXPECT_FALSE(parse_address("fe80::1%eth0").has_value());
    EXPECT_FALSE(parse_address("127.0.0.01").has_value());
}

}  // namespace
}  // namespace takas::net
