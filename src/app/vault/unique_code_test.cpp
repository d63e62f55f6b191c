#include "app/vault/unique_code.hpp"

#include <gtest/gtest.h>

#include "base/encoding.hpp"
#include "crypto/random.hpp"

namespace takas::app::vault {
namespace {

constexpr Instant noon = Instant::from_seconds(1'930'564'800);
constexpr std::string_view owner_1 = "owner one's mac", owner_2 = "owner two's mac";

struct UniqueCodeTest : testing::Test {
    UniqueCodeTest() {
        for (MerchantKeys* keys : {&mine, &theirs}) keys->unique_code = crypto::random_secret(32);
        mine.merchant_id = EntityId{1};
        theirs.merchant_id = EntityId{2};
    }
    static ErrorCode refusal(const Result<EntityId>& result) {
        return result ? ErrorCode::count_ : result.error().code;
    }
    MerchantKeys mine, theirs;
    const EntityId card{1'592'819'728'384'000};
};

TEST_F(UniqueCodeTest, Is56CharactersThatLeadToTheCard) {
    const auto code = unique_code_of(card, {mine, owner_1, 24}, noon);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->size(), 56U);
    EXPECT_EQ(base64_decode(*code)->size(), 40U);
    EXPECT_EQ(card_of_code(*code, {mine, owner_1, 24}, noon), card);
    EXPECT_EQ(unique_code_of(card, {mine, owner_1, 24}, noon.plus_seconds(60)), *code);
}

TEST_F(UniqueCodeTest, OfAnotherOwnerMerchantOrKeyIsInvalid) {
    const auto code = unique_code_of(card, {mine, owner_1, 24}, noon);
    ASSERT_TRUE(code);
    EXPECT_EQ(refusal(card_of_code(*code, {mine, owner_2, 24}, noon)), ErrorCode::vault_unique_code_invalid);
    EXPECT_EQ(refusal(card_of_code(*code, {theirs, owner_1, 24}, noon)), ErrorCode::vault_unique_code_invalid);
    theirs.unique_code = mine.unique_code.clone();
    EXPECT_EQ(refusal(card_of_code(*code, {theirs, owner_1, 24}, noon)), ErrorCode::vault_unique_code_invalid);
}

TEST_F(UniqueCodeTest, OfAnOlderEpochIsOldForItsOwnerOnly) {
    const auto code = unique_code_of(card, {mine, owner_1, 24}, noon);
    const Instant later = noon.plus_seconds(48 * 3'600);
    EXPECT_EQ(refusal(card_of_code(*code, {mine, owner_1, 24}, later)), ErrorCode::vault_unique_code_old);
    EXPECT_EQ(refusal(card_of_code(*code, {mine, owner_2, 24}, later)), ErrorCode::vault_unique_code_invalid);
    EXPECT_EQ(refusal(card_of_code(*code, {mine, owner_1, 12}, noon)), ErrorCode::vault_unique_code_old);
}

TEST_F(UniqueCodeTest, EveryChangedOctetIsNoticed) {
    const auto code = unique_code_of(card, {mine, owner_1, 24}, noon);
    const Bytes octets = *base64_decode(*code);
    for (std::size_t i = 0; i < octets.size(); ++i) {
        Bytes changed = octets;
        changed[i] ^= 1;
        EXPECT_EQ(refusal(card_of_code(base64_encode(changed), {mine, owner_1, 24}, noon)),
                  ErrorCode::vault_unique_code_invalid)
            << i;
    }
    for (const std::string& other : {std::string(), code->substr(1), *code + "A", std::string(56, '!')})
        EXPECT_EQ(refusal(card_of_code(other, {mine, owner_1, 24}, noon)), ErrorCode::vault_unique_code_invalid);
}

}  // namespace
}  // namespace takas::app::vault
