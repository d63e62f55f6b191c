#include "app/notes/notes.hpp"

#include <gtest/gtest.h>

#include "app/cards/card_world_test.hpp"

namespace takas::app::notes {
namespace {

using cards::CardWorld;
using cards::code_of;

class NotesTest : public ::testing::Test {
  protected:
    void SetUp() override { world.add_customer("C-1"); }
    Result<UserNote> write(EntityType type, std::string entity_id, std::string note, TenantId who = CardWorld::tenant) {
        return world.run([&](Context& c) { return create(c, {type, entity_id, note, "ayse"}); }, who);
    }
    std::vector<std::string> texts(const NoteQuery& query) {
        std::vector<std::string> out;
        for (const UserNote& one : list(world.context(), query)->rows) out.push_back(one.note);
        return out;
    }
    CardWorld world;
};

TEST_F(NotesTest, AreListedNewestFirstByWhatTheyAreAbout) {
    world.add_customer("C-2");
    ASSERT_TRUE(write(EntityType::customer, "C-1", "first"));
    ASSERT_TRUE(write(EntityType::customer, "C-2", "another's"));
    const auto second = write(EntityType::customer, "C-1", "second");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->creator_id, world.context().user_id);
    EXPECT_EQ(second->creator_user_name, "ayse");
    EXPECT_EQ(second->creation_time, world.clock.now());
    using Texts = std::vector<std::string>;
    EXPECT_EQ(texts({EntityType::customer, "C-1"}), (Texts{"second", "first"}));
    EXPECT_EQ(texts({.entity_type = EntityType::customer, .entity_id = "C-1", .page = {.skip = 1}}), Texts{"first"});
    EXPECT_EQ(list(world.context(), {.entity_type = EntityType::customer, .entity_id = "C-1", .page = {.limit = 1}})
                  ->total_count,
              2);
}

TEST_F(NotesTest, OfACardByItsTokenIdAsAnswered) {
    world.add_product(CardWorld::wanted_product("V", world.add_range(world.add_bin().id).id));
    const auto card = *world.issue(CardWorld::wanted_card());
    const std::string token = std::to_string(card.token_id.value);
    ASSERT_TRUE(write(EntityType::card, token, "handed over"));
    EXPECT_EQ(texts({EntityType::card, token}), std::vector<std::string>{"handed over"});
    for (const std::string& other : {"0" + token, token + "x", "+" + token, std::string("0"), std::string("-1"),
                                     std::string("99999999999999999999"), std::string()})
        EXPECT_EQ(code_of(write(EntityType::card, other, "x")), ErrorCode::card_not_found) << other;
    EXPECT_EQ(code_of(write(EntityType::card, token, "x", CardWorld::other_tenant)), ErrorCode::card_not_found);
}

TEST_F(NotesTest, RefuseWhatIsNotThereAndCardNumbers) {
    EXPECT_EQ(code_of(write(EntityType::customer, "C-9", "x")), ErrorCode::customer_not_found);
    EXPECT_EQ(code_of(write(EntityType::customer, "C-1", "x", CardWorld::other_tenant)), ErrorCode::customer_not_found);
    EXPECT_EQ(code_of(list(world.context(CardWorld::other_tenant), {EntityType::customer, "C-1"})),
              ErrorCode::customer_not_found);
    EXPECT_EQ(code_of(write(EntityType::merchant, "M-1", "x")), ErrorCode::not_found);
    EXPECT_EQ(code_of(write(EntityType::customer, "C-1", "lost 4111 1111 1111 1111")), ErrorCode::validation);
    EXPECT_TRUE(world.all<UserNote>().empty());
}

}  // namespace
}  // namespace takas::app::notes
