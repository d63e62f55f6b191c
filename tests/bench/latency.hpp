// Latency under a load that does not wait for the server: the open loop.
#pragma once

#include "contender.hpp"
#include "figures.hpp"

namespace takas::bench {

/// At half of `peak` (authorizations per second), and of one authorization at a time beside it. Adds a group.
void add_latency(Contender& contender, double peak, std::size_t accounts, Figures& figures);

}  // namespace takas::bench
