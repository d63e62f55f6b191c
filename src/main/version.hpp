// The version of this program, as the build says it.
#pragma once

#include <string_view>

namespace takas::main {

inline constexpr std::string_view version = TAKAS_VERSION;

}  // namespace takas::main
