#include "api/framework/worker_pool.hpp"

#include <gtest/gtest.h>

#include <latch>

namespace takas::api {
namespace {

TEST(WorkerPool, RunsEverythingItTookBeforeItEnds) {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(3, 1000);
        for (int i = 0; i < 500; ++i) {
            WorkerPool::Task task = [&] { ++done; };
            ASSERT_TRUE(pool.submit(task));
        }
    }
    EXPECT_EQ(done, 500);
}

TEST(WorkerPool, RefusesWhenTheQueueIsFull) {
    std::latch started(1), may_end(1);
    WorkerPool pool(1, 2);
    WorkerPool::Task busy = [&] {
        started.count_down();
        may_end.wait();
    };
    ASSERT_TRUE(pool.submit(busy));
    started.wait();
    WorkerPool::Task first = [] {}, second = [] {}, third = [] {};
    EXPECT_TRUE(pool.submit(first));
    EXPECT_TRUE(pool.submit(second));
    EXPECT_EQ(pool.queued(), 2U);
    EXPECT_FALSE(pool.submit(third));
    EXPECT_TRUE(third);  // still the caller's
    may_end.count_down();
}

}  // namespace
}  // namespace takas::api
