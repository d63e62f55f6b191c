#include "main/keys_session.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>

#include "app/catalog/catalog.hpp"
#include "app/ports/tables.hpp"
#include "main/commands.hpp"
#include "main/terminal.hpp"

namespace takas::main {
namespace {

std::string name_of_os_user() {
    const passwd* const entry = ::getpwuid(::geteuid());
    return "os:" + (entry != nullptr ? std::string(entry->pw_name) : std::to_string(::geteuid()));
}

template <NamedEnum E>
std::string names_of() {
    std::string out;
    for (const EnumName& row : EnumNames<E>::values) out += (out.empty() ? "" : ", ") + std::string(row.name);
    return out;
}

template <NamedEnum E>
Result<std::optional<E>> optional_name(std::string_view option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto value = from_name<E>(text);
    if (!value)
        return fail(ErrorCode::validation,
                    fmt::format("{} {} is not possible: it may be {}", option, text, names_of<E>()));
    return value;
}

}  // namespace

app::Context KeysSession::context() const {
    app::Context context = operator_context(server->services());
    if (tenant) context.tenant_id = tenant->tenant_id;
    context.user_id = operator_name;
    return context;
}

Result<KeysSession> open_keys_session(const Settings& settings, const KeysOrder& order, bool needs_tenant) {
    auto options = server_options(settings);
    if (!options) return std::unexpected(std::move(options.error()));
    options->listens = false;
    options->does_chores = false;
    options->delivers_webhooks = false;
    options->node = any_node;  // servers may run on the store
    options->demo = false;
    options->ask_secret = ask_secret_at_terminal;
    auto server = Server::start(*options);
    if (!server) return std::unexpected(std::move(server.error()));
    KeysSession session{std::move(*server), nullptr, name_of_os_user()};
    if (!needs_tenant) return session;
    using core::identity::Tenant;
    auto found = session.server->services().store.find<Tenant>({app::ports::where<&Tenant::code>(order.tenant)});
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return fail(ErrorCode::tenant_not_found, "there is no institution \"" + order.tenant + "\"");
    session.tenant = std::make_shared<const Tenant>(std::move(**found));
    return session;
}

Result<app::keys::KeyOrder> key_order(const KeysOrder& order) {
    app::keys::KeyOrder wanted;
    const auto usage = optional_name<core::key::KeyUsage>("--usage", order.usage);
    if (!usage) return std::unexpected(usage.error());
    if (!*usage) return fail(ErrorCode::validation, "--usage is needed: " + names_of<core::key::KeyUsage>());
    const auto algorithm = optional_name<core::key::KeyAlgorithm>("--algorithm", order.algorithm);
    if (!algorithm) return std::unexpected(algorithm.error());
    const auto exportability = optional_name<core::key::Exportability>("--exportability", order.exportability);
    if (!exportability) return std::unexpected(exportability.error());
    wanted.usage = **usage;
    wanted.label = order.label;
    wanted.algorithm = *algorithm;
    wanted.exportability = *exportability;
    wanted.key_index = static_cast<std::int16_t>(std::clamp(order.key_index, -1, 256));  // both are refused
    wanted.bin = order.bin;
    return wanted;
}

void print_key(const core::key::PaymentKey& key) {
    fmt::print("{}  {:<11} {:<12} {:<7} version {:<2} index {:<3} bin {:<8} KCV {:<10} {}\n", key.id.value,
               to_name(key.usage), key.label, to_name(key.algorithm), key.key_version_no, key.key_index,
               key.bin.empty() ? "-" : key.bin, key.kcv, to_name(key.state));
}

}  // namespace takas::main
