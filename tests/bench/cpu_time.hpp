// How much processor time processes and their threads have used, from the scheduler's own account in nanoseconds.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

namespace takas::bench {

/// CPU time in nanoseconds by what the time was used for.
using CpuByRole = std::map<std::string, std::int64_t>;
/// What was used between two readings.
CpuByRole operator-(const CpuByRole& later, const CpuByRole& earlier);
CpuByRole& operator+=(CpuByRole& sum, const CpuByRole& more);
std::int64_t total_ns(const CpuByRole& used);

/// The threads of a process by their names.
CpuByRole thread_cpu(pid_t process);

/// A PostgreSQL by what its processes say they do ("walwriter", "checkpointer"); every connection is a "backend", and
/// so are those that have ended.
CpuByRole postgres_cpu(pid_t postmaster);

}  // namespace takas::bench
