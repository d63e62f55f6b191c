// What is legal in a fee, but probably not meant.
#pragma once

#include <string>
#include <vector>

namespace takas::app::fees {

struct Warning {
    std::string english, turkish;
};
using Warnings = std::vector<Warning>;

}  // namespace takas::app::fees
