#include "app/keys/key_directory.hpp"

#include <gtest/gtest.h>

#include "app/auth/auth_world_test.hpp"
#include "app/keys/inventory.hpp"
#include "app/keys/test_keys.hpp"
#include "app/ports/tables.hpp"
#include "store/memory/memory_store.hpp"

namespace takas::app::keys {

using core::key::KeyState;
using core::key::KeyUsage;
using core::key::PaymentKey;

namespace {

constexpr TenantId bank{2}, other_bank{3};

struct KeyDirectoryTest : testing::Test {
    store::memory::MemoryStore store;
    auth::StandingClock clock;
    ids::IdSource ids{clock, 0};
    KeyDirectory directory{store};
    std::int64_t last_id = 0;
    Instant created_at = clock.now();  ///< of the keys added from now on

    EntityId add(TenantId tenant, KeyUsage usage, std::string bin = {}, std::int16_t index = 0,
                 KeyState state = KeyState::active, std::int16_t version_no = 0, std::string label = "main") {
        PaymentKey key;
        key.tenant_id = tenant, key.id = EntityId{++last_id}, key.usage = usage, key.label = std::move(label);
        key.bin = std::move(bin), key.key_index = index, key.state = state, key.key_version_no = version_no;
        key.key_block = "D", key.kcv = "ABCDEF", key.created_at = created_at;
        ports::Unit unit;
        unit.insert(key);
        KeyDirectory::mark_changed(unit, ids);
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
        return key.id;
    }
    EntityId found(const KeyWish& wish) {
        const auto key = directory.find(wish);
        if (!key) EXPECT_EQ(key.error().code, ErrorCode::hsm_key_not_found);
        return key ? (*key)->id : EntityId{};
    }
};

TEST_F(KeyDirectoryTest, the_longest_bin_wins_then_the_newest_version) {
    const auto whole = add(bank, KeyUsage::cvk), six = add(bank, KeyUsage::cvk, "400000"),
               eight = add(bank, KeyUsage::cvk, "40000012");
    add(other_bank, KeyUsage::cvk, "4000001234");
    ASSERT_TRUE(directory.refresh());
    EXPECT_EQ(found({bank, KeyUsage::cvk, "40000012", {}}), eight);
    EXPECT_EQ(found({bank, KeyUsage::cvk, "4000001234567890", {}}), eight);
    EXPECT_EQ(found({bank, KeyUsage::cvk, "40000099", {}}), six);
    EXPECT_EQ(found({bank, KeyUsage::cvk, "52000000", {}}), whole);
    EXPECT_EQ(found({bank, KeyUsage::cvk, "4000", {}}), whole) << "a shorter wish does not meet a longer key";
    const auto newer = add(bank, KeyUsage::cvk, "400000", 0, KeyState::active, 1);
    ASSERT_TRUE(directory.refresh());
    EXPECT_EQ(found({bank, KeyUsage::cvk, "40000099", {}}), newer);
}

TEST_F(KeyDirectoryTest, index_and_label_narrow_the_choice) {
    const auto first = add(bank, KeyUsage::pvk, "", 1), second = add(bank, KeyUsage::pvk, "", 2);
    const auto theirs = add(bank, KeyUsage::zmk, "", 0, KeyState::active, 0, "bank2");
    ASSERT_TRUE(directory.refresh());
    EXPECT_EQ(found({bank, KeyUsage::pvk, "", 1}), first);
    EXPECT_EQ(found({bank, KeyUsage::pvk, "", 2}), second);
    EXPECT_EQ(found({bank, KeyUsage::pvk, "", 3}), EntityId{});
    EXPECT_EQ(found({bank, KeyUsage::zmk, "", {}, "bank2"}), theirs);
    EXPECT_EQ(found({bank, KeyUsage::zmk, "", {}, "bank3"}), EntityId{});
}

TEST_F(KeyDirectoryTest, only_active_keys_serve_and_older_ones_are_still_known) {
    const auto old = add(bank, KeyUsage::zpk, "", 0, KeyState::decrypt_only, 0),
               gone = add(bank, KeyUsage::zpk, "", 0, KeyState::destroyed, 1),
               now = add(bank, KeyUsage::zpk, "", 0, KeyState::active, 2);
    ASSERT_TRUE(directory.refresh());
    EXPECT_EQ(found({bank, KeyUsage::zpk, "", {}}), now);
    const auto all = directory.find_all({bank, KeyUsage::zpk, "", {}});
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0]->id, now);
    EXPECT_EQ(all[1]->id, old);
    EXPECT_EQ(directory.by_id(bank, gone)->state, KeyState::destroyed);
    EXPECT_EQ(directory.by_id(other_bank, now), nullptr) << "keys of other institutions are not shown";
    EXPECT_EQ(directory.list(bank).size(), 3);
    EXPECT_TRUE(directory.list(other_bank).empty());
}

TEST_F(KeyDirectoryTest, a_card_keeps_the_key_it_was_made_with) {
    const Instant start = clock.now();
    const auto at = [&](std::int64_t s) { return start.plus_seconds(s); };
    const auto made = [&](std::int64_t s, KeyState state, std::int16_t version_no, std::string bin = {}) {
        created_at = at(s);
        return add(bank, KeyUsage::cvk, std::move(bin), 0, state, version_no);
    };
    const auto first = made(100, KeyState::decrypt_only, 0), second = made(200, KeyState::decrypt_only, 1),
               third = made(300, KeyState::active, 2);
    made(400, KeyState::destroyed, 3);
    ASSERT_TRUE(directory.refresh());
    const auto of = [&](std::int64_t s, std::string_view bin = {}) {
        std::vector<EntityId> ids_found;
        const auto found_keys = directory.find_for_card({bank, KeyUsage::cvk, bin, {}}, at(s));
        if (found_keys)
            for (const auto& key : *found_keys) ids_found.push_back(key->id);
        return ids_found;
    };
    using Ids = std::vector<EntityId>;
    EXPECT_EQ(of(50), (Ids{first, third, second})) << "older than every key";
    EXPECT_EQ(of(100), (Ids{first, third, second}));
    EXPECT_EQ(of(250), (Ids{second, third, first}));
    EXPECT_EQ(of(999), (Ids{third, second, first})) << "a destroyed one made nothing that is checked";
    const auto of_bin = made(250, KeyState::active, 0, "400000");
    ASSERT_TRUE(directory.refresh());
    EXPECT_EQ(of(260, "40000012").front(), of_bin);
    EXPECT_EQ(of(240, "40000012").front(), second) << "the BIN's own key came later";
    EXPECT_EQ(directory.find_for_card({other_bank, KeyUsage::cvk, "", {}}, start).error().code,
              ErrorCode::hsm_key_not_found);
}

TEST_F(KeyDirectoryTest, follows_changes_that_are_marked) {
    EXPECT_EQ(found({bank, KeyUsage::mac, "", {}}), EntityId{});
    const auto key = add(bank, KeyUsage::mac);
    EXPECT_EQ(found({bank, KeyUsage::mac, "", {}}), EntityId{}) << "a snapshot";
    ASSERT_TRUE(directory.refresh_if_changed());
    EXPECT_EQ(found({bank, KeyUsage::mac, "", {}}), key);
    const auto held = *directory.find({bank, KeyUsage::mac, "", {}});
    add(bank, KeyUsage::mac, "", 0, KeyState::active, 1);
    ASSERT_TRUE(directory.refresh_if_changed());
    EXPECT_EQ(held->id, key) << "what is held lives on";
}

TEST_F(KeyDirectoryTest, asks_once_when_a_key_is_missing) {
    int asked = 0;
    directory.on_missing([&](TenantId tenant, KeyUsage usage) {
        if (++asked > 1) return false;
        add(tenant, usage);
        return directory.refresh().has_value();
    });
    EXPECT_EQ(found({bank, KeyUsage::dek, "", {}}), EntityId{1});
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(found({bank, KeyUsage::dek, "", 7}), EntityId{}) << "another index: asked, and still not there";
    EXPECT_EQ(found({other_bank, KeyUsage::dek, "", {}}), EntityId{});
    EXPECT_EQ(asked, 3);
}

TEST_F(KeyDirectoryTest, the_inventory_has_a_row_for_every_key_and_no_key) {
    add(bank, KeyUsage::pvk, "", 1, KeyState::active, 0, "a|b");
    add(bank, KeyUsage::zmk);
    ASSERT_TRUE(directory.refresh());
    const std::string document = inventory_markdown({"Bank", "soft", "0011223344", clock.now()}, directory.list(bank));
    EXPECT_NE(document.find("# Key inventory of Bank"), std::string::npos);
    EXPECT_NE(document.find("| 1 | Pvk | a\\|b |"), std::string::npos) << document;
    EXPECT_NE(document.find("ABCDEF"), std::string::npos);
    EXPECT_NE(document.find("0011223344"), std::string::npos);
}

TEST_F(KeyDirectoryTest, old_pin_keys_that_cards_need_are_named) {
    const auto old_pvk = add(bank, KeyUsage::pvk, "", 1, KeyState::decrypt_only);
    const auto gone_pvk = add(bank, KeyUsage::pvk, "", 2, KeyState::destroyed);
    add(bank, KeyUsage::pvk, "", 1, KeyState::active, 1);
    const auto old_storage = add(bank, KeyUsage::pin_storage, "", 0, KeyState::decrypt_only);
    add(bank, KeyUsage::pvk, "", 3, KeyState::decrypt_only);  // no card has it
    add(bank, KeyUsage::zpk, "", 0, KeyState::decrypt_only);  // says nothing about cards
    ports::Unit unit;
    for (std::int64_t i = 1; i <= 3; ++i) {
        core::card::CardSecurity s;
        s.tenant_id = bank, s.account_id = AccountId{i}, s.token_id = TokenId{i};
        s.pin_key_id = i == 3 ? gone_pvk : old_pvk;
        s.pin_block_key_id = old_storage;
        unit.insert(std::move(s));
    }
    ASSERT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    ASSERT_TRUE(directory.refresh());
    const auto needed = needed_old_keys(store, directory, bank);
    ASSERT_TRUE(needed);
    ASSERT_EQ(needed->size(), 3u);
    for (const NeededKey& one : *needed)
        EXPECT_EQ(one.card_count, one.key->id == old_storage ? 3 : one.key->id == old_pvk ? 2 : 1);
    const std::string document =
        inventory_markdown({"Bank", "soft", "0011223344", clock.now()}, directory.list(bank), *needed);
    EXPECT_NE(document.find("PinStorage version 0, DecryptOnly: 3 cards"), std::string::npos) << document;
    EXPECT_NE(document.find("Pvk version 0, Destroyed: 1 cards"), std::string::npos) << document;
    EXPECT_TRUE(needed_old_keys(store, directory, other_bank)->empty());
}

TEST_F(KeyDirectoryTest, only_test_keys_are_told_from_own_ones) {
    const auto add_test_key = [this](KeyUsage usage) {
        PaymentKey key;
        key.tenant_id = bank, key.id = EntityId{++last_id}, key.usage = usage, key.label = test_key_label;
        key.creator_id = test_key_creator, key.key_block = "D", key.kcv = "ABCDEF";
        ports::Unit unit;
        unit.insert(std::move(key));
        EXPECT_EQ(store.commit_and_wait(std::move(unit)).outcome, ports::CommitOutcome::committed);
    };
    EXPECT_FALSE(has_only_test_keys(directory, bank)) << "no key at all";
    add_test_key(KeyUsage::cvk);
    ASSERT_TRUE(directory.refresh());
    EXPECT_TRUE(has_only_test_keys(directory, bank));
    add(bank, KeyUsage::pvk);
    ASSERT_TRUE(directory.refresh());
    EXPECT_FALSE(has_only_test_keys(directory, bank));
}

}  // namespace
}  // namespace takas::app::keys
