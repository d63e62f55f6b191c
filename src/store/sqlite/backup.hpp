// A copy of a database that others are writing at that moment: one state of it, complete, in a file of its own. Another
// process may do it; commits go on meanwhile.
//
// All pages are copied inside one read transaction, so what is copied never changes under the copy and it never starts
// over. The price: the server's log cannot start over before the copy is done, so it grows by what is committed
// meanwhile. The copy therefore goes as fast as `rest_share` lets it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.hpp"

namespace takas::store::sqlite {

struct BackupOptions {
    int pages_per_step = 512;  ///< 2 MB between two pauses
    /// Pause after each step, as a share of the time that the step took: 0.5 leaves a third of the disk to others.
    double rest_share = 0.5;
    std::function<void(std::int64_t pages_done, std::int64_t pages)> progress{};
};

struct Backup {
    std::int64_t bytes = 0;
    std::string key_fingerprints;  ///< of the keys that this database belongs to
};

/// Copies `from` into the new file `to`, checks the copy (quick_check) and makes it durable; `to` appears only then.
/// Errors: already_exists (it is never overwritten), not_found (no database), unavailable (disk), internal (the copy is
/// damaged, and so probably is the original).
Result<Backup> back_up(const std::string& from, const std::string& to, const BackupOptions& options = {});

}  // namespace takas::store::sqlite
