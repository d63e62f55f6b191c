// The only way to know what time it is.
#pragma once

#include "base/time.hpp"

namespace takas::app::ports {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

}  // namespace takas::app::ports
