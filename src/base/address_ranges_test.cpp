#include "base/address_ranges.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace takas {
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

TEST(Addresses, OfOneLineAreOneNetwork) {
    EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
    EXPECT_NE(network_of("2001:db8:1:3::1"), network_of("2001:db8:1:2::1"));
    EXPECT_EQ(network_of("no address"), "no address");
}

}  // namespace
}  // namespace takas
