// `takas keys generate | import | export | list | rotate | destroy | inventory`: a server without doors does the work,
// so that keys are made and bound exactly as the running one would.
#include "main/keys_command.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iostream>

#include "app/keys/inventory.hpp"
#include "app/keys/keys.hpp"
#include "app/ports/hsm.hpp"
#include "app/vault/key_inventory.hpp"
#include "crypto/payment/key_block.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"
#include "store/keys/private_file.hpp"

namespace takas::main {
namespace {

int shown(const Result<core::key::PaymentKey>& key) {
    if (!key) return report_failure(key.error());
    print_key(*key);
    return 0;
}

/// A key block from a file or standard input: not secret, it is wrapped.
Result<std::string> read_block(const std::string& path) {
    std::ifstream file;
    if (path != "-") {
        file.open(path);
        if (!file) return fail(ErrorCode::validation, "cannot read " + path);
    }
    std::istream& in = path == "-" ? std::cin : file;
    std::string text(crypto::payment::max_key_block_chars + 2, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto end = text.find_last_not_of(" \r\n");
    text.resize(end == std::string::npos ? 0 : end + 1);
    if (text.empty()) return fail(ErrorCode::validation, path + " holds no key block");
    return text;
}

/// To a file of the owner's, or to standard output.
int written(const std::string& to, const std::string& text) {
    if (to.empty()) {
        fmt::print("{}", text);
        return 0;
    }
    const auto done = store::keys::write_private_file(to, text, store::keys::WriteMode::create);
    return done ? 0 : report_failure(done.error());
}

}  // namespace

int keys_generate(const Settings& settings, const KeysOrder& order) {
    const auto wanted = key_order(order);
    if (!wanted) return report_failure(wanted.error());
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    return shown(app::keys::generate_key(context, *wanted));
}

int keys_import(const Settings& settings, const KeysOrder& order) {
    const auto wanted = key_order(order);
    if (!wanted) return report_failure(wanted.error());
    if (order.components == 0 && (order.block_file.empty() || order.zmk_id == 0)) {
        fmt::print(stderr, "takas: import takes --block FILE with --zmk ID, or --components N\n");
        return exit_usage;
    }
    if (order.components != 0 && order.replaces) {
        fmt::print(stderr, "takas: --replace goes with --block\n");
        return exit_usage;
    }
    auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    if (order.components != 0) {
        const auto key = add_component(settings, *session, order);
        if (!key) return report_failure(key.error());
        if (*key) print_key(**key);
        return 0;
    }
    const auto block = read_block(order.block_file);
    if (!block) return report_failure(block.error());
    app::Context context = session->context();
    return shown(app::keys::import_key(context, *wanted, EntityId{order.zmk_id}, *block, order.kcv,
                                       order.replaces ? app::keys::Place::taken_over : app::keys::Place::free));
}

int keys_export(const Settings& settings, const KeysOrder& order) {
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    const auto block = app::keys::export_key(context, EntityId{order.id}, EntityId{order.zmk_id});
    if (!block) return report_failure(block.error());
    if (const auto key = session->server->services().keys.by_id(context.tenant_id, EntityId{order.id}))
        fmt::print(stderr, "KCV {}\n", key->kcv);
    return written(order.to, *block + "\n");
}

int keys_list(const Settings& settings, const KeysOrder& order) {
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    const app::Services& services = session->server->services();
    for (const auto& key : services.keys.list(session->tenant->tenant_id)) print_key(*key);
    fmt::print(stderr, "HSM {}, LMK check value {}\n", services.hsm.kind(), services.hsm.lmk_kcv());
    return 0;
}

int keys_rotate(const Settings& settings, const KeysOrder& order) {
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    return shown(app::keys::rotate_key(context, EntityId{order.id}));
}

int keys_destroy(const Settings& settings, const KeysOrder& order) {
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    app::Context context = session->context();
    return shown(app::keys::destroy_key(context, EntityId{order.id}, order.also_active));
}

int keys_inventory(const Settings& settings, const KeysOrder& order) {
    const auto session = open_keys_session(settings, order);
    if (!session) return report_failure(session.error());
    const app::Services& services = session->server->services();
    const app::Context context = session->context();
    const auto keys = services.keys.list(context.tenant_id);
    const auto needed = app::keys::needed_old_keys(services.store, services.keys, context.tenant_id);
    if (!needed) return report_failure(needed.error());
    const auto of_vault = app::vault::key_inventory_markdown(services.store, context.tenant_id, context.now);
    if (!of_vault) return report_failure(of_vault.error());
    return written(order.to, app::keys::inventory_markdown({session->tenant->name, std::string(services.hsm.kind()),
                                                            services.hsm.lmk_kcv(), context.now},
                                                           keys, *needed) +
                                 *of_vault);
}

}  // namespace takas::main
