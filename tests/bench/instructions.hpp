// Instructions per authorization, counted under callgrind: the same on a noisy machine, so that later changes can be
// compared with what is written down.
#pragma once

#include <string>

namespace takas::bench {

/// Instructions that one more item of `do_work(part)` costs: the difference of two counts, so that start and end fall
/// out. Throws std::runtime_error when valgrind is missing or fails.
double instructions_of_part(const std::string& part, std::size_t count);

/// Instructions of the whole server per authorization over HTTP, with 64 connections.
double instructions_of_request(std::size_t count);

}  // namespace takas::bench
