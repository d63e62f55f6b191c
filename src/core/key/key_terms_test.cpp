#include "core/key/key_terms.hpp"

#include <gtest/gtest.h>

#include <set>

namespace takas::core::key {
namespace {

TEST(key_terms, every_usage_is_whole) {
    for (const KeyUsageRow& row : usage_rows()) {
        EXPECT_FALSE(row.tr31_usages.empty()) << to_name(row.usage);
        EXPECT_EQ(row.tr31_usages.size() % 2, 0) << to_name(row.usage);
        EXPECT_TRUE(allows(row, row.preferred_algorithm)) << to_name(row.usage);
        EXPECT_FALSE(row.purpose.empty()) << to_name(row.usage);
        for (const char letter : row.modes)
            EXPECT_TRUE(from_name<ModeOfUse>(std::string_view(&letter, 1))) << to_name(row.usage);
    }
}

TEST(key_terms, answer_by_the_table) {
    const KeyUsageRow& mac = usage_row(KeyUsage::mac);
    EXPECT_TRUE(allows_tr31_usage(mac, "M6"));
    EXPECT_TRUE(allows_tr31_usage(mac, "M1"));
    EXPECT_FALSE(allows_tr31_usage(mac, "6M")) << "codes do not begin in the middle of others";
    EXPECT_FALSE(allows_tr31_usage(mac, ""));
    EXPECT_TRUE(allows(mac, ModeOfUse::generate_both));
    EXPECT_FALSE(allows(mac, ModeOfUse::derive));
    EXPECT_FALSE(allows(usage_row(KeyUsage::cvk), KeyAlgorithm::aes_128));
    EXPECT_FALSE(allows(usage_row(KeyUsage::pin_storage), KeyAlgorithm::tdea_2key)) << "format 4 needs AES";
    EXPECT_EQ(key_bytes(KeyAlgorithm::tdea_3key), 24);
    EXPECT_EQ(key_bytes(KeyAlgorithm::aes_256), 32);
    EXPECT_EQ(key_bytes(KeyAlgorithm::rsa_4096), 512);
}

}  // namespace
}  // namespace takas::core::key
