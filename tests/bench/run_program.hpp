// Runs another program to its end and takes what it prints. No shell: arguments arrive as they are.
#pragma once

#include <string>
#include <vector>

namespace takas::bench {

/// Its standard output. Throws std::runtime_error with its error output when it does not leave with 0.
/// `cpu_us`, when given, is set to the processor time it and its children used.
std::string run_program(const std::vector<std::string>& words, double* cpu_us = nullptr);

}  // namespace takas::bench
