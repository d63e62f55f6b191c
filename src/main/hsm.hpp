// Opens the HSM that the options name and proves that it belongs to the store.
#pragma once

#include <memory>
#include <string>

#include "app/ports/store.hpp"
#include "hsm/engine/key_vault.hpp"
#include "main/data_folder.hpp"
#include "main/server.hpp"

namespace takas::main {

std::filesystem::path lmk_path(const ServerOptions& options, const DataFolder* folder);

/// The software HSM with its LMK loaded, or a token that was signed in to. Without a folder (memory only) the LMK is
/// forgotten. Errors carry a detail for the operator's eyes.
Result<std::unique_ptr<hsm::KeyVault>> open_vault(const ServerOptions& options, app::ports::Store& store,
                                                  const DataFolder* folder);

/// One line at start-up: which HSM protects what.
void log_hsm(const ServerOptions& options, hsm::KeyVault& vault);

}  // namespace takas::main
