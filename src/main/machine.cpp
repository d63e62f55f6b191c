#include "main/machine.hpp"

#include <chrono>

#include "crypto/random.hpp"

namespace takas::main {

Instant MachineClock::now() const {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

void MachineRandom::fill(std::span<std::uint8_t> out) { crypto::random_fill(out); }

}  // namespace takas::main
