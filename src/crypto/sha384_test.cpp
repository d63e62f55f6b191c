#include "crypto/sha384.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace takas::crypto {
namespace {

// NIST, "Secure Hashing" example values for SHA-384.
TEST(Sha384, ExamplesOfTheStandard) {
    EXPECT_EQ(hex_encode(sha384(bytes_of("abc"))),
              "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
    EXPECT_EQ(hex_encode(sha384(bytes_of("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                                         "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"))),
              "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039");
}

}  // namespace
}  // namespace takas::crypto
