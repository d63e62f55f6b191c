#include "app/audit/recorder.hpp"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "app/audit/audit_log.hpp"
#include "app/cards/card_world_test.hpp"
#include "app/cards/change_card.hpp"
#include "app/verify/verify.hpp"

namespace takas::app::audit {
namespace {

using core::audit::Action;
using core::audit::AuditHead;
using core::audit::AuditRecord;
using core::audit::Subject;
using core::audit::Topic;

struct RecorderTest : testing::Test {
    cards::CardWorld world;

    RecorderTest() {
        core::identity::Tenant bank;
        bank.tenant_id = cards::CardWorld::tenant, bank.code = "bank", bank.tenant_uuid = "2";
        ports::Unit unit;
        unit.insert(std::move(bank));
        EXPECT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        range = world.add_range(world.add_bin().id).id;
        product = world.add_product(cards::CardWorld::wanted_product("V", range));
        world.add_customer();
    }

    std::vector<AuditRecord> records(Subject subject, const std::string& key) {
        std::vector<AuditRecord> found;
        for (AuditRecord& one : world.all<AuditRecord>())
            if (one.subject == subject && one.subject_key == key) found.push_back(std::move(one));
        return found;
    }

    void expect_sound() {
        verify::Options options;
        options.secret_box = &world.secret_box;
        const auto report = verify::verify(world.store, {}, options);
        ASSERT_TRUE(report);
        for (const auto& one : report->differences)
            EXPECT_FALSE(one.what.starts_with("audit.")) << one.what << " " << one.where;
        EXPECT_GT(report->audit_records, 0);
    }

    EntityId range;
    core::product::CardProduct product;
};

std::map<std::string, std::pair<std::string, std::string>> changes_of(const AuditRecord& record) {
    std::map<std::string, std::pair<std::string, std::string>> out;
    for (const auto& one : record.property_changes)
        out[one.property_name] = {one.old_value.value_or("-"), one.new_value.value_or("-")};
    return out;
}

TEST_F(RecorderTest, a_product_has_a_record_of_each_change_and_another_of_its_policy) {
    auto wanted = product;
    wanted.name = "Renamed";
    wanted.policy = core::product::CardPolicy{};
    wanted.policy->domestic.emplace().pos = false;
    ASSERT_TRUE(world.run([&](Context& c) {
        c.service_name = "updateCardProduct", c.user_name = "ayşe", c.client_address = "192.0.2.7";
        return products::update_product(c, "V", wanted);
    }));
    const auto all = records(Subject::product, "V");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].action, Action::created);
    EXPECT_EQ(all[1].topic, Topic::product);
    EXPECT_EQ(changes_of(all[1]).at("name"), std::pair(std::string("Product"), std::string("Renamed")));
    EXPECT_EQ(changes_of(all[1]).size(), 1U);
    EXPECT_EQ(all[2].topic, Topic::policy);
    EXPECT_EQ(changes_of(all[2]).at("policy.domestic.pos"), std::pair(std::string("-"), std::string("false")));
    EXPECT_EQ(all[2].service_name, "updateCardProduct");
    EXPECT_EQ(all[2].user_name, "ayşe");
    EXPECT_EQ(all[2].client_ip_address, "192.0.2.7");
    EXPECT_EQ(all[2].correlation_id, "test");
    EXPECT_EQ(all[2].execution_time, world.clock.now());
    expect_sound();
}

TEST_F(RecorderTest, a_change_of_nothing_is_none) {
    ASSERT_TRUE(world.run([&](Context& c) { return products::update_product(c, "V", product); }));
    EXPECT_EQ(records(Subject::product, "V").size(), 1U);
}

TEST_F(RecorderTest, a_chain_goes_on_after_its_subject_was_deleted) {
    ASSERT_TRUE(world.run([&](Context& c) { return products::delete_product(c, "V"); }));
    world.add_product(cards::CardWorld::wanted_product("V", range));
    const auto all = records(Subject::product, "V");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1].action, Action::deleted);
    EXPECT_EQ(all[2].action, Action::created);
    expect_sound();
}

TEST_F(RecorderTest, a_card_has_its_changes_and_no_secrets) {
    auto wanted = cards::CardWorld::wanted_card();
    wanted.phone_number = "+905551112233";
    const auto card = world.issue(wanted);
    ASSERT_TRUE(card);
    auto context = world.context();
    for (const char* name : {"AYSE Y", "AYSE Z"})
        ASSERT_TRUE(cards::change_card(context, {card->token_id}, [&](lane::Work& work, const core::card::Card& now) {
            auto after = now;
            after.personalized_name_line_1 = name;
            work.update(std::move(after));
            return Result<void>();
        }));
    const auto all = records(Subject::card, std::to_string(card->token_id.value));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(changes_of(all[0]).at("phoneNumber").second, "***");
    EXPECT_EQ(changes_of(all[0]).count("panSealed"), 0U);
    EXPECT_EQ(changes_of(all[2]).at("personalizedNameLine1"), std::pair(std::string("AYSE Y"), std::string("AYSE Z")));
    expect_sound();
}

/// Two callers of the same card and of the same product: no record is lost, no number is given twice.
TEST_F(RecorderTest, changes_at_the_same_time_stand_one_behind_the_other) {
    const auto card = world.issue(cards::CardWorld::wanted_card());
    ASSERT_TRUE(card);
    constexpr int callers = 4, changes = 20;
    std::vector<std::jthread> threads;
    for (int caller = 0; caller < callers; ++caller)
        threads.emplace_back([&, caller] {
            for (int i = 0; i < changes; ++i) {
                auto context = world.context();
                EXPECT_TRUE(
                    cards::change_card(context, {card->token_id}, [&](lane::Work& work, const core::card::Card& now) {
                        auto after = now;
                        after.external_reference = std::to_string(caller * changes + i);
                        work.update(std::move(after));
                        return Result<void>();
                    }));
            }
        });
    threads.clear();
    EXPECT_EQ(records(Subject::card, std::to_string(card->token_id.value)).size(), 1U + callers * changes);
    expect_sound();
}

TEST_F(RecorderTest, lists_are_narrowed_and_belong_to_their_institution) {
    const auto card = world.issue(cards::CardWorld::wanted_card());
    const auto listed = [&](const AuditQuery& query, TenantId who = cards::CardWorld::tenant) {
        return list(world.context(who), query)->total_count;
    };
    EXPECT_EQ(listed({.topic = Topic::card}), 1);
    EXPECT_EQ(listed({.topic = Topic::product}), 2) << "a range and a product";
    EXPECT_EQ(listed({.topic = Topic::product, .subject = Subject::product}), 1);
    EXPECT_EQ(listed({.topic = Topic::policy}), 0);
    EXPECT_EQ(listed({.topic = Topic::card, .action = Action::updated}), 0);
    EXPECT_EQ(listed({.topic = Topic::card, .user_name = "nobody"}), 0);
    EXPECT_EQ(listed({.topic = Topic::card, .from = world.clock.now(), .to = world.clock.now()}), 0);
    EXPECT_EQ(listed({.topic = Topic::card, .from = world.clock.now()}), 1);
    EXPECT_EQ(listed({.topic = Topic::card}, cards::CardWorld::other_tenant), 0);
}

}  // namespace
}  // namespace takas::app::audit
