// A store for the commands that read or tend it without a server of their own. They need no keys.
#pragma once

#include <memory>
#include <optional>

#include "app/ports/store.hpp"
#include "main/data_folder.hpp"
#include "main/server.hpp"

namespace takas::main {

struct OfflineStore {
    std::optional<DataFolder> folder;  ///< SQLite's is locked, so that no server writes meanwhile
    std::shared_ptr<app::ports::Store> store;
};

/// Errors carry a detail for the operator's eyes: no database, a folder in use, a store that no server has used yet.
Result<OfflineStore> open_offline(const ServerOptions& options);

}  // namespace takas::main
