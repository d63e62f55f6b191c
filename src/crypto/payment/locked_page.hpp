// One object in pages of its own that are kept out of core dumps and, where the system allows it, of the swap; wiped
// when it goes. For key material that outlives an operation. For this room's .cpp files.
#pragma once

#include <sys/mman.h>

#include <new>
#include <span>
#include <type_traits>

#include "crypto/openssl_handles.hpp"
#include "crypto/secret.hpp"

namespace takas::crypto::payment {

template <class T>
class LockedPage {
    static_assert(std::is_trivially_destructible_v<T>);

  public:
    LockedPage() {
        void* pages = ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED) stop_on_broken_crypto("memory for keys");
        // Best effort: the limit of locked memory may be used up, and an operation must not fail for it.
        static_cast<void>(::mlock(pages, sizeof(T)));
        static_cast<void>(::madvise(pages, sizeof(T), MADV_DONTDUMP));
        object_ = ::new (pages) T();
    }
    ~LockedPage() {
        wipe({reinterpret_cast<std::uint8_t*>(object_), sizeof(T)});
        ::munmap(object_, sizeof(T));
    }
    LockedPage(const LockedPage&) = delete;
    LockedPage& operator=(const LockedPage&) = delete;
    T& operator*() { return *object_; }

  private:
    T* object_;
};

}  // namespace takas::crypto::payment
