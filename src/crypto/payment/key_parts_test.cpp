#include "crypto/payment/key_parts.hpp"

#include "crypto/payment/test_keys.hpp"

namespace takas::crypto::payment {
namespace {

bool are_equal(const SecretBytes& a, const SecretBytes& b) { return constant_time_equal(a.reveal(), b.reveal()); }

KeyShare copy_of(const KeyShare& share) { return {share.threshold, share.index, share.set_id, share.value.clone()}; }

TEST(key_components, combine_to_the_key_they_were_split_from) {
    EXPECT_TRUE(rc::check([] {
        const SecretBytes key = random_secret(*rc::gen::element<std::size_t>(8, 16, 24, 32));
        const std::size_t count = *rc::gen::inRange<std::size_t>(2, 10);
        const auto components = *split_into_components(key, count);
        RC_ASSERT(components.size() == count);
        RC_ASSERT(are_equal(*combine_components(components), key));
        // Without one of them it is another key (or, of two, no key at all).
        const auto fewer = combine_components(std::span(components).subspan(1));
        RC_ASSERT((count == 2 ? !fewer.has_value() : !are_equal(*fewer, key)));
    }));
}

TEST(key_components, refuse_other_lengths_and_counts) {
    std::vector<SecretBytes> parts;
    EXPECT_EQ(combine_components(parts).error(), Fault::key_components_refused);
    parts.push_back(random_secret(16));
    EXPECT_FALSE(combine_components(parts));
    parts.push_back(random_secret(24));
    EXPECT_FALSE(combine_components(parts));
    EXPECT_FALSE(split_into_components(random_secret(16), 1));
    EXPECT_FALSE(split_into_components(random_secret(16), 10));
    EXPECT_FALSE(split_into_components(SecretBytes(), 2));
}

TEST(key_shares, any_threshold_of_them_restore_the_secret) {
    EXPECT_TRUE(rc::check([] {
        const SecretBytes secret = random_secret(*rc::gen::element<std::size_t>(8, 16, 32, 64));
        const auto threshold = *rc::gen::inRange<std::uint8_t>(2, 6);
        const auto count = *rc::gen::inRange<std::uint8_t>(threshold, 9);
        auto shares = *split_into_shares(secret, threshold, count);
        RC_ASSERT(shares.size() == count);
        // A random subset of random size: the first of the shares, rotated.
        const auto first = *rc::gen::inRange<std::size_t>(0, count);
        const auto taken = *rc::gen::inRange<std::size_t>(1, count + std::size_t{1});
        std::vector<KeyShare> some;
        for (std::size_t i = 0; i < taken; ++i) some.push_back(copy_of(shares[(first + i) % count]));
        const auto joined = join_shares(some);
        RC_ASSERT(joined.has_value() == (taken >= threshold));
        if (joined) RC_ASSERT(are_equal(*joined, secret));
    }));
}

TEST(key_shares, refuse_what_is_not_of_one_set) {
    const SecretBytes secret = random_secret(32);
    const auto shares = *split_into_shares(secret, 2, 3);
    const auto others = *split_into_shares(secret, 2, 3);
    std::vector<KeyShare> mixed;
    mixed.push_back(copy_of(shares[0]));
    mixed.push_back(copy_of(others[1]));
    mixed[1].set_id = static_cast<std::uint16_t>(shares[0].set_id + 1);
    EXPECT_EQ(join_shares(mixed).error(), Fault::key_shares_refused);
    mixed[1].set_id = shares[0].set_id;  // the check value tells
    EXPECT_FALSE(join_shares(mixed));
    mixed[1] = copy_of(shares[0]);
    EXPECT_FALSE(join_shares(mixed));
    mixed[1] = copy_of(shares[1]);
    EXPECT_TRUE(join_shares(mixed));
    mixed[1].value.writable()[3] ^= 1;
    EXPECT_FALSE(join_shares(mixed));
    EXPECT_FALSE(split_into_shares(secret, 1, 3));
    EXPECT_FALSE(split_into_shares(secret, 4, 3));
    EXPECT_FALSE(split_into_shares(secret, 2, 17));
    EXPECT_FALSE(split_into_shares(SecretBytes(4), 2, 3));
}

TEST(key_shares, one_share_fits_every_secret) {
    // For a threshold of two and any one share, each value of the secret's first octet is as possible as any other:
    // there is exactly one line through the share for each. Shown by the spread over many splittings.
    const SecretBytes secret(8);
    std::array<int, 256> seen{};
    for (int i = 0; i < 2000; ++i) ++seen[(*split_into_shares(secret, 2, 2))[0].value.reveal()[0]];
    EXPECT_GT(std::ranges::count_if(seen, [](int n) { return n > 0; }), 200);
}

TEST(key_shares, have_a_text_that_finds_typing_mistakes) {
    const auto shares = *split_into_shares(random_secret(32), 2, 2);
    const std::string text = share_text(shares[0]);
    ASSERT_TRUE(text.starts_with("TKS1-"));
    const auto back = share_from_text("  " + text);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->index, shares[0].index);
    EXPECT_EQ(back->set_id, shares[0].set_id);
    EXPECT_TRUE(are_equal(back->value, shares[0].value));
    for (std::size_t i = 5; i < text.size(); ++i) {
        if (text[i] == '-') continue;
        std::string mistyped = text;
        mistyped[i] = text[i] == '0' ? '1' : '0';
        EXPECT_FALSE(share_from_text(mistyped)) << i;
        EXPECT_FALSE(share_from_text(std::string_view(text).substr(0, i))) << i;
    }
    EXPECT_FALSE(share_from_text(""));
    EXPECT_FALSE(share_from_text("TKS2" + text.substr(4)));
    EXPECT_FALSE(share_from_text(text + "-zz"));
    EXPECT_FALSE(share_from_text(std::string(100'000, '0')));
}

}  // namespace
}  // namespace takas::crypto::payment
