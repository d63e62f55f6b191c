// The only source of randomness. A broken source stops the process: nothing may go on with guessable secrets.
#pragma once

#include <cstdint>
#include <span>

namespace takas::app::ports {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace takas::app::ports
