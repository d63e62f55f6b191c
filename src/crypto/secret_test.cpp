#include "crypto/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <ostream>
#include <type_traits>
#include <utility>

namespace takas::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> && std::is_nothrow_move_assignable_v<SecretBytes>);
static_assert(!fmt::is_formattable<SecretBytes>::value);

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
concept Comparable = requires(const T& a, const T& b) { a == b; };
static_assert(!Streamable<SecretBytes> && !Comparable<SecretBytes>);

TEST(secret, moves_and_leaves_nothing_behind) {
    SecretBytes a(bytes_of("card"));
    SecretBytes b(std::move(a));
    EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): that is the promise
    EXPECT_EQ(text_of(b.reveal()), "card");
    SecretBytes c(bytes_of("other"));
    c = std::move(b);
    EXPECT_TRUE(b.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(text_of(c.reveal()), "card");
    EXPECT_EQ(text_of(c.clone().reveal()), "card");
    c.shrink(2);
    EXPECT_EQ(text_of(c.reveal()), "ca");
}

TEST(secret, wipes_octets) {
    Bytes octets{1, 2, 3};
    wipe(octets);
    EXPECT_EQ(octets, (Bytes{0, 0, 0}));
}

TEST(secret, compares_like_equality) {
    EXPECT_TRUE(rc::check([](const Bytes& a, const Bytes& b) {
        RC_ASSERT(constant_time_equal(a, b) == (a == b));
        RC_ASSERT(constant_time_equal(a, a));
    }));
}

}  // namespace
}  // namespace takas::crypto
