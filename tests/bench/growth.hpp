// What an authorization costs when the tables are full: two years and twenty million transactions against a hundred
// thousand, both on one PostgreSQL.
#pragma once

#include "figures.hpp"

namespace takas::bench {

/// Loads about 25 GB and takes half an hour; TAKAS_GROWTH_TRANSACTIONS in the environment is another number for a try.
void benchmark_growth(Figures& figures);

}  // namespace takas::bench
