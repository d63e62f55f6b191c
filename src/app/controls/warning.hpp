// What is legal in a control, but probably not meant.
#pragma once

#include <string>
#include <vector>

namespace takas::app::controls {

struct Warning {
    std::string english, turkish;
};
using Warnings = std::vector<Warning>;

}  // namespace takas::app::controls
