// What trying controls on the past costs: the evaluation alone, and with reading from a SQLite file.
#pragma once

#include "figures.hpp"

namespace takas::bench {

void benchmark_backtest(Figures& figures);

}  // namespace takas::bench
