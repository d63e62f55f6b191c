// An error as the operator at the terminal should read it: the internal detail is for these eyes.
#pragma once

#include <string>

#include "base/error.hpp"

namespace takas::main {

/// The detail and the refused fields; the public sentence when there is neither.
std::string explanation(const Error& error);

/// Prints it to standard error and gives the exit status: 2 for wrong settings, else 1.
int report_failure(const Error& error);

}  // namespace takas::main
