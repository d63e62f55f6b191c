// Memory for clear keys: never swapped (mlock), left out of core dumps and of forked children, and wiped when a slot is
// given back. One arena of fixed slots, so that pages are locked once and the amount is bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "hsm/engine/clear_key.hpp"

namespace takas::hsm {

class LockedArena {
  public:
    /// The longest symmetric key.
    static constexpr std::size_t slot_bytes = 32;

    /// Room for `slot_count` keys, rounded up to whole pages. Should the system refuse to lock them (RLIMIT_MEMLOCK),
    /// they are used unlocked, and is_locked() says so.
    explicit LockedArena(std::size_t slot_count);
    ~LockedArena();
    LockedArena(const LockedArena&) = delete;
    LockedArena& operator=(const LockedArena&) = delete;

    bool is_locked() const { return is_locked_; }
    std::size_t slot_count() const { return slot_count_; }

    /// nullptr when no slot is free.
    std::uint8_t* take();
    /// Wipes the slot.
    void give_back(std::uint8_t* slot);

  private:
    std::uint8_t* pages_ = nullptr;
    std::size_t size_bytes_ = 0;
    std::size_t slot_count_ = 0;
    bool is_locked_ = false;
    std::mutex mutex_;
    std::vector<std::uint8_t*> free_;
};

/// A key in a slot; the arena lives at least as long.
class SlotKey final : public ClearKey {
  public:
    /// nullptr when the arena is full or the key is longer than a slot.
    static std::shared_ptr<const SlotKey> make(std::shared_ptr<LockedArena> arena, ByteView clear);
    SlotKey(std::shared_ptr<LockedArena> arena, std::uint8_t* slot, std::size_t size)
        : arena_(std::move(arena)), slot_(slot), size_(size) {}
    ~SlotKey() override { arena_->give_back(slot_); }
    SlotKey(const SlotKey&) = delete;
    SlotKey& operator=(const SlotKey&) = delete;
    ByteView reveal() const override { return {slot_, size_}; }

  private:
    std::shared_ptr<LockedArena> arena_;
    std::uint8_t* slot_;
    std::size_t size_;
};

/// A key of one operation, or one too long for a slot: on the heap, wiped when it dies.
class HeapKey final : public ClearKey {
  public:
    explicit HeapKey(crypto::SecretBytes bytes) : bytes_(std::move(bytes)) {}
    ByteView reveal() const override { return bytes_.reveal(); }

  private:
    crypto::SecretBytes bytes_;
};

/// No core dump of this process, and no reading of its memory by other processes of the same user. Without effect
/// under a sanitizer, which must attach to itself.
void forbid_core_dumps();

}  // namespace takas::hsm
