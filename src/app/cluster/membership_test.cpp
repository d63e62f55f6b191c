#include "app/cluster/membership.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "app/cluster/forwarding.hpp"
#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::cluster {
namespace {

struct MovableClock : ports::Clock {
    std::atomic<std::int64_t> us = parse_instant("2031-03-01T10:00:00Z")->value;
    Instant now() const override { return {us}; }
    void pass(std::int64_t seconds) { us += seconds * 1'000'000; }
};

struct MembershipTest : testing::Test {
    MovableClock clock;
    store::memory::MemoryStore store;

    std::unique_ptr<Membership> joined(std::optional<std::int64_t> wanted, const char* address) {
        auto server = std::make_unique<Membership>(store, clock);
        clock.us += 1;  // two never start in the same microsecond
        EXPECT_TRUE(server->join(wanted, std::nullopt));
        EXPECT_TRUE(server->announce(address));
        return server;
    }
};

TEST_F(MembershipTest, ANumberThatLivesIsRefusedUntilItsLeaseEnds) {
    const auto first = joined(3, "10.0.0.1:8080");
    Membership second(store, clock);
    const auto refused = second.join(3, std::nullopt);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().internal_detail.find("10.0.0.1:8080"), std::string::npos);
    clock.pass(lease_s);
    EXPECT_EQ(*second.join(3, std::nullopt), 3);
    EXPECT_TRUE(first->refresh());
    EXPECT_TRUE(first->is_lost()) << "it still believes in a number that another one has";
}

TEST_F(MembershipTest, ItsOwnEarlierLifeDoesNotBlockAServer) {
    const Instant before = joined(3, "")->started_at();
    clock.pass(1);
    Membership again(store, clock);
    EXPECT_EQ(*again.join(3, before), 3);
    Membership any(store, clock);
    clock.pass(1);
    EXPECT_EQ(*any.join(std::nullopt, again.started_at()), 3);
}

TEST_F(MembershipTest, FreeNumbersAreGivenOnceAndThoseLongestGoneFirst) {
    std::vector<std::unique_ptr<Membership>> servers(node_count);
    std::set<std::int64_t> numbers;
    {
        std::vector<std::jthread> threads;
        for (auto& server : servers) {
            server = std::make_unique<Membership>(store, clock);
            threads.emplace_back([&] { EXPECT_TRUE(server->join(std::nullopt, std::nullopt)); });
        }
    }
    for (const auto& server : servers) numbers.insert(server->node());
    EXPECT_EQ(numbers.size(), 16U);
    Membership late(store, clock);
    EXPECT_FALSE(late.join(std::nullopt, std::nullopt));
    const auto by_number = [&](std::int64_t node) {
        return std::ranges::find(servers, node, [](const auto& server) { return server->node(); })->get();
    };
    by_number(7)->leave();
    EXPECT_EQ(*late.join(std::nullopt, std::nullopt), 7);
}

TEST_F(MembershipTest, TheLivingAreSeenAndTheSilentForgotten) {
    const auto one = joined(1, "10.0.0.1:80"), two = joined(2, "10.0.0.2:80");
    EXPECT_TRUE(one->refresh());
    EXPECT_TRUE(one->view()->has_others());
    EXPECT_TRUE(one->view()->is_first());
    EXPECT_FALSE(two->view()->is_first());
    for (int i = 0; i < 4; ++i) {
        clock.pass(renew_after_s);
        EXPECT_TRUE(one->refresh());
    }
    EXPECT_FALSE(one->view()->has_others()) << "silent for longer than its lease";
    EXPECT_TRUE(two->refresh());
    EXPECT_TRUE(two->view()->has_others());
    EXPECT_TRUE(one->refresh());
    EXPECT_TRUE(one->view()->has_others()) << "it was only paused";
    two->leave();
    EXPECT_TRUE(one->refresh());
    EXPECT_FALSE(one->view()->has_others());
    EXPECT_TRUE(two->refresh());
    EXPECT_TRUE(one->refresh());
    EXPECT_FALSE(one->view()->has_others()) << "who left does not renew";
}

/// Answers what it is told to.
struct FakeDoor final : ports::PeerDoor {
    void send(ports::PeerRequest request, Done done) override {
        addresses.push_back(request.address);
        done(reply);
    }
    ports::PeerReply reply{ports::PeerOutcome::answered, 200, {}};
    std::vector<std::string> addresses;
};

TEST_F(MembershipTest, AccountsOfTheOtherGoThereUnlessItFails) {
    const auto one = joined(1, "10.0.0.1:80"), two = joined(2, "10.0.0.2:80"), silent = joined(3, "");
    EXPECT_TRUE(one->refresh());
    auto door = std::make_unique<FakeDoor>();
    FakeDoor& wire = *door;
    Forwarding forwarding(*one, std::move(door));
    EXPECT_FALSE(forwarding.elsewhere(AccountId{})) << "of unknown cards";
    std::vector<AccountId> others;
    for (std::int64_t id = 1; id <= 1000; ++id)
        if (const auto address = forwarding.elsewhere(AccountId{id})) {
            EXPECT_EQ(*address, "10.0.0.2:80");
            others.push_back(AccountId{id});
        }
    EXPECT_GT(others.size(), 300U);
    EXPECT_LT(others.size(), 700U);
    forwarding.send({"10.0.0.2:80", "/", {}, {}}, [](const ports::PeerReply&) {});
    EXPECT_TRUE(forwarding.elsewhere(others.front()));
    wire.reply.outcome = ports::PeerOutcome::unanswered;
    forwarding.send({"10.0.0.2:80", "/", {}, {}}, [](const ports::PeerReply&) {});
    EXPECT_FALSE(forwarding.elsewhere(others.front())) << "left alone for a second";
    EXPECT_EQ(forwarding.failed(), 1U);
    std::this_thread::sleep_for(Forwarding::pause_after_failure);
    EXPECT_TRUE(forwarding.elsewhere(others.front()));
    clock.pass(lease_s);
    EXPECT_TRUE(one->refresh());
    EXPECT_FALSE(forwarding.elsewhere(others.front())) << "its lease is over";
}

}  // namespace
}  // namespace takas::app::cluster
