#include "app/products/products.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "app/cards/card_world_test.hpp"

namespace takas::app::products {
namespace {

using cards::CardWorld;
using cards::code_of;
using core::product::Allocation;

class ProductsTest : public ::testing::Test {
  protected:
    void SetUp() override { bin = world.add_bin(); }
    Result<RangeUse> make_range(std::string start, std::string end, Allocation allocation = Allocation::random) {
        return world.run([&](Context& c) { return create_range(c, {bin.id, "range", start, end, allocation, true}); });
    }
    Result<RangeUse> change_range(EntityId id, std::string start, std::string end,
                                  std::optional<Allocation> allocation = {}) {
        return world.run(
            [&](Context& c) { return update_range(c, id, {bin.id, "new name", start, end, allocation, true}); });
    }
    CardArt make_art(std::string code) {
        CardArt art;
        art.code = art.name = std::move(code);
        return *world.run([&](Context& c) { return create_art(c, art); });
    }
    EntityId make_group(std::string name) {
        CardProductGroup group;
        group.name = std::move(name);
        return world.run([&](Context& c) { return create_group(c, group); })->group.id;
    }
    CardWorld world;
    CardBin bin;
};

TEST_F(ProductsTest, RangesOfABinDoNotOverlap) {
    ASSERT_TRUE(make_range("0000100", "0000199"));
    EXPECT_EQ(code_of(make_range("0000199", "0000300")), ErrorCode::range_overlap);
    EXPECT_EQ(code_of(make_range("0000000", "0000100")), ErrorCode::range_overlap);
    EXPECT_EQ(code_of(make_range("100", "199")), ErrorCode::validation);
    EXPECT_TRUE(make_range("0000200", "0000300"));
    const auto other = world.add_bin("97921235");
    bin = other;
    EXPECT_TRUE(make_range("0000100", "0000199"));
    bin.id = EntityId{1};
    EXPECT_EQ(code_of(make_range("0000100", "0000199")), ErrorCode::bin_not_found);
    bin = world.add_bin("97921236", CardWorld::other_tenant);
    EXPECT_EQ(code_of(make_range("0000100", "0000199")), ErrorCode::bin_not_found);
}

TEST_F(ProductsTest, OfTwoOverlappingRangesAtOnceOneIsMade) {
    std::atomic<int> made = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&, i] {
                const auto done = make_range("000010" + std::to_string(i), "0000199");
                made += done ? 1 : 0;
                if (!done) EXPECT_EQ(done.error().code, ErrorCode::range_overlap);
            });
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(world.all<CardBinRange>().size(), 1U);
}

TEST_F(ProductsTest, ChangingARangeKeepsDrawnNumbersInside) {
    const auto range = make_range("0000100", "0000109", Allocation::sequential);
    world.add_product(CardWorld::wanted_product("V", range->range.id));
    world.add_customer();
    ASSERT_TRUE(change_range(range->range.id, "0000500", "0000504"));  // nothing is drawn yet
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(world.issue(CardWorld::wanted_card()));
    EXPECT_EQ(code_of(change_range(range->range.id, "0000500", "0000501")), ErrorCode::range_in_use);
    EXPECT_EQ(code_of(change_range(range->range.id, "0000500", "0000504", Allocation::random)),
              ErrorCode::range_in_use);
    EXPECT_EQ(change_range(range->range.id, "0000500", "0000502")->remaining_count, 0);
    EXPECT_EQ(code_of(world.issue(CardWorld::wanted_card())), ErrorCode::bin_range_exhausted);
    EXPECT_EQ(change_range(range->range.id, "0000500", "0000503")->remaining_count, 1);
    EXPECT_TRUE(world.issue(CardWorld::wanted_card()));
    EXPECT_EQ(code_of(world.run([&](Context& c) { return update_range(c, EntityId{1}, {}); })),
              ErrorCode::range_not_found);
}

TEST_F(ProductsTest, ProductsReferToWhatExists) {
    const auto range = make_range("0000100", "0000109")->range.id;
    const auto make = [&](const CardProduct& wanted) {
        return code_of(world.run([&](Context& c) { return create_product(c, wanted); }));
    };
    CardProduct wanted = CardWorld::wanted_product("V", range);
    wanted.card_art_id = EntityId{1};
    EXPECT_EQ(make(wanted), ErrorCode::art_not_found);
    wanted = CardWorld::wanted_product("V", range);
    wanted.product_group_id = EntityId{1};
    EXPECT_EQ(make(wanted), ErrorCode::group_not_found);
    EXPECT_EQ(make(CardWorld::wanted_product("V", EntityId{1})), ErrorCode::range_not_found);
    wanted = CardWorld::wanted_product("V", range);
    wanted.brand = core::product::CardBrand::visa;
    EXPECT_EQ(make(wanted), ErrorCode::validation);
    wanted.brand = core::product::CardBrand::troy;
    EXPECT_EQ(make(wanted), ErrorCode::count_);
    EXPECT_EQ(make(wanted), ErrorCode::product_exists);
    EXPECT_EQ(code_of(get_product(world.context(CardWorld::other_tenant), "V")), ErrorCode::product_not_found);
}

TEST_F(ProductsTest, NothingInUseIsDeleted) {
    CardProduct wanted = CardWorld::wanted_product("V", make_range("0000100", "0000109")->range.id);
    wanted.card_art_id = make_art("A").id;
    wanted.physicals[1].card_art_id = make_art("B").id;
    wanted.product_group_id = make_group("G");
    world.add_product(wanted);
    const auto drop_art = [&](EntityId id) { return world.run([&](Context& c) { return delete_art(c, id); }); };
    const auto drop_group = [&](EntityId id) { return world.run([&](Context& c) { return delete_group(c, id); }); };
    const auto drop = [&] { return world.run([&](Context& c) { return delete_product(c, "V"); }); };
    EXPECT_EQ(code_of(drop_art(wanted.card_art_id)), ErrorCode::art_in_use);
    EXPECT_EQ(code_of(drop_art(*wanted.physicals[1].card_art_id)), ErrorCode::art_in_use);
    EXPECT_EQ(code_of(drop_group(wanted.product_group_id)), ErrorCode::group_in_use);

    world.add_customer();
    ASSERT_TRUE(world.issue(CardWorld::wanted_card()));
    EXPECT_EQ(code_of(drop()), ErrorCode::product_in_use);
    world.add_product(CardWorld::wanted_product("W", wanted.bin_range_id));
    EXPECT_TRUE(world.run([&](Context& c) { return delete_product(c, "W"); }));
    EXPECT_EQ(code_of(get_product(world.context(), "W")), ErrorCode::product_not_found);

    const auto unused = make_art("C").id;
    EXPECT_TRUE(drop_art(unused));
    EXPECT_EQ(code_of(drop_art(unused)), ErrorCode::art_not_found);
    const auto empty = make_group("H");
    EXPECT_TRUE(drop_group(empty));
    EXPECT_EQ(code_of(drop_group(empty)), ErrorCode::group_not_found);
}

TEST_F(ProductsTest, ArtAndGroupNamesAreUnique) {
    make_art("A");
    CardArt again;
    again.code = "A";
    EXPECT_EQ(code_of(world.run([&](Context& c) { return create_art(c, again); })), ErrorCode::art_exists);
    make_group("G");
    const auto other = make_group("H");
    CardProductGroup named;
    named.name = "G";
    EXPECT_EQ(code_of(world.run([&](Context& c) { return create_group(c, named); })), ErrorCode::group_exists);
    EXPECT_EQ(code_of(world.run([&](Context& c) { return update_group(c, other, named); })), ErrorCode::group_exists);
    named.name = "I";
    EXPECT_TRUE(world.run([&](Context& c) { return update_group(c, other, named); }));
    EXPECT_EQ(world.run([&](Context& c) { return rename_art(c, list_arts(c, {})->at(0).id, "New"); })->name, "New");
}

TEST_F(ProductsTest, UpdateKeepsWhatCardsRelyOn) {
    CardProduct wanted = CardWorld::wanted_product("V", make_range("0000100", "0000109")->range.id);
    world.add_product(wanted);
    const auto change = [&](const CardProduct& to) {
        return world.run([&](Context& c) { return update_product(c, "V", to); });
    };
    wanted.currency = {978};
    EXPECT_EQ(change(wanted)->version, 2);
    world.add_customer();
    ASSERT_TRUE(world.issue(CardWorld::wanted_card()));
    wanted.name = "Other";
    EXPECT_TRUE(change(wanted));
    wanted.currency = {949};
    EXPECT_EQ(code_of(change(wanted)), ErrorCode::validation);
    const auto limit = [&](core::money::Currency currency) {
        return world.run([&](Context& c) { return set_contactless_limit(c, "V", {currency, {}, {}, {}, {}}); });
    };
    EXPECT_EQ(code_of(limit({949})), ErrorCode::validation);
    EXPECT_TRUE(limit({978})->contactless_limit);
    const auto detail = detail_of(world.context(), *get_product(world.context(), "V"));
    EXPECT_EQ(detail->card_count, 1);
    EXPECT_EQ(detail->range->remaining_count, 9);
    EXPECT_EQ(list_products(world.context(), {.name = "oth"})->total_count, 1);
    EXPECT_EQ(list_products(world.context(CardWorld::other_tenant), {})->total_count, 0);
    EXPECT_EQ(list_bins(world.context(), {.bin = "9792"})->rows.size(), 1U);
    EXPECT_EQ(list_bins(world.context(CardWorld::other_tenant), {})->total_count, 0);
}

/// Does `meanwhile` once, between the decision of a use case and its commit.
template <class UseCase, class Meanwhile>
auto run_while(CardWorld& world, UseCase use_case, Meanwhile meanwhile) {
    bool is_done = false;
    return world.run([&](Context& c) {
        auto result = use_case(c);
        if (!std::exchange(is_done, true)) meanwhile();
        return result;
    });
}

TEST_F(ProductsTest, AGroupIsNotDeletedUnderAProductThatIsBeingMade) {
    const auto range = make_range("0000100", "0000199");
    const EntityId group = make_group("G");
    auto wanted = CardWorld::wanted_product("V", range->range.id);
    wanted.product_group_id = group;
    const auto make = [&](Context& c) { return create_product(c, wanted); };
    const auto drop = [&](Context& c) { return delete_group(c, group); };
    EXPECT_EQ(code_of(run_while(world, drop, [&] { ASSERT_TRUE(world.run(make)); })), ErrorCode::group_in_use);
    ASSERT_TRUE(world.run([&](Context& c) { return delete_product(c, "V"); }));
    EXPECT_EQ(code_of(run_while(world, make, [&] { ASSERT_TRUE(world.run(drop)); })), ErrorCode::group_not_found);
}

TEST_F(ProductsTest, AnArtIsNotDeletedUnderAProductThatIsBeingMade) {
    const auto range = make_range("0000100", "0000199");
    const EntityId art = make_art("ART").id;
    auto wanted = CardWorld::wanted_product("V", range->range.id);
    ASSERT_FALSE(wanted.physicals.empty());
    wanted.physicals.front().card_art_id = art;
    const auto make = [&](Context& c) { return create_product(c, wanted); };
    const auto drop = [&](Context& c) { return delete_art(c, art); };
    EXPECT_EQ(code_of(run_while(world, drop, [&] { ASSERT_TRUE(world.run(make)); })), ErrorCode::art_in_use);
    ASSERT_TRUE(world.run([&](Context& c) { return delete_product(c, "V"); }));
    EXPECT_EQ(code_of(run_while(world, make, [&] { ASSERT_TRUE(world.run(drop)); })), ErrorCode::art_not_found);
}

TEST_F(ProductsTest, AProductIsNotDeletedOrChangedUnderACardThatIsBeingMade) {
    const auto range = make_range("0000100", "0000199");
    world.add_product(CardWorld::wanted_product("V", range->range.id));
    world.add_customer();
    const auto make = [&](Context& c) { return cards::create_card(c, CardWorld::wanted_card("V")); };
    const auto drop = [&](Context& c) { return delete_product(c, "V"); };
    const auto change = [&](Context& c) {
        auto changed = CardWorld::wanted_product("V", range->range.id);
        changed.account_per_card = !changed.account_per_card;
        return update_product(c, "V", changed);
    };
    EXPECT_EQ(code_of(run_while(world, make, [&] { ASSERT_TRUE(world.run(drop)); })), ErrorCode::product_not_found);
    world.add_product(CardWorld::wanted_product("V", range->range.id));
    EXPECT_EQ(code_of(run_while(world, change, [&] { ASSERT_TRUE(world.run(make)); })), ErrorCode::validation);
    EXPECT_EQ(code_of(run_while(world, drop, [&] { ASSERT_TRUE(world.run(make)); })), ErrorCode::product_in_use);
}

TEST_F(ProductsTest, ARangeDoesNotShrinkUnderACardThatIsBeingMade) {
    const auto range = make_range("0000100", "0000109", Allocation::sequential);
    world.add_product(CardWorld::wanted_product("V", range->range.id));
    world.add_customer();
    const auto make = [&](Context& c) { return cards::create_card(c, CardWorld::wanted_card("V")); };
    const auto moving = [&](Context& c) {
        return update_range(c, range->range.id,
                            {bin.id, "new name", "0000500", "0000504", Allocation::sequential, true});
    };
    EXPECT_EQ(code_of(run_while(world, moving, [&] { ASSERT_TRUE(world.run(make)); })), ErrorCode::range_in_use);
}

}  // namespace
}  // namespace takas::app::products
