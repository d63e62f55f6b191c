// `takas verify`: proves the books of a store that no server uses at the moment, and with --archive those of its past.
#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "app/keys/key_directory.hpp"
#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/vault/wrapping.hpp"
#include "app/verify/vault_proof.hpp"
#include "app/verify/verify.hpp"
#include "hsm/engine/payment_hsm.hpp"
#include "hsm/soft/soft_vault.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/hsm.hpp"
#include "main/machine.hpp"
#include "main/offline_store.hpp"
#include "store/archive/archive_folder.hpp"
#include "store/keys/key_files.hpp"

namespace takas::main {
namespace {

/// What servers change while it is read would look like a difference.
void warn_of_living_servers(app::ports::Store& store) {
    using core::cluster::ServerNode;
    const auto living = store.list<ServerNode>(
        {{app::ports::where<&ServerNode::alive_until>(app::ports::Compare::greater, MachineClock().now())},
         {},
         0,
         100});
    if (!living || living->empty()) return;
    fmt::print(stderr,
               "takas: {} server(s) live on this store: differences may be changes under way; stop them, or verify a "
               "restored copy\n",
               living->size());
}

/// The installation's keys, for the seals of audit chains. The books are proved without them: nothing when they are not
/// at hand, with a word to the operator.
std::optional<crypto::Keyring> keys_at_hand(const ServerOptions& options) {
    const store::keys::KeySettings settings{options.data_dir, options.kek_file, options.kek_hex};
    auto keyring = store::keys::load_or_create(settings, /*must_exist=*/true, MachineClock().now());
    if (keyring) return std::move(*keyring);
    fmt::print(stderr, "takas: the seals of audit chains and the cards of the vault are not proved: {}\n",
               keyring.error().internal_detail);
    return std::nullopt;
}

/// Does a key of the vault need the HSM?
Result<bool> needs_hsm(app::ports::Store& store) {
    const auto keys =
        store.list<app::vault::VaultKey>({{app::ports::where<&app::vault::VaultKey::state>(
                                              app::ports::Compare::not_equal, app::vault::KeyState::destroyed)},
                                          {{"merchant_id"}},
                                          0,
                                          std::numeric_limits<std::int64_t>::max()});
    if (!keys) return std::unexpected(keys.error());
    return std::ranges::any_of(
        *keys, [](const app::vault::VaultKey& key) { return app::vault::Wrapping::kek_id_of(key) != EntityId{}; });
}

/// Every card of the vault is opened. Nothing when the HSM is not at hand, with a word to the operator.
Result<std::optional<app::verify::VaultProof>> prove_vault(const ServerOptions& options, const OfflineStore& offline,
                                                           const app::secrets::SecretBox& secret_box) {
    app::ports::Store& store = *offline.store;
    const auto is_hsm_needed = needs_hsm(store);
    if (!is_hsm_needed) return std::unexpected(is_hsm_needed.error());
    // Without a key in the HSM an empty one does: opening the installation's could write into the store.
    std::unique_ptr<hsm::KeyVault> key_vault = std::make_unique<hsm::soft::SoftVault>();
    if (*is_hsm_needed) {
        auto opened = open_vault(options, store, offline.folder ? &*offline.folder : nullptr);
        if (!opened) {
            fmt::print(stderr, "takas: the cards of the vault are not opened: {}\n", opened.error().internal_detail);
            return std::optional<app::verify::VaultProof>{};
        }
        key_vault = std::move(*opened);
    }
    hsm::PaymentHsm hsm(*key_vault, {[](TenantId) { return false; }, options.software_hsm_for_pins});
    app::keys::KeyDirectory directory(store);
    if (auto done = directory.refresh(); !done) return std::unexpected(std::move(done.error()));
    const app::vault::Wrapping wrapping(secret_box, hsm, directory);
    const MachineClock clock;
    app::vault::Keys keys(store, clock, wrapping);
    auto proof = app::verify::prove_vault(store, keys);
    if (!proof) return std::unexpected(std::move(proof.error()));
    return std::optional(std::move(*proof));
}

}  // namespace

int verify(const Settings& settings, const std::string& archive) {
    const auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    const auto offline = open_offline(*options);
    if (!offline) return report_failure(offline.error());
    store::archive::ArchiveFolder files(archive);
    warn_of_living_servers(*offline->store);
    const auto keyring = keys_at_hand(*options);
    std::optional<app::secrets::SecretBox> secret_box;
    app::verify::Options how;
    how.proves_audit_whole = true;
    if (keyring) how.secret_box = &secret_box.emplace(*keyring);
    const auto report = app::verify::verify(*offline->store, {}, how, archive.empty() ? nullptr : &files);
    if (!report) return report_failure(report.error());
    fmt::print("{}", app::verify::to_text(*report));
    if (!secret_box) return report->sound() ? 0 : exit_failed;
    const auto proof = prove_vault(*options, *offline, *secret_box);
    if (!proof) return report_failure(proof.error());
    if (*proof) fmt::print("{}", app::verify::to_text(**proof));
    return report->sound() && (!*proof || (*proof)->sound()) ? 0 : exit_failed;
}

}  // namespace takas::main
