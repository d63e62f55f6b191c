#include "app/vault/turns.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace takas::app::vault {
namespace {

using namespace std::chrono_literals;

TEST(Turns, OneAtATimeAndEverybodyOnce) {
    constexpr int callers = 16, rounds = 200;
    Turns turns;
    std::atomic<int> at_chain = 0, met = 0, refused = 0;
    int count = 0;  // without a turn, a race
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < callers; ++i)
            threads.emplace_back([&] {
                for (int round = 0; round < rounds; ++round) {
                    const auto turn = turns.take("a");
                    if (!turn) {
                        ++refused;
                        continue;
                    }
                    if (++at_chain != 1) ++met;
                    ++count;
                    --at_chain;
                }
            });
    }
    EXPECT_EQ(met, 0);
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(count, callers * rounds);
}

TEST(Turns, OtherChainsDoNotWaitAndPatienceEnds) {
    Turns turns;
    auto first = turns.take("a", 0ms);
    ASSERT_TRUE(first);
    EXPECT_TRUE(turns.take("b", 0ms));
    EXPECT_FALSE(turns.take("a", 1ms));
    first.reset();
    EXPECT_TRUE(turns.take("a", 0ms)) << "who lost patience does not get the turn later";
}

TEST(Turns, KnowsItsOwn) {
    Turns turns;
    const std::vector<Turns::Turn> none{std::make_shared<const int>(1)};
    EXPECT_FALSE(turns.has_turn(none));
    const std::vector<Turns::Turn> one{none.front(), turns.take("a")};
    EXPECT_TRUE(turns.has_turn(one));
}

TEST(Turns, ATurnMayOutliveTheTurns) {
    Turns::Turn turn;
    {
        Turns turns;
        turn = turns.take("a");
    }
    turn.reset();
}

}  // namespace
}  // namespace takas::app::vault
