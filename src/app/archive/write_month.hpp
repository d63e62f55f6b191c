// Writes the files of one archive. Private to this folder.
#pragma once

#include "app/archive/archive.hpp"
#include "app/archive/manifest.hpp"

namespace takas::app::archive {

struct Cut {
    Month month;
    Instant until;  ///< the end of the month
};

/// Everything from before the cut that no earlier archive has. Nothing is published when this fails, or when it was
/// told to end (unavailable).
Result<Manifest> write_month(ports::Store& store, ports::ArchiveFiles& files, const State& state, const Cut& cut,
                             Instant now, const Options& options);

}  // namespace takas::app::archive
