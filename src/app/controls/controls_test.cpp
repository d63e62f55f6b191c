#include "app/controls/controls.hpp"

#include "app/cards/card_world_test.hpp"
#include "app/controls/card_limits.hpp"
#include "app/customers/segments.hpp"

namespace takas::app::controls {
namespace {

using cards::code_of;
using core::control::ControlAction;
using core::control::VelocityPeriod;
using core::control::VersionState;
using core::identity::Tenant;

struct ControlWorld : cards::CardWorld {
    core::product::CardProduct product;
    core::product::CardProductGroup group;
    core::customer::CustomerSegment segment;

    ControlWorld() {
        ports::Unit unit;
        Tenant bank;
        bank.tenant_id = tenant;
        bank.code = "bank", bank.tenant_uuid = "1";
        bank.time_zone = "Europe/Istanbul";
        unit.insert(bank);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        product = add_product(wanted_product("V", add_range(add_bin().id).id));
        group = run([](Context& c) { return products::create_group(c, named_group()); })->group;
        segment = *run([](Context& c) { return customers::create_segment(c, {"Gold", ""}); });
    }

    static core::product::CardProductGroup named_group() {
        core::product::CardProductGroup group;
        group.name = "Group";
        return group;
    }
    static AuthorizationControl wanted(std::string name) {
        AuthorizationControl control;
        control.name = std::move(name);
        control.criteria.mcc = 7995;
        return control;
    }
    AuthorizationControl add_control(std::string name = "A") {
        auto saved = run([&](Context& c) { return create_control(c, wanted(name), std::nullopt); });
        EXPECT_TRUE(saved);
        return saved->control;
    }
    static VelocityControl wanted_velocity(std::string name, std::int64_t count) {
        VelocityControl control;
        control.name = std::move(name);
        control.period = VelocityPeriod::daily;
        control.limit_count = count;
        control.tenant_wide = true;
        return control;
    }
    auto link_to(const LinkWish& wish, EntityId control) {
        return [=](Context& c) {
            return link_stored<AuthorizationControl>(c, Family::authorization_control, control, wish);
        };
    }

    /// `first` decides; then `between` is committed; then the commit of `first` is tried, as a door does.
    template <class UseCase, class Between>
    auto overtaken(UseCase first, Between between) {
        int times = 0;
        return run([&](Context& c) {
            auto result = first(c);
            if (++times == 1) {
                EXPECT_TRUE(result) << result.error().internal_detail;
                EXPECT_TRUE(run(between));
            }
            return result;
        });
    }
};

LinkWish to_product(std::string code) { return {{}, {}, {std::move(code)}, {}, {}}; }
LinkWish to_group(EntityId id) { return {{}, {}, {}, {id}, {}}; }
LinkWish to_segment(EntityId id) { return {{}, {}, {}, {}, {id}}; }

TEST(Controls, WhatIsDeletedAtTheMomentOfLinkingIsNotLinked) {
    ControlWorld world;
    const auto control = world.add_control();
    const auto product = world.overtaken(world.link_to(to_product("V"), control.id),
                                         [](Context& c) { return products::delete_product(c, "V"); });
    EXPECT_EQ(code_of(product), ErrorCode::product_not_found);
    const auto group = world.overtaken(world.link_to(to_group(world.group.id), control.id),
                                       [&](Context& c) { return products::delete_group(c, world.group.id); });
    EXPECT_EQ(code_of(group), ErrorCode::group_not_found);
    const auto segment = world.overtaken(world.link_to(to_segment(world.segment.id), control.id),
                                         [&](Context& c) { return customers::delete_segment(c, world.segment.id); });
    EXPECT_EQ(code_of(segment), ErrorCode::segment_not_found);
    EXPECT_TRUE(world.all<ControlLink>().empty());
}

TEST(Controls, WhatIsLinkedAtTheMomentOfDeletingStays) {
    ControlWorld world;
    const auto control = world.add_control();
    const auto product = world.overtaken([](Context& c) { return products::delete_product(c, "V"); },
                                         world.link_to(to_product("V"), control.id));
    EXPECT_EQ(code_of(product), ErrorCode::product_in_use);
    const auto group = world.overtaken([&](Context& c) { return products::delete_group(c, world.group.id); },
                                       world.link_to(to_group(world.group.id), control.id));
    EXPECT_EQ(code_of(group), ErrorCode::group_in_use);
    const auto segment = world.overtaken([&](Context& c) { return customers::delete_segment(c, world.segment.id); },
                                         world.link_to(to_segment(world.segment.id), control.id));
    EXPECT_EQ(code_of(segment), ErrorCode::segment_in_use);
    EXPECT_EQ(world.all<ControlLink>().size(), 3U);
}

TEST(Controls, ADeletedControlLeavesNoLinkBehind) {
    ControlWorld world;
    const auto control = world.add_control();
    const auto linked = world.overtaken(world.link_to(to_product("V"), control.id), [&](Context& c) {
        return delete_control<AuthorizationControl>(c, control.id, {});
    });
    EXPECT_EQ(code_of(linked), ErrorCode::control_not_found);
    const auto other = world.add_control("B");
    const auto deleted =
        world.overtaken([&](Context& c) { return delete_control<AuthorizationControl>(c, other.id, {}); },
                        world.link_to(to_product("V"), other.id));
    EXPECT_TRUE(deleted);
    EXPECT_TRUE(world.all<ControlLink>().empty());
    for (const ControlVersion& version : world.all<ControlVersion>()) EXPECT_EQ(version.state, VersionState::retired);
}

TEST(Controls, OfTwoWithOneNameTheSecondIsRefused) {
    ControlWorld world;
    const auto second =
        world.overtaken([](Context& c) { return create_control(c, ControlWorld::wanted("A"), std::nullopt); },
                        [](Context& c) { return create_control(c, ControlWorld::wanted("A"), std::nullopt); });
    EXPECT_EQ(code_of(second), ErrorCode::control_exists);
}

TEST(Controls, OfTwoThatSayTheOppositeAtOnceTheSecondIsRefused) {
    ControlWorld world;
    const auto control = [](std::string name, ControlAction action, std::int32_t priority) {
        AuthorizationControl one = ControlWorld::wanted(std::move(name));
        one.tenant_wide = true, one.action = action, one.priority = priority;
        return one;
    };
    const auto create = [](AuthorizationControl one) {
        return [one](Context& c) { return create_control(c, one, std::nullopt); };
    };
    const auto created = world.overtaken(create(control("Deny", ControlAction::decline, 1)),
                                         create(control("Allow", ControlAction::allow, 1)));
    EXPECT_EQ(code_of(created), ErrorCode::control_contradiction);

    // One that is there already comes to say the opposite.
    const auto stored = world.run(create(control("Other", ControlAction::decline, 2)));
    ASSERT_TRUE(stored);
    const auto changed = world.overtaken(
        [&](Context& c) {
            return update_control(c, stored->control.id, control("Other", ControlAction::decline, 3), {});
        },
        create(control("Third", ControlAction::allow, 3)));
    EXPECT_EQ(code_of(changed), ErrorCode::control_contradiction);
    EXPECT_EQ(world.all<AuthorizationControl>().size(), 3U);
}

TEST(Controls, ThereIsABoundToHowManyThereAre) {
    ControlWorld world;
    ports::Unit unit;
    for (std::int64_t i = 1; i <= controls_max; ++i) {
        AuthorizationControl control = ControlWorld::wanted("control " + std::to_string(i));
        control.tenant_id = ControlWorld::tenant;
        control.id = EntityId{i};
        unit.insert(std::move(control));
    }
    ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    const auto more = world.run([](Context& c) { return create_control(c, ControlWorld::wanted("A"), std::nullopt); });
    EXPECT_EQ(code_of(more), ErrorCode::too_many_controls);
}

TEST(Controls, ThereIsABoundToTheLinksOfAnInstitution) {
    ControlWorld world;
    const auto control = world.add_control();
    ports::Unit unit;
    for (std::int64_t i = 1; i <= links_max; ++i) {
        ControlLink link;
        link.tenant_id = ControlWorld::tenant;
        link.id = EntityId{i};
        link.family = Family::transaction_fee;
        link.control_id = EntityId{1};
        link.level = core::control::LinkLevel::customer_segment;
        link.customer_segment_id = EntityId{i};
        unit.insert(std::move(link));
    }
    ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    EXPECT_EQ(code_of(world.run(world.link_to(to_product("V"), control.id))), ErrorCode::too_many_controls);
}

TEST(Controls, ThereIsABoundToTheDraftsInShadow) {
    ControlWorld world;
    ports::Unit unit;
    for (std::int64_t i = 1; i <= shadows_max; ++i) {
        ControlVersion version;
        version.tenant_id = ControlWorld::tenant;
        version.family = Family::velocity_control;
        version.control_id = EntityId{i};
        version.version_no = 2;
        version.state = VersionState::shadow;
        version.definition.text = "{}";
        unit.insert(std::move(version));
    }
    ASSERT_EQ(world.store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    const auto made =
        world.run([](Context& c) { return create_control(c, ControlWorld::wanted_velocity("V", 3), std::nullopt); });
    const EntityId id = made->control.id;
    ASSERT_TRUE(
        world.run([&](Context& c) { return put_draft(c, id, ControlWorld::wanted_velocity("V", 1), SeenVersion{}); }));
    const auto shadowed = world.run([&](Context& c) { return shadow_draft<VelocityControl>(c, id, SeenVersion{}); });
    EXPECT_EQ(code_of(shadowed), ErrorCode::too_many_controls);
}

TEST(Controls, WhatAVersionSaysIsReadBackAsItWasWritten) {
    ControlWorld world;
    VelocityControl wanted = ControlWorld::wanted_velocity("V", 3);
    wanted.rule = "mcc == 5411";
    wanted.currency = core::money::Currency{949};
    wanted.limit_amount = Decimal{12345, 2};
    wanted.criteria.terminal_type = core::authorization::TerminalType::atm;
    wanted.effective_from = make_date(2031, 3, 1);
    const auto saved = world.run([&](Context& c) { return create_control(c, wanted, std::nullopt); });
    ASSERT_TRUE(saved);
    const auto versions = world.all<ControlVersion>();
    ASSERT_EQ(versions.size(), 1U);
    const auto read = control_of<VelocityControl>(versions.front());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, saved->control.id);
    EXPECT_EQ(read->rule, wanted.rule);
    EXPECT_EQ(read->currency, wanted.currency);
    EXPECT_EQ(read->limit_amount, wanted.limit_amount);
    EXPECT_EQ(read->limit_count, 3);
    EXPECT_EQ(read->criteria, wanted.criteria);
    EXPECT_EQ(read->effective_from, wanted.effective_from);
    EXPECT_TRUE(read->tenant_wide && read->is_active);
}

TEST(Controls, ADraftMeetsAChangeOfItsControlAndCountsAfterIt) {
    ControlWorld world;
    const auto made =
        world.run([](Context& c) { return create_control(c, ControlWorld::wanted_velocity("V", 3), std::nullopt); });
    const EntityId id = made->control.id;
    const auto draft = world.overtaken(
        [&](Context& c) { return put_draft(c, id, ControlWorld::wanted_velocity("V", 1), SeenVersion{}); },
        [&](Context& c) { return update_control(c, id, ControlWorld::wanted_velocity("V", 2), SeenVersion{}); });
    ASSERT_TRUE(draft);
    EXPECT_EQ(draft->version.version_no, 3);
    const auto late = world.overtaken(
        [&](Context& c) { return promote_draft<VelocityControl>(c, id, SeenVersion{draft->control_version}); },
        [&](Context& c) { return shadow_draft<VelocityControl>(c, id, SeenVersion{}); });
    EXPECT_EQ(code_of(late), ErrorCode::concurrent_change);
    const auto promoted = world.run([&](Context& c) { return promote_draft<VelocityControl>(c, id, SeenVersion{}); });
    ASSERT_TRUE(promoted);
    EXPECT_EQ(promoted->control.limit_count, 1);
    EXPECT_EQ(promoted->control.active_version_no, 3);
    int active = 0;
    for (const ControlVersion& version : world.all<ControlVersion>()) active += version.state == VersionState::active;
    EXPECT_EQ(active, 1);
}

}  // namespace
}  // namespace takas::app::controls
