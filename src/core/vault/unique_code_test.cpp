#include "core/vault/unique_code.hpp"

#include <gtest/gtest.h>

namespace takas::core::vault {
namespace {

constexpr Instant noon = Instant::from_seconds(1'930'564'800);  // 2031-03-06T12:00:00Z

TEST(UniqueCode, AHeaderIsReadAsItWasWritten) {
    const UniqueCodeHeader header{3, 720, 0x01020304};
    const auto octets = write_header(header);
    EXPECT_EQ(octets[0], 1);
    EXPECT_EQ(read_header(octets), header);
}

TEST(UniqueCode, AnotherFormatAndAShortOneAreNone) {
    auto octets = write_header({});
    octets[0] = 2;
    EXPECT_FALSE(read_header(octets));
    EXPECT_FALSE(read_header(std::span(octets).first(7)));
}

TEST(UniqueCode, TheRunningEpochAndTheOneBeforeCount) {
    const UniqueCodeHeader header{1, 24, epoch_at(noon, 24)};
    EXPECT_TRUE(is_current(header, noon, 24));
    EXPECT_TRUE(is_current(header, noon.plus_seconds(12 * 3'600), 24));      // the next day has just begun
    EXPECT_TRUE(is_current(header, noon.plus_seconds(36 * 3'600 - 1), 24));  // its last second
    EXPECT_FALSE(is_current(header, noon.plus_seconds(36 * 3'600), 24));
    EXPECT_FALSE(is_current(header, noon.plus_seconds(-24 * 3'600), 24));  // made in the future
    EXPECT_FALSE(is_current(header, noon, 12));                            // the merchant changed its period
}

}  // namespace
}  // namespace takas::core::vault
