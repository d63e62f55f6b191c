#include "hsm/engine/locked_memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace takas::hsm {
namespace {

TEST(LockedArena, gives_every_slot_once_and_wipes_what_comes_back) {
    LockedArena arena(4);
    std::vector<std::uint8_t*> slots;
    while (std::uint8_t* slot = arena.take()) slots.push_back(slot);
    EXPECT_EQ(slots.size(), arena.slot_count());
    EXPECT_GE(slots.size(), 4);
    std::uint8_t* const one = slots.back();
    std::fill_n(one, LockedArena::slot_bytes, std::uint8_t{0xAB});
    arena.give_back(one);
    std::uint8_t* const again = arena.take();
    ASSERT_EQ(again, one);
    EXPECT_TRUE(std::all_of(again, again + LockedArena::slot_bytes, [](std::uint8_t octet) { return octet == 0; }));
    EXPECT_EQ(arena.take(), nullptr);
}

TEST(LockedArena, is_locked_and_left_out_of_dumps) {
    LockedArena arena(1);
    if (!arena.is_locked()) GTEST_SKIP() << "the system allows no locked memory";
    const auto address = reinterpret_cast<std::uintptr_t>(arena.take());
    std::ifstream maps("/proc/self/smaps");
    std::string line, flags;
    bool is_ours = false;
    while (std::getline(maps, line)) {
        std::uintptr_t begin = 0, end = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) is_ours = address >= begin && address < end;
        if (is_ours && line.starts_with("VmFlags:")) flags = line;
    }
    EXPECT_NE(flags.find(" lo"), std::string::npos) << flags;
    EXPECT_NE(flags.find(" dd"), std::string::npos) << flags;
}

TEST(SlotKey, is_short_enough_or_not_made) {
    const auto arena = std::make_shared<LockedArena>(1);
    EXPECT_EQ(SlotKey::make(arena, Bytes(LockedArena::slot_bytes + 1)), nullptr);
    const Bytes clear(24, 0x3C);
    const auto key = SlotKey::make(arena, clear);
    ASSERT_NE(key, nullptr);
    EXPECT_TRUE(crypto::constant_time_equal(key->reveal(), clear));
}

}  // namespace
}  // namespace takas::hsm
