// What a list costs when there is much to list: every list endpoint with a million cards and customers against the same
// with a thousand.
#pragma once

#include "figures.hpp"

namespace takas::bench {

/// Fills about 5 GB and takes some minutes; TAKAS_LISTS_ROWS in the environment is another number for a try.
void benchmark_lists(Figures& figures);

}  // namespace takas::bench
