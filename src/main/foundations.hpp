// What a server stands on before it is wired: the locked data folder, the keys and the store, and the proof that keys
// and store belong together.
#pragma once

#include <memory>
#include <optional>

#include "app/auth/token_keys.hpp"
#include "app/ports/store.hpp"
#include "crypto/keyring.hpp"
#include "main/data_folder.hpp"
#include "main/server.hpp"

namespace takas::main {

struct Foundations {
    std::optional<DataFolder> folder;
    crypto::Keyring keyring;
    std::shared_ptr<app::ports::Store> store;
    app::auth::TokenKeys token_keys;
    std::int64_t largest_id = 0;  ///< ids must be made above it: the clock may have been set back
};

/// The store the options name, with the schema this program expects. `folder` holds SQLite's file; else unused.
Result<std::shared_ptr<app::ports::Store>> open_store(const ServerOptions& options, const DataFolder* folder);

/// Errors carry a detail for the operator's eyes: a locked folder, a missing or wrong key, a newer database.
Result<Foundations> lay_foundations(const ServerOptions& options, Instant now);

}  // namespace takas::main
