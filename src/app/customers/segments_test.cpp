#include "app/customers/segments.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::customers {
namespace {

using cards::CardWorld;
using cards::code_of;

class SegmentsTest : public ::testing::Test {
  protected:
    Result<CustomerSegment> make(std::string name, TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return create_segment(c, {name, "about " + name}); }, who);
    }
    Result<void> remove(EntityId id, SeenVersion seen = {}, TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return delete_segment(c, id, seen); }, who);
    }
    Result<CustomerSegment> rename(EntityId id, std::string name, SeenVersion seen = {},
                                   TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return update_segment(c, id, {name, ""}, seen); }, who);
    }
    Result<Customer> customer_in(std::string number, EntityId segment) {
        auto wanted = CardWorld::wanted_customer(std::move(number));
        wanted.segment_id = segment;
        return world.run([&](Context& c) { return create(c, wanted); });
    }
    std::vector<std::string> names(const SegmentQuery& query) {
        std::vector<std::string> out;
        for (const auto& one : list_segments(world.context(), query)->rows) out.push_back(one.name);
        return out;
    }
    CardWorld world;
};

TEST_F(SegmentsTest, AreListedInTurkishOrderAndFoundInAnyCase) {
    for (const char* name : {"Şube", "Ihlamur", "Saray", "İnci", "Zirve", "Çınar", "Cadde"}) ASSERT_TRUE(make(name));
    ASSERT_TRUE(make("Saray", CardWorld::other_tenant));
    using Names = std::vector<std::string>;
    EXPECT_EQ(names({}), (Names{"Cadde", "Çınar", "Ihlamur", "İnci", "Saray", "Şube", "Zirve"}));
    EXPECT_EQ(names({.name = "İNCİ"}), Names{"İnci"});
    EXPECT_EQ(names({.name = "ıh"}), Names{"Ihlamur"});
    EXPECT_EQ(names({.name = "ih"}), Names{});
    EXPECT_EQ(names({.page = {.skip = 5, .limit = 1}}), Names{"Şube"});
    EXPECT_EQ(list_segments(world.context(), {.page = {.limit = 1}})->total_count, 7);
}

TEST_F(SegmentsTest, NamesAreUniqueAndChangesAreGuarded) {
    const auto gold = make("Gold");
    ASSERT_TRUE(gold);
    EXPECT_EQ(code_of(make("Gold")), ErrorCode::already_exists);
    const auto silver = make("Silver");
    EXPECT_EQ(code_of(rename(silver->id, "Gold")), ErrorCode::already_exists);
    const auto renamed = rename(gold->id, "Gold plus", 1);
    ASSERT_TRUE(renamed);
    EXPECT_EQ(renamed->version, 2);
    EXPECT_EQ(code_of(rename(gold->id, "x", 1)), ErrorCode::concurrent_change);
    EXPECT_EQ(code_of(rename(gold->id, "x", {}, CardWorld::other_tenant)), ErrorCode::not_found);
    EXPECT_EQ(code_of(remove(gold->id, {}, CardWorld::other_tenant)), ErrorCode::not_found);
    EXPECT_EQ(code_of(remove(gold->id, 1)), ErrorCode::concurrent_change);
    EXPECT_TRUE(remove(gold->id, 2));
    EXPECT_EQ(code_of(remove(gold->id)), ErrorCode::not_found);
}

TEST_F(SegmentsTest, ASegmentWithCustomersStays) {
    const auto gold = make("Gold");
    ASSERT_TRUE(customer_in("C-1", gold->id));
    EXPECT_EQ(code_of(remove(gold->id)), ErrorCode::segment_in_use);
    EXPECT_EQ(code_of(customer_in("C-2", EntityId{7})), ErrorCode::segment_not_found);
    const auto move = [&](EntityId to) { return world.run([&](Context& c) { return set_segment(c, "C-1", to); }); };
    EXPECT_EQ(code_of(move(EntityId{7})), ErrorCode::segment_not_found);
    const auto moved = move(EntityId{});
    ASSERT_TRUE(moved);
    EXPECT_FALSE(moved->segment_id);
    EXPECT_TRUE(remove(gold->id));
}

TEST_F(SegmentsTest, NobodyComesIntoASegmentThatGoes) {
    for (int round = 0; round < 20; ++round) {
        const auto segment = make("S");
        ASSERT_TRUE(segment);
        const std::string number = "R-" + std::to_string(round);
        std::optional<Result<Customer>> joined;
        std::optional<Result<void>> removed;
        {
            const std::jthread one([&] { joined = customer_in(number, segment->id); });
            const std::jthread other([&] { removed = remove(segment->id); });
        }
        EXPECT_NE(joined->has_value(), removed->has_value()) << round;
        if (!*joined) EXPECT_EQ(code_of(*joined), ErrorCode::segment_not_found);
        if (*removed) continue;
        EXPECT_EQ(code_of(*removed), ErrorCode::segment_in_use);
        ASSERT_TRUE(world.run([&](Context& c) { return set_segment(c, number, EntityId{}); }));
        ASSERT_TRUE(remove(segment->id));
    }
}

}  // namespace
}  // namespace takas::app::customers
