#include "app/catalog/time_zone.hpp"

#include <gtest/gtest.h>

namespace takas::app::catalog {
namespace {

std::string local(const char* zone, const char* instant) { return to_text(local_date(zone, *parse_instant(instant))); }

TEST(time_zone, a_day_ends_at_the_zones_midnight) {
    EXPECT_EQ(local("Europe/Istanbul", "2031-04-30T20:59:59Z"), "2031-04-30");
    EXPECT_EQ(local("Europe/Istanbul", "2031-04-30T21:00:00Z"), "2031-05-01");
    EXPECT_EQ(local("America/New_York", "2031-05-01T03:59:59Z"), "2031-04-30");
}

TEST(time_zone, follows_summer_time) {
    EXPECT_EQ(local("Europe/Berlin", "2026-03-28T22:59:59Z"), "2026-03-28");
    EXPECT_EQ(local("Europe/Berlin", "2026-03-29T22:00:00Z"), "2026-03-30");
    EXPECT_EQ(local("Europe/Berlin", "2026-10-25T22:30:00Z"), "2026-10-25");
}

TEST(time_zone, knows_names) {
    EXPECT_TRUE(is_time_zone("Europe/Istanbul"));
    EXPECT_FALSE(is_time_zone("Nope/Nowhere"));
    EXPECT_FALSE(is_time_zone("../../etc/passwd"));
    EXPECT_EQ(local("Nope/Nowhere", "2031-04-30T23:00:00Z"), "2031-04-30");
}

}  // namespace
}  // namespace takas::app::catalog
