// The keys of an installation, and the proof that they belong to its store: a store remembers which keys wrote it, and
// opened with others it would look empty or broken. The store is asked first: a store in use never gets new keys.
#pragma once

#include "app/ports/store.hpp"
#include "crypto/keyring.hpp"
#include "main/data_folder.hpp"
#include "main/server.hpp"

namespace takas::main {

/// Is there an installation in this store, that is, did a server pin its keys in it?
Result<bool> is_installed(app::ports::Store& store);

/// The keys in `folder`, made there when the store is new; without a folder (memory only) keys that are forgotten.
/// Errors tell the operator which file is missing or wrong; then no new files are left behind.
Result<crypto::Keyring> open_keys(app::ports::Store& store, const ServerOptions& options, const DataFolder* folder,
                                  Instant now);

}  // namespace takas::main
