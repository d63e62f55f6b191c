#include "crypto/password.hpp"

#include <gtest/gtest.h>

#include <string>

namespace takas::crypto {
namespace {

TEST(password, verifies_what_it_hashed_and_nothing_else) {
    const std::string phc = hash_password("correct horse").value();
    EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << phc;
    EXPECT_EQ(verify_password("correct horse", phc), true);
    EXPECT_EQ(verify_password("correct horsf", phc), false);
    EXPECT_EQ(verify_password("", phc), false);
    EXPECT_EQ(verify_password(std::string("correct horse\0", 14), phc), false);
    EXPECT_NE(hash_password("correct horse").value(), phc) << "fresh salts";
    EXPECT_FALSE(password_needs_rehash(phc));
}

// From the reference implementation's own tests (phc-winner-argon2, test.c).
TEST(password, verifies_the_published_string) {
    constexpr std::string_view phc =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    EXPECT_EQ(verify_password("password", phc), true);
    EXPECT_EQ(verify_password("passwore", phc), false);
    EXPECT_TRUE(password_needs_rehash(phc));
}

TEST(password, refuses_foreign_and_ruinous_strings) {
    for (const char* phc :
         {"", "plain", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY",
          "$argon2id$v=19$m=4000000,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
          "$argon2id$v=19$m=256,t=2000,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
          "$argon2id$v=19$m=256,t=2,p=1", "$argon2id$v=19$m=256,t=2,p=1$!$!"})
        EXPECT_FALSE(verify_password("password", phc)) << phc;
}

TEST(password, bounds_the_password) {
    const std::string long_password(max_password_bytes + 1, 'x');
    EXPECT_FALSE(hash_password(long_password));
    const std::string phc = hash_password(std::string(max_password_bytes, 'x')).value();
    EXPECT_EQ(verify_password(long_password, phc), false);
}

}  // namespace
}  // namespace takas::crypto
