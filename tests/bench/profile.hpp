// A load to look at with perf or strace: not a benchmark, it promises nothing.
#pragma once

#include <string>

namespace takas::bench {

/// Loads a server on `store` ("sqlite" or "postgres") for so many seconds, in a closed loop or, with a rate, in an open
/// one; prints its processes first and a line of figures each second. False when there is no such store.
bool run_load_to_profile(const std::string& store, int seconds, double rate);

}  // namespace takas::bench
