#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace takas {
namespace {

TEST(time, reads_and_writes_iso_8601) {
    EXPECT_EQ(to_text(*parse_instant("2031-03-01T10:00:00Z")), "2031-03-01T10:00:00Z");
    EXPECT_EQ(to_text(*parse_instant("2031-03-01T13:00:00.5+03:00")), "2031-03-01T10:00:00.500Z");
    EXPECT_EQ(to_text(*parse_instant("2024-02-29")), "2024-02-29T00:00:00Z");
    EXPECT_EQ(to_text(*parse_date("1969-12-31")), "1969-12-31");
}

TEST(time, refuses_what_is_no_date) {
    for (const char* text : {"", "2031-02-29", "2031-13-01", "31-01-01", "2031-01-01T25:00:00Z", "2031-01-01T10:00:00",
                             "2031-01-01T10:00:00Zx", "2031-01-01 10:00:00Z"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(time, round_trips_every_microsecond) {
    EXPECT_TRUE(rc::check([] {
        const Instant t{*rc::gen::inRange<std::int64_t>(-1'000'000'000'000'000, 4'000'000'000'000'000)};
        RC_ASSERT(parse_instant(to_text(t)) == t);
    }));
}

}  // namespace
}  // namespace takas
