// Counts allocations by replacing operator new for the whole program.
#include <cstdlib>
#include <new>

#include "engine.hpp"

namespace {
thread_local std::size_t allocations = 0;
}  // namespace

std::size_t takas::bench::allocation_count() { return allocations; }

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
