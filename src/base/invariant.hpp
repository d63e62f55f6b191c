// What must hold whatever happens outside. A broken invariant in money or stored state stops the process before
// anything more is written: a supervisor restarts it from the last durable state.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace takas {

/// `what` is a fixed sentence: it names the rule, never data.
inline void invariant(bool holds, const char* what, std::source_location where = std::source_location::current()) {
    if (holds) [[likely]]
        return;
    std::fprintf(stderr, "takas: broken invariant: %s (%s:%u)\n", what, where.file_name(), where.line());
    std::abort();
}

}  // namespace takas
