#include "app/vault/addresses.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "app/vault/merchants.hpp"

namespace takas::app::vault {
namespace {

TEST(Addresses, RangesAreAddressesWithAndWithoutAPrefix) {
    for (const char* text : {"192.0.2.7", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32", "10.0.0.0/1"})
        EXPECT_TRUE(is_address_range(text)) << text;
    for (const char* text : {"", "192.0.2", "192.0.2.0/33", "192.0.2.0/0", "192.0.2.0/", "192.0.2.0/x", "::/129", "a"})
        EXPECT_FALSE(is_address_range(text)) << text;
}

TEST(Addresses, AreFoundInTheirRanges) {
    const std::vector<std::string> ranges{"192.0.2.128/25", "2001:db8::/33"};
    EXPECT_TRUE(is_in_ranges("192.0.2.200", ranges));
    EXPECT_TRUE(is_in_ranges("::ffff:192.0.2.200", ranges));
    EXPECT_FALSE(is_in_ranges("192.0.2.127", ranges));
    EXPECT_TRUE(is_in_ranges("2001:db8:7fff::1", ranges));
    EXPECT_FALSE(is_in_ranges("2001:db8:8000::1", ranges));
    EXPECT_FALSE(is_in_ranges("no address", ranges));
    EXPECT_FALSE(is_in_ranges("192.0.2.200", {}));
}

TEST(Origins, AreSchemeHostAndPort) {
    for (const char* text :
         {"https://shop.example", "https://shop.example:8443", "http://localhost:8080", "http://127.0.0.1:1"})
        EXPECT_TRUE(is_origin(text)) << text;
    for (const char* text : {"", "shop.example", "https://", "https://shop.example/", "https://Shop.example",
                             "http://shop.example", "https://shop.example:0", "https://shop.example:", "https://*",
                             "https://a.b:99999999", "https://user@shop.example", "null"})
        EXPECT_FALSE(is_origin(text)) << text;
}

TEST(DnsNames, AreNamesAndNoAddresses) {
    for (const char* text : {"api.bank.example", "xn--bcher-kva.example"}) EXPECT_TRUE(is_dns_name(text)) << text;
    for (const char* text : {"", "localhost", "10.0.0.1", "0x7f.1", "a..b", ".example", "example.", "-a.example",
                             "*.example", "[::1]", "bank.example:443"})
        EXPECT_FALSE(is_dns_name(text)) << text;
}

}  // namespace
}  // namespace takas::app::vault
