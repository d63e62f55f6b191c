#include "crypto/payment/fault.hpp"

#include <gtest/gtest.h>

#include <set>

namespace takas::crypto::payment {
namespace {

TEST(fault, has_a_sentence_of_its_own) {
    std::set<std::string_view> sentences;
    for (int i = 0; i < static_cast<int>(Fault::count_); ++i) {
        const std::string_view text = text_of(static_cast<Fault>(i));
        EXPECT_FALSE(text.empty());
        EXPECT_TRUE(sentences.insert(text).second) << text;
    }
}

}  // namespace
}  // namespace takas::crypto::payment
