// The proof of speed: Takas over HTTP on PostgreSQL against pgbench and against the classic way on the same PostgreSQL.
#pragma once

#include "figures.hpp"

namespace takas::bench {

/// Everything in one run of about four minutes; turns of those who are compared alternate.
void benchmark_postgres(Figures& figures);

}  // namespace takas::bench
