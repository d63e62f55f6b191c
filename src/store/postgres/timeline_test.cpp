#include "store/postgres/timeline.hpp"

#include <gtest/gtest.h>

namespace takas::store::postgres {
namespace {

TEST(timeline, an_older_one_is_refused_once_a_newer_one_was_seen) {
    NewestTimeline newest;
    EXPECT_TRUE(newest.admits(7));
    EXPECT_TRUE(newest.admits(7));
    EXPECT_TRUE(newest.admits(8));
    EXPECT_FALSE(newest.admits(7));
    EXPECT_TRUE(newest.admits(8));
}

TEST(timeline, a_server_that_does_not_tell_is_believed) {
    NewestTimeline newest;
    EXPECT_TRUE(newest.admits(8));
    EXPECT_TRUE(newest.admits(0));
    EXPECT_FALSE(newest.admits(7));
}

}  // namespace
}  // namespace takas::store::postgres
