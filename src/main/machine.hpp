// The machine's clock and its random source, as the doors that use cases know.
#pragma once

#include "app/ports/clock.hpp"
#include "app/ports/random.hpp"

namespace takas::main {

class MachineClock final : public app::ports::Clock {
  public:
    Instant now() const override;
};

class MachineRandom final : public app::ports::Random {
  public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace takas::main
