// What the vault keeps in memory only: verification codes, and who guessed wrongly.
#include <gtest/gtest.h>

#include "app/vault/cvv_memory.hpp"
#include "app/vault/lockout.hpp"

namespace takas::app::vault {
namespace {

constexpr Instant noon = Instant::from_seconds(1'930'000'000);

std::string text_of(const std::optional<crypto::SecretBytes>& cvv) {
    return cvv ? std::string(takas::text_of(cvv->reveal())) : std::string();
}

TEST(CvvMemory, GivesACodeUntilItIsForgottenOrExpires) {
    CvvMemory memory;
    ASSERT_TRUE(memory.keep(EntityId{1}, "123", noon.plus_seconds(60)));
    EXPECT_EQ(text_of(memory.look(EntityId{1}, noon)), "123");
    EXPECT_EQ(text_of(memory.look(EntityId{2}, noon)), "");
    EXPECT_EQ(text_of(memory.look(EntityId{1}, noon.plus_seconds(60))), "");
    memory.forget(EntityId{1});
    EXPECT_EQ(text_of(memory.look(EntityId{1}, noon)), "");
}

TEST(CvvMemory, IsBoundedAndSwept) {
    CvvMemory memory(2);
    EXPECT_TRUE(memory.keep(EntityId{1}, "123", noon.plus_seconds(60)));
    EXPECT_TRUE(memory.keep(EntityId{2}, "456", noon.plus_seconds(120)));
    EXPECT_FALSE(memory.keep(EntityId{3}, "789", noon.plus_seconds(60)));
    EXPECT_EQ(memory.forget_expired(noon.plus_seconds(60)), 1U);
    EXPECT_EQ(memory.size(), 1U);
    EXPECT_TRUE(memory.keep(EntityId{3}, "789", noon.plus_seconds(180)));
}

TEST(Lockout, LocksAfterTenAndOpensAfterHalfAnHour) {
    Lockout lockout;
    for (int i = 0; i < lockout_failures; ++i) {
        EXPECT_FALSE(lockout.is_locked("a", noon));
        lockout.failed("a", noon);
    }
    EXPECT_TRUE(lockout.is_locked("a", noon.plus_seconds(lockout_s - 1)));
    EXPECT_FALSE(lockout.is_locked("b", noon));
    EXPECT_FALSE(lockout.is_locked("a", noon.plus_seconds(lockout_s)));
}

TEST(Lockout, ASuccessAndTimeForgive) {
    Lockout lockout;
    for (int i = 0; i < lockout_failures - 1; ++i) lockout.failed("a", noon);
    lockout.succeeded("a");
    lockout.failed("a", noon);
    EXPECT_FALSE(lockout.is_locked("a", noon));
    for (int i = 0; i < lockout_failures - 2; ++i) lockout.failed("a", noon);
    lockout.failed("a", noon.plus_seconds(lockout_s));
    EXPECT_FALSE(lockout.is_locked("a", noon.plus_seconds(lockout_s)));
}

TEST(Lockout, ForgetsTheLongestUntouchedWhenFull) {
    Lockout lockout(3);
    for (const char* who : {"a", "b", "c"}) lockout.failed(who, noon);
    lockout.failed("a", noon);
    lockout.failed("d", noon);
    EXPECT_EQ(lockout.size(), 3U);
    for (int i = 0; i < lockout_failures - 2; ++i) lockout.failed("a", noon);
    EXPECT_TRUE(lockout.is_locked("a", noon));  // b went, not a
}

}  // namespace
}  // namespace takas::app::vault
