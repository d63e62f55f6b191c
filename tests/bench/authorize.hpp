// The benchmarks of the authorization path. Each fills the figures it is given.
#pragma once

#include "figures.hpp"

namespace takas::bench {

/// Everything that the project promises about authorizations, in one run of about three minutes.
void benchmark_authorize(Figures& figures);
/// Only the latency at half of the peak on SQLite.
void benchmark_latency(Figures& figures);
/// Only the pure decision: a few seconds.
void benchmark_decide(Figures& figures);
/// Only the instruction counts.
void benchmark_instructions(Figures& figures);

}  // namespace takas::bench
