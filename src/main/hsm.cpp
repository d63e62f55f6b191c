#include "main/hsm.hpp"

#include "base/log.hpp"
#include "crypto/random.hpp"
#include "hsm/pkcs11/open_token.hpp"
#include "hsm/soft/soft_vault.hpp"
#include "main/lmk.hpp"
#include "main/terminal.hpp"

namespace takas::main {
namespace {

using crypto::SecretBytes;
using hsm::soft::SoftVault;

/// Takes a file away again that was made for a store which turned out to be another one's.
class NewFile {
  public:
    explicit NewFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~NewFile() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove(path_, ignored);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    void keep() { path_.clear(); }

  private:
    std::filesystem::path path_;
};

Result<std::unique_ptr<hsm::KeyVault>> with_lmk(app::ports::Store& store, const SecretBytes& lmk) {
    auto vault = std::make_unique<SoftVault>();
    if (auto done = vault->load_lmk(lmk); !done) return std::unexpected(std::move(done.error()));
    if (auto done = pin_lmk(store, vault->lmk_kcv()); !done) return std::unexpected(std::move(done.error()));
    return std::unique_ptr<hsm::KeyVault>(std::move(vault));
}

Result<std::unique_ptr<hsm::KeyVault>> with_new_lmk_file(app::ports::Store& store, const std::filesystem::path& path) {
    const SecretBytes lmk = crypto::random_secret(hsm::soft::lmk_bytes);
    if (auto done = write_lmk_file(path, lmk, false); !done) return std::unexpected(std::move(done.error()));
    NewFile file(path);
    auto vault = with_lmk(store, lmk);
    const bool is_of_others = !vault && vault.error().code != ErrorCode::unavailable;
    if (!is_of_others) file.keep();  // also when it is unknown whether it was pinned
    return vault;
}

Result<std::unique_ptr<hsm::KeyVault>> open_soft(const ServerOptions& options, app::ports::Store& store,
                                                 const DataFolder* folder) {
    if (options.lmk_source == LmkSource::custodians) {
        if (!options.ask_secret) return fail(ErrorCode::validation, "the LMK needs custodians at a terminal");
        const auto lmk = lmk_from_custodians(options.ask_secret);
        if (!lmk) return std::unexpected(lmk.error());
        return with_lmk(store, *lmk);
    }
    if (folder == nullptr && options.lmk_file.empty())
        return with_lmk(store, crypto::random_secret(hsm::soft::lmk_bytes));
    const std::filesystem::path path = lmk_path(options, folder);
    const auto lmk = read_lmk_file(path);
    if (!lmk) return std::unexpected(lmk.error());
    const auto pinned = pinned_lmk_kcv(store);
    if (!pinned) return std::unexpected(pinned.error());
    if (*lmk && !pinned->empty() && hsm::soft::kcv_of_lmk((*lmk)->reveal()) != *pinned)
        if (auto finished = finish_lmk_change(path, *pinned)) return with_lmk(store, *finished);
    if (*lmk) return with_lmk(store, **lmk);
    if (!pinned->empty() || !options.lmk_file.empty())
        return fail(ErrorCode::internal,
                    path.string() +
                        ": the LMK file is missing. Restore it from its backup, mount the medium it lies on, or let "
                        "custodians enter it (--lmk custodians); servers on one database have the same LMK");
    return with_new_lmk_file(store, path);
}

Result<std::unique_ptr<hsm::KeyVault>> open_token(const ServerOptions& options, app::ports::Store& store) {
    const auto pin = read_private_line(options.hsm_pin_file);
    if (!pin) return std::unexpected(pin.error());
    const auto pinned = pinned_lmk_kcv(store);
    if (!pinned) return std::unexpected(pinned.error());
    auto vault = hsm::pkcs11::open_token({options.hsm.module_path, options.hsm_token}, *pin, pinned->empty());
    if (!vault) return std::unexpected(std::move(vault.error()));
    if (auto done = pin_lmk(store, (*vault)->lmk_kcv()); !done) return std::unexpected(std::move(done.error()));
    return vault;
}

}  // namespace

std::filesystem::path lmk_path(const ServerOptions& options, const DataFolder* folder) {
    if (!options.lmk_file.empty()) return options.lmk_file;
    return folder ? folder->path() / "keys" / "lmk" : std::filesystem::path();
}

Result<std::unique_ptr<hsm::KeyVault>> open_vault(const ServerOptions& options, app::ports::Store& store,
                                                  const DataFolder* folder) {
    return options.hsm.kind == HsmKind::soft ? open_soft(options, store, folder) : open_token(options, store);
}

void log_hsm(const ServerOptions& options, hsm::KeyVault& vault) {
    const bool is_token = options.hsm.kind == HsmKind::pkcs11;
    log::info("hsm")
        .add("kind", vault.kind())
        .add("lmk", is_token ? "token" : "process memory")
        .add("key_encryption_keys", is_token ? "token" : "process memory")
        .add("working_keys", is_token ? "process memory, per operation" : "process memory")
        .add("pins_of_live_institutions", options.software_hsm_for_pins ? "acknowledged" : "refused")
        .add("lmk_kcv", vault.lmk_kcv());
    if (const auto* soft = dynamic_cast<const SoftVault*>(&vault); soft && !soft->is_memory_locked())
        log::warning("hsm_memory_not_locked").add("remedy", "raise the limit of locked memory (ulimit -l)");
}

}  // namespace takas::main
