#include <gtest/gtest.h>

#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::customers {
namespace {

using cards::CardWorld;
using cards::code_of;
using core::customer::Address;
using core::customer::AddressType;
using core::customer::Communication;
using core::customer::CommunicationType;
using core::customer::Identification;
using core::customer::IdentificationType;

Address address(AddressType type, std::string line) {
    Address one;
    one.type = type, one.address_line_1 = std::move(line);
    return one;
}

class UpsertsTest : public ::testing::Test {
  protected:
    void SetUp() override { world.add_customer("C-1"); }
    Result<Customer> put(std::vector<Address> wanted, SeenVersion seen = {}, std::string number = "C-1",
                         TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return upsert_addresses(c, number, wanted, seen); }, who);
    }
    Result<Customer> put(std::vector<Communication> wanted) {
        return world.run([&](Context& c) { return upsert_communications(c, "C-1", wanted); });
    }
    Result<Customer> put(std::vector<Identification> wanted) {
        return world.run([&](Context& c) { return upsert_identifications(c, "C-1", wanted); });
    }
    std::size_t found_by_mail(const std::string& address) {
        return list(world.context(), {.communication_info = address})->rows.size();
    }
    CardWorld world;
};

TEST_F(UpsertsTest, AnEntryReplacesItsTypeAndTheOthersStay) {
    const auto first = put({address(AddressType::home, "Sokak 1"), address(AddressType::work, "Sokak 2")});
    ASSERT_TRUE(first);
    ASSERT_EQ(first->customer_addresses.size(), 2U);
    world.clock.time = world.clock.time.plus_seconds(1);
    const auto second = put({address(AddressType::other, "Sokak 4"), address(AddressType::home, "Sokak 3")});
    ASSERT_TRUE(second);
    const auto stored = get(world.context(), "C-1")->customer_addresses;
    ASSERT_EQ(stored.size(), 3U);
    EXPECT_EQ(stored[0].address_line_1, "Sokak 3");
    EXPECT_EQ(stored[0].id, first->customer_addresses[0].id);
    EXPECT_EQ(stored[1].address_line_1, "Sokak 2");
    EXPECT_EQ(stored[2].address_line_1, "Sokak 4");
    EXPECT_TRUE(stored[2].id);
    EXPECT_EQ(second->last_modification_time, world.clock.now());
    EXPECT_EQ(second->version, 3);
}

TEST_F(UpsertsTest, TheCustomerIsFoundByWhatItHasNow) {
    ASSERT_TRUE(put({Communication{{}, CommunicationType::email, "old@example.com"}}));
    EXPECT_EQ(found_by_mail("OLD@example.com"), 1U);
    ASSERT_TRUE(put({Communication{{}, CommunicationType::email, "new@example.com"},
                     Communication{{}, CommunicationType::work_phone, "+902121112233"}}));
    EXPECT_EQ(found_by_mail("old@example.com"), 0U);
    EXPECT_EQ(found_by_mail("new@example.com"), 1U);
    EXPECT_EQ(found_by_mail("+902121112233"), 1U);
    // One number for two kinds of phone: giving up one of them keeps the other findable.
    ASSERT_TRUE(put({Communication{{}, CommunicationType::home_phone, "+902121112233"}}));
    ASSERT_TRUE(put({Communication{{}, CommunicationType::work_phone, "+902124445566"}}));
    EXPECT_EQ(found_by_mail("+902121112233"), 1U);
    ASSERT_TRUE(put({Identification{{}, IdentificationType::passport_no, "U 123", {}, {}}}));
    EXPECT_EQ(list(world.context(), {.identification_value = "u123"})->rows.size(), 1U);
}

TEST_F(UpsertsTest, RefusesAtTheCallersPaths) {
    const auto refused = put({address(AddressType::home, "a"), address(AddressType::branch, "b")});
    ASSERT_EQ(code_of(refused), ErrorCode::validation);
    EXPECT_EQ(refused.error().fields.at(0).path, "addresses[1].type");
    EXPECT_EQ(code_of(put({address(AddressType::home, "a"), address(AddressType::home, "b")})),
              ErrorCode::one_per_type);
    const auto mail = put({Communication{{}, CommunicationType::email, "nobody"}});
    ASSERT_EQ(code_of(mail), ErrorCode::validation);
    EXPECT_EQ(mail.error().fields.at(0).path, "communications[0].info");
    const auto paper = put({Identification{{}, IdentificationType::business_no, "1", {}, {}}});
    ASSERT_EQ(code_of(paper), ErrorCode::validation);
    EXPECT_EQ(paper.error().fields.at(0).path, "identifications[0].type");
    EXPECT_EQ(code_of(put({address(AddressType::home, "a")}, {}, "C-9")), ErrorCode::customer_not_found);
    EXPECT_EQ(code_of(put({address(AddressType::home, "a")}, {}, "C-1", CardWorld::other_tenant)),
              ErrorCode::customer_not_found);
    EXPECT_EQ(get(world.context(), "C-1")->version, 1);
}

TEST_F(UpsertsTest, WhoSawAnOlderVersionIsRefused) {
    ASSERT_TRUE(put({address(AddressType::home, "a")}, 1));
    EXPECT_EQ(code_of(put({address(AddressType::home, "b")}, 1)), ErrorCode::concurrent_change);
    const auto moved = world.run([&](Context& c) { return set_segment(c, "C-1", EntityId{}, 1); });
    EXPECT_EQ(code_of(moved), ErrorCode::concurrent_change);
    const auto updated =
        world.run([&](Context& c) { return update(c, "C-1", CardWorld::wanted_customer(""), SeenVersion{1}); });
    EXPECT_EQ(code_of(updated), ErrorCode::concurrent_change);
    EXPECT_TRUE(put({address(AddressType::home, "b")}, 2));
}

TEST_F(UpsertsTest, CallersAtOnceLoseNothing) {
    {
        std::vector<std::jthread> threads;
        for (const AddressType type : {AddressType::home, AddressType::work, AddressType::other})
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&, type, i] { EXPECT_TRUE(put({address(type, std::to_string(i))})); });
    }
    const auto stored = get(world.context(), "C-1");
    EXPECT_EQ(stored->customer_addresses.size(), 3U);
    EXPECT_EQ(stored->version, 13);
}

}  // namespace
}  // namespace takas::app::customers
