#include "app/vault/merchants.hpp"

#include <gtest/gtest.h>

namespace takas::app::vault {
namespace {

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
