#include "app/cluster/ring.hpp"

#include <gtest/gtest.h>

#include <map>

namespace takas::app::cluster {
namespace {

constexpr int accounts = 40'000;

/// Ids as the id source makes them: time above, node and sequence below.
AccountId account(int i) { return AccountId{(60'000'000'000LL + i * 37) << 13}; }

std::vector<std::int64_t> first_nodes(std::int64_t count) {
    std::vector<std::int64_t> nodes;
    for (std::int64_t node = 0; node < count; ++node) nodes.push_back(node);
    return nodes;
}

TEST(Ring, NobodyOwnsWhereNobodyIs) { EXPECT_FALSE(Ring().owner_of(AccountId{7})); }

TEST(Ring, SharesAreWithinAFifthOfEqual) {
    for (std::int64_t count = 1; count <= 16; ++count) {
        const Ring ring(first_nodes(count));
        std::map<std::int64_t, int> shares;
        for (int i = 0; i < accounts; ++i) ++shares[*ring.owner_of(account(i))];
        for (const auto& [node, share] : shares) {
            const double of_equal = static_cast<double>(share) * static_cast<double>(count) / accounts;
            EXPECT_GT(of_equal, 0.8) << "node " << node << " of " << count;
            EXPECT_LT(of_equal, 1.2) << "node " << node << " of " << count;
        }
        EXPECT_EQ(shares.size(), static_cast<std::size_t>(count));
    }
}

TEST(Ring, OneThatGoesMovesOnlyItsOwnAccounts) {
    const Ring all(first_nodes(4)), without(std::vector<std::int64_t>{0, 1, 3});
    for (int i = 0; i < accounts; ++i) {
        const auto before = *all.owner_of(account(i)), after = *without.owner_of(account(i));
        if (before != 2)
            ASSERT_EQ(after, before);
        else
            ASSERT_NE(after, 2);
    }
}

TEST(Ring, TheOrderOfTheListDoesNotMatter) {
    const Ring one(std::vector<std::int64_t>{3, 0, 9}), other(std::vector<std::int64_t>{0, 9, 3});
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(one.owner_of(account(i)), other.owner_of(account(i)));
}

}  // namespace
}  // namespace takas::app::cluster
