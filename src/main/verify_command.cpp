// `takas verify`: proves the books of a store that no server uses at the moment, and with --archive those of its past.
#include <fmt/core.h>

#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "app/verify/verify.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
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
    fmt::print(stderr, "takas: the seals of audit chains are not proved: {}\n", keyring.error().internal_detail);
    return std::nullopt;
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
    return report->sound() ? 0 : exit_failed;
}

}  // namespace takas::main
