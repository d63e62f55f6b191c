#include "main/offline_store.hpp"

#include "main/foundations.hpp"
#include "main/installation_keys.hpp"

namespace takas::main {

Result<OfflineStore> open_offline(const ServerOptions& options) {
    OfflineStore offline;
    if (options.store == StoreKind::sqlite) {  // a database server has other users anyway
        // A folder that is not there would be made, and found sound.
        if (!std::filesystem::exists(options.data_dir / "takas.db"))
            return fail(ErrorCode::unavailable, "there is no database in " + options.data_dir.string());
        auto folder = DataFolder::open(options.data_dir);
        if (!folder) return std::unexpected(std::move(folder.error()));
        offline.folder.emplace(std::move(*folder));
    }
    auto store = open_store(options, offline.folder ? &*offline.folder : nullptr);
    if (!store) return std::unexpected(std::move(store.error()));
    offline.store = std::move(*store);
    const auto installed = is_installed(*offline.store);
    if (!installed) return std::unexpected(installed.error());
    if (!*installed) return fail(ErrorCode::unavailable, "no server has used this store yet");
    return offline;
}

}  // namespace takas::main
