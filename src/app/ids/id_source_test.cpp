#include "app/ids/id_source.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

namespace takas::app::ids {
namespace {

struct FixedClock : ports::Clock {
    Instant time = *parse_instant("2026-11-21T12:00:00Z");
    Instant now() const override { return time; }
};

TEST(id_source, ids_rise_even_when_the_clock_steps_back) {
    FixedClock clock;
    IdSource ids(clock, 3);
    auto last = ids.next<TransactionId>();
    for (int i = 0; i < 5000; ++i) {
        if (i == 1000) clock.time = clock.time.plus_seconds(-3600);
        const auto next = ids.next<TransactionId>();
        ASSERT_GT(next, last);
        last = next;
    }
    EXPECT_LT(last.value, std::int64_t{1} << 53);
}

TEST(id_source, starts_above_what_is_stored) {
    FixedClock clock;
    const auto future = first_id_at(clock.time.plus_seconds(60));
    IdSource ids(clock, 0, future);
    EXPECT_GT(ids.next<TokenId>().value, future);
}

TEST(id_source, nodes_and_threads_never_collide) {
    FixedClock clock;
    IdSource a(clock, 0), b(clock, 15);
    std::vector<std::vector<std::int64_t>> made(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < made.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 3000; ++i) made[t].push_back((t % 2 ? a : b).next<TokenId>().value);
        });
    for (auto& t : threads) t.join();
    std::set<std::int64_t> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    EXPECT_EQ(all.size(), 12'000U);
}

TEST(id_source, an_id_is_not_before_its_time) {
    FixedClock clock;
    IdSource ids(clock, 0);
    EXPECT_GE(ids.next<TokenId>().value, first_id_at(clock.time));
    const auto id = ids.next<TokenId>();
    EXPECT_LT(id.value, first_id_at(clock.time.plus_seconds(1)));
    EXPECT_EQ(time_of_id(id.value), clock.time);
}

}  // namespace
}  // namespace takas::app::ids
