#include "hsm/engine/locked_memory.hpp"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace takas::hsm {

LockedArena::LockedArena(std::size_t slot_count) {
    const auto page_bytes = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    size_bytes_ = (std::max<std::size_t>(slot_count, 1) * slot_bytes + page_bytes - 1) / page_bytes * page_bytes;
    void* const pages = ::mmap(nullptr, size_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    pages_ = static_cast<std::uint8_t*>(pages);
    // The system call itself: sanitizers make mlock() do nothing.
    is_locked_ = ::syscall(SYS_mlock, pages_, size_bytes_) == 0;
    // Both fail only on kernels without them; the core limit of forbid_core_dumps stands besides.
    static_cast<void>(::madvise(pages_, size_bytes_, MADV_DONTDUMP));
    static_cast<void>(::madvise(pages_, size_bytes_, MADV_DONTFORK));
    slot_count_ = size_bytes_ / slot_bytes;
    free_.reserve(slot_count_);
    for (std::size_t i = slot_count_; i > 0; --i) free_.push_back(pages_ + (i - 1) * slot_bytes);
}

LockedArena::~LockedArena() {
    crypto::wipe({pages_, size_bytes_});
    ::munmap(pages_, size_bytes_);
}

std::uint8_t* LockedArena::take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return nullptr;
    std::uint8_t* const slot = free_.back();
    free_.pop_back();
    return slot;
}

void LockedArena::give_back(std::uint8_t* slot) {
    crypto::wipe({slot, slot_bytes});
    const std::lock_guard lock(mutex_);
    free_.push_back(slot);
}

std::shared_ptr<const SlotKey> SlotKey::make(std::shared_ptr<LockedArena> arena, ByteView clear) {
    if (clear.size() > LockedArena::slot_bytes) return nullptr;
    std::uint8_t* const slot = arena->take();
    if (slot == nullptr) return nullptr;
    std::ranges::copy(clear, slot);
    return std::make_shared<const SlotKey>(std::move(arena), slot, clear.size());
}

void forbid_core_dumps() {
    const rlimit none{0, 0};
    static_cast<void>(::setrlimit(RLIMIT_CORE, &none));
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
    // The limit alone does not hold where dumps are piped to a program (core_pattern).
    static_cast<void>(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0));
#endif
}

}  // namespace takas::hsm
