// What the card vault costs when it is full: lists and readings with a million cards against the same with a thousand,
// and how fast cards are sealed anew after a rotation.
#pragma once

#include "figures.hpp"

namespace takas::bench {

/// About 1 GB of disk; TAKAS_VAULT_CARDS in the environment is another number of cards for a try.
void benchmark_vault(Figures& figures);

}  // namespace takas::bench
