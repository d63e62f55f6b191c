#include "net/forwarded.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace takas::net {
namespace {

const std::vector<std::string> trusted{"10.0.0.0/8", "2001:db8:1::/48"};

std::string address(std::string_view peer, std::vector<Header> headers) {
    return client_address(peer, headers, trusted);
}

TEST(Forwarded, OnlyATrustedProxyIsBelieved) {
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7"}}), "192.0.2.7");
    EXPECT_EQ(address("2001:db8:1::5", {{"x-forwarded-for", " 2001:db8:2::9 "}}), "2001:db8:2::9");
    EXPECT_EQ(address("198.51.100.1", {{"X-Forwarded-For", "192.0.2.7"}}), "198.51.100.1");
    EXPECT_EQ(client_address("10.0.0.1", std::vector<Header>{{"X-Forwarded-For", "192.0.2.7"}}, {}), "10.0.0.1");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7:40112"}}), "192.0.2.7");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "[2001:db8:2::9]:40112, 10.0.0.2:80"}}), "2001:db8:2::9");
    EXPECT_EQ(address("10.0.0.1", {{"Forwarded", "for=192.0.2.7"}}), "10.0.0.1");
}

TEST(Forwarded, WhatTheClientWroteStaysUnread) {
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "127.0.0.1, 192.0.2.7"}}), "192.0.2.7");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "127.0.0.1, 192.0.2.7, 10.9.9.9"}}), "192.0.2.7");
    // A proxy that adds a header of its own behind the client's.
    EXPECT_EQ(
        address("10.0.0.1", {{"X-Forwarded-For", "127.0.0.1"}, {"Accept", "*/*"}, {"X-Forwarded-For", "192.0.2.7"}}),
        "192.0.2.7");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7"}, {"X-Forwarded-For", "10.0.0.2"}}), "192.0.2.7");
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}}), "10.0.0.3");
}

TEST(Forwarded, WhatIsNoAddressEndsTheSearchAtTheProxy) {
    for (const char* text : {"", ",", "unknown", "_hidden", "[]", "[", ":443", "192.0.2.7,", "a, b", "192.0.2.0/24"})
        EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", text}}), "10.0.0.1") << text;
    EXPECT_EQ(address("10.0.0.1", {{"X-Forwarded-For", "unknown, 10.0.0.2"}}), "10.0.0.2");
}

}  // namespace
}  // namespace takas::net
