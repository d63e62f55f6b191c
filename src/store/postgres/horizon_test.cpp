// The rule of the horizon, against a model of a coordinator and its workers. On a real Citus: citus_test.cpp.
#include "store/postgres/horizon.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace takas::store::postgres {
namespace {

TEST(open_commits, are_awaited) {
    OpenCommits commits;
    EXPECT_EQ(commits.see(10, {}), 10);
    EXPECT_EQ(commits.see(20, {"a", "b"}), 10) << "a and b may be below 20";
    EXPECT_TRUE(commits.is_waiting());
    EXPECT_EQ(commits.see(30, {"b", "c"}), 10);
    EXPECT_EQ(commits.see(40, {"c", "d"}), 20) << "c may be above 20: it is not waited for";
    EXPECT_EQ(commits.see(50, {"e"}), 40);
    EXPECT_EQ(commits.see(60, {}), 60);
    EXPECT_FALSE(commits.is_waiting());
}

/// A transaction takes its number, is prepared on a worker, ends on the coordinator, and comes to light on the worker.
struct Model {
    enum class Stage : std::uint8_t { open, prepared, ended, visible };
    struct Transaction {
        std::int64_t number;
        Stage stage;
    };
    std::vector<Transaction> all;

    std::int64_t first_open() const {
        for (const auto& t : all)
            if (t.stage < Stage::ended) return t.number;
        return static_cast<std::int64_t>(all.size()) + 1;
    }
    std::set<std::string> prepared() const {
        std::set<std::string> names;
        for (const auto& t : all)
            if (t.stage == Stage::prepared || t.stage == Stage::ended) names.insert(std::to_string(t.number));
        return names;
    }
    bool shows_all_below(std::int64_t number) const {
        for (const auto& t : all)
            if (t.number < number && t.stage != Stage::visible) return false;
        return true;
    }
};

TEST(open_commits, nothing_comes_to_light_below_the_horizon) {
    std::mt19937 random(7);
    int naive_failures = 0;
    for (int run = 0; run < 200; ++run) {
        Model model;
        OpenCommits commits;
        std::int64_t horizon = 0;
        const auto go_on = [&](int steps) {
            for (int i = 0; i < steps; ++i) {
                const std::size_t at = random() % (model.all.size() + 1);
                if (at == model.all.size())
                    model.all.push_back({static_cast<std::int64_t>(at) + 1, Model::Stage::open});
                else if (auto& stage = model.all[at].stage; stage != Model::Stage::visible)
                    stage = static_cast<Model::Stage>(static_cast<int>(stage) + 1);
            }
        };
        for (int turn = 0; turn < 50; ++turn) {
            go_on(10);
            const std::int64_t number = model.first_open();
            naive_failures += model.shows_all_below(number) ? 0 : 1;
            go_on(static_cast<int>(random() % 5));  // the list is made later than the number
            const std::int64_t now = commits.see(number, model.prepared());
            ASSERT_GE(now, horizon);
            horizon = now;
            ASSERT_TRUE(model.shows_all_below(horizon)) << "run " << run << ", turn " << turn;
        }
        for (auto& t : model.all) t.stage = Model::Stage::visible;
        const std::int64_t end = model.first_open();
        EXPECT_EQ(commits.see(end, {}), end) << "it arrives";
    }
    EXPECT_GT(naive_failures, 0) << "the model shows what happens without it";
}

}  // namespace
}  // namespace takas::store::postgres
