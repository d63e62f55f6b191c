#include "app/customers/customers.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::customers {
namespace {

using cards::CardWorld;
using cards::code_of;
using core::customer::CommunicationType;
using core::customer::IdentificationType;

Customer wanted(std::string number) {
    Customer c = CardWorld::wanted_customer(std::move(number));
    c.customer_identifications = {{{}, IdentificationType::national_identity_no, "10000000146", {}, {}}};
    c.customer_communications = {{{}, CommunicationType::email, "Ayse@Example.com"}};
    return c;
}

class CustomersTest : public ::testing::Test {
  protected:
    Result<Customer> make(const Customer& c, TenantId who = CardWorld::tenant) {
        return world.run([&](Context& context) { return create(context, c); }, who, ErrorCode::customer_exists);
    }
    std::vector<std::string> numbers(const ListQuery& query, TenantId who = CardWorld::tenant) {
        std::vector<std::string> out;
        for (const Customer& c : list(world.context(who), query)->rows) out.push_back(c.customer_no);
        return out;
    }
    CardWorld world;
};

TEST_F(CustomersTest, CreateStoresCustomerSearchRowsAndEvent) {
    const auto made = make(wanted("C-1"));
    ASSERT_TRUE(made);
    const auto stored = get(world.context(), "C-1");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->id, made->id);
    EXPECT_TRUE(stored->customer_identifications[0].id);
    EXPECT_EQ(world.all<core::customer::CustomerSearch>().size(), 2U);
    const auto events = world.all<core::event::DomainEvent>();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].stream_id, made->id.value);
    EXPECT_EQ(events[0].payload,
              "{\"Id\":" + std::to_string(made->id.value) +
                  ",\"CustomerNo\":\"C-1\",\"Name\":\"Ayşe\",\"Midname\":null,\"Surname\":\"Yılmaz\","
                  "\"Nationality\":null,\"Gender\":null,\"MaritalStatus\":null,\"DisabledType\":null,"
                  "\"BirthDate\":null,\"BirthPlace\":null,\"FatherName\":null,\"MotherMaidenName\":null,"
                  "\"MotherName\":null,\"CreationTime\":\"" +
                  to_text(world.clock.now()) + "\",\"CreatorId\":\"00000000-0000-4000-8000-000000000001\"}");
}

TEST_F(CustomersTest, NumbersAreUniqueInsideAnInstitution) {
    EXPECT_TRUE(make(wanted("C-1")));
    EXPECT_EQ(code_of(make(wanted("C-1"))), ErrorCode::customer_exists);
    EXPECT_TRUE(make(wanted("C-1"), CardWorld::other_tenant));
    EXPECT_EQ(code_of(get(world.context(), "C-2")), ErrorCode::customer_not_found);
    Customer in_segment = wanted("C-3");
    in_segment.segment_id = EntityId{7};
    EXPECT_EQ(code_of(make(in_segment)), ErrorCode::segment_not_found);
}

TEST_F(CustomersTest, GetOrCreateAtOnceGivesOneCustomer) {
    std::atomic<int> created = 0;
    std::vector<std::int64_t> ids(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < ids.size(); ++i)
            threads.emplace_back([&, i] {
                const auto gotten = world.run([&](Context& c) { return get_or_create(c, wanted("C-1")); });
                ASSERT_TRUE(gotten);
                created += gotten->created ? 1 : 0;
                ids[i] = gotten->customer.id.value;
            });
    }
    EXPECT_EQ(created, 1);
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 1U);
    EXPECT_EQ(world.all<Customer>().size(), 1U);
}

TEST_F(CustomersTest, ListFiltersAndSorts) {
    Customer second = wanted("C-2");
    second.name = "Mehmet", second.surname = "Kaya";
    second.customer_communications[0].info = "mehmet@example.com";
    ASSERT_TRUE(make(wanted("C-1")));
    ASSERT_TRUE(make(second));
    ASSERT_TRUE(make(wanted("X-1"), CardWorld::other_tenant));
    using Numbers = std::vector<std::string>;
    EXPECT_EQ(numbers({}), (Numbers{"C-2", "C-1"}));
    EXPECT_EQ(numbers({}, CardWorld::other_tenant), Numbers{"X-1"});
    EXPECT_EQ(numbers({.customer_no = "C-1"}), Numbers{"C-1"});
    EXPECT_EQ(numbers({.name = "mehm"}), Numbers{"C-2"});
    EXPECT_EQ(numbers({.surname = "kaya"}), Numbers{"C-2"});
    EXPECT_EQ(numbers({.type = core::customer::CustomerType::company}), Numbers{});
    EXPECT_EQ(numbers({.identification_value = "10000000146"}), (Numbers{"C-2", "C-1"}));
    EXPECT_EQ(numbers({.identification_value = "10000000146", .page = {.order = {{"surname"}}}}),
              (Numbers{"C-2", "C-1"}));
    EXPECT_EQ(numbers({.identification_value = "10000000146", .page = {.order = {{"customer_no"}}, .skip = 1}}),
              Numbers{"C-2"});
    EXPECT_EQ(numbers({.communication_info = "AYSE@example.com"}), Numbers{"C-1"});
    EXPECT_EQ(numbers({.identification_value = "10000000146", .communication_info = "mehmet@example.com"}),
              Numbers{"C-2"});
    EXPECT_EQ(numbers({.communication_info = "nobody"}), Numbers{});
    EXPECT_EQ(numbers({.created_from = world.clock.now()}), (Numbers{"C-2", "C-1"}));
    EXPECT_EQ(numbers({.created_to = world.clock.now()}), Numbers{});
    EXPECT_EQ(numbers({.page = {.order = {{"customer_no"}}, .limit = 1}}), Numbers{"C-1"});
    EXPECT_EQ(list(world.context(), {.page = {.limit = 1}})->total_count, 2);
}

TEST_F(CustomersTest, NamesAreFoundAndSortedAsTurkishHasThem) {
    const auto add = [&](std::string number, std::string name, std::string surname) {
        Customer c = wanted(std::move(number));
        c.name = std::move(name), c.surname = std::move(surname);
        ASSERT_TRUE(make(c));
    };
    add("1", "İsmail", "Şahin");
    add("2", "Isabel", "Sarı");
    add("3", "Çiğdem", "IŞIK");
    add("4", "Cem", "Işık");
    using Numbers = std::vector<std::string>;
    EXPECT_EQ(numbers({.surname = "ışık", .page = {.order = {{"customer_no"}}}}), (Numbers{"3", "4"}));
    EXPECT_EQ(numbers({.surname = "işik"}), Numbers{});
    EXPECT_EQ(numbers({.name = "ismail"}), Numbers{"1"});
    EXPECT_EQ(numbers({.name = "İSMAİL"}), Numbers{"1"});
    EXPECT_EQ(numbers({.name = "çİĞ"}), Numbers{"3"});
    EXPECT_EQ(numbers({.page = {.order = {{"name_key"}}}}), (Numbers{"4", "3", "2", "1"}));
    EXPECT_EQ(numbers({.page = {.order = {{"surname_key"}, {"name_key"}}}}), (Numbers{"4", "3", "2", "1"}));
    Customer renamed = CardWorld::wanted_customer("");
    renamed.name = "Ümit";
    ASSERT_TRUE(world.run([&](Context& c) { return update(c, "4", renamed); }));
    EXPECT_EQ(numbers({.name = "ümİT"}), Numbers{"4"});
    EXPECT_EQ(numbers({.name = "cem"}), Numbers{});
}

TEST_F(CustomersTest, UpdateReplacesTheCustomersOwnFields) {
    ASSERT_TRUE(make(wanted("C-1")));
    Customer change = CardWorld::wanted_customer("ignored");
    change.name = "Fatma";
    const auto update_as = [&](const Customer& to, TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return update(c, "C-1", to); }, who);
    };
    ASSERT_TRUE(update_as(change));
    const auto stored = get(world.context(), "C-1");
    EXPECT_EQ(stored->name, "Fatma");
    EXPECT_EQ(stored->version, 2);
    EXPECT_EQ(stored->customer_communications.size(), 1U);
    EXPECT_TRUE(stored->last_modification_time);
    EXPECT_EQ(code_of(update_as(change, CardWorld::other_tenant)), ErrorCode::customer_not_found);
    change.type = core::customer::CustomerType::company;
    change.business_detail = core::customer::BusinessDetail{"a", "1", "b"};
    const auto refused = update_as(change);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields.at(0).path, "type");
}

}  // namespace
}  // namespace takas::app::customers
