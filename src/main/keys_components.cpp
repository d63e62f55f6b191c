// Clear components of a key, under the two-person rule: every custodian signs in with a user of his own and brings one
// component, in an invocation of his own; nobody brings two. What was brought waits in DATA/keys, sealed by the
// keyring, until the last one forms the key in the HSM. File, every line ended by '\n':
//   takas-components 1
//   order <usage> <label> <algorithm or -> <index> <bin or -> <check value or -> <number of components>
//   component <user's UUID> <sealed component, hex>        (one for each custodian so far)
#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "app/auth/sign_in.hpp"
#include "app/ports/tables.hpp"
#include "app/secrets/secret_box.hpp"
#include "base/encoding.hpp"
#include "crypto/payment/cipher.hpp"
#include "crypto/payment/key_check.hpp"
#include "main/keys_session.hpp"
#include "main/terminal.hpp"
#include "store/keys/private_file.hpp"

namespace takas::main {
namespace {

using core::identity::User;
using crypto::SecretBytes;

constexpr std::string_view first_line = "takas-components 1";
constexpr std::size_t file_max_bytes = 64 * 1024;
constexpr std::int32_t components_min = 2, components_max = 9;

struct Component {
    std::string user_uuid;
    std::string sealed_hex;
};

struct Pending {
    std::string order_line;
    std::vector<Component> components;
};

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

std::string order_line(const KeysOrder& order) {
    return fmt::format("order {} {} {} {} {} {} {}", order.usage, order.label, or_dash(order.algorithm),
                       order.key_index, or_dash(order.bin), or_dash(order.kcv), order.components);
}

std::filesystem::path pending_path(const Settings& settings, const KeysSession& session, const KeysOrder& order) {
    return std::filesystem::path(settings.data) / "keys" /
           fmt::format("components-{}-{}-{}-{}-{}", session.tenant->tenant_id.value, order.usage, order.label,
                       order.key_index, or_dash(order.bin));
}

Result<Pending> read_pending(const std::filesystem::path& path, const KeysOrder& order) {
    auto content = store::keys::read_private_file(path, file_max_bytes);
    if (!content) return std::unexpected(std::move(content.error()));
    Pending pending{order_line(order), {}};
    if (!*content) return pending;
    std::istringstream lines{std::string(text_of((*content)->reveal()))};
    std::string line;
    std::getline(lines, line);
    if (line != first_line) return fail(ErrorCode::internal, path.string() + " is no file of components");
    std::getline(lines, line);
    if (line != pending.order_line)
        return fail(ErrorCode::validation, path.string() +
                                               ": the custodians before asked for another key; give the same options, "
                                               "or remove the file to begin again");
    while (std::getline(lines, line)) {
        std::istringstream words{line};
        std::string word;
        Component component;
        words >> word >> component.user_uuid >> component.sealed_hex;
        if (word != "component" || component.sealed_hex.empty())
            return fail(ErrorCode::internal, path.string() + " is damaged");
        pending.components.push_back(std::move(component));
    }
    return pending;
}

Result<void> write_pending(const std::filesystem::path& path, const Pending& pending) {
    std::string text = fmt::format("{}\n{}\n", first_line, pending.order_line);
    for (const Component& component : pending.components)
        text += fmt::format("component {} {}\n", component.user_uuid, component.sealed_hex);
    return store::keys::write_private_file(path, text, store::keys::WriteMode::replace);
}

/// A user of the institution, or one of the platform.
Result<User> sign_in(KeysSession& session, const std::string& user_name) {
    app::Services& services = session.server->services();
    const auto of_tenant = services.store.find<User>({app::ports::where<&User::tenant_id>(session.tenant->tenant_id),
                                                      app::ports::where<&User::user_name>(user_name)});
    if (!of_tenant) return std::unexpected(of_tenant.error());
    const TenantId tenant = *of_tenant ? session.tenant->tenant_id : core::identity::platform_tenant;
    const auto password = ask_secret_at_terminal("password of " + user_name);
    if (!password) return fail(ErrorCode::unauthenticated, "no password was entered");
    app::auth::SignIn gate(services.store, services.clock);
    auto user = gate.check(tenant, user_name, text_of(password->reveal()));
    if (!user) return fail(user.error().code, "the custodian could not be signed in");
    return user;
}

Result<SecretBytes> read_component(const KeysOrder& order) {
    std::optional<SecretBytes> line;
    if (order.component_file.empty()) {
        line = ask_secret_at_terminal("component, hex digits");
    } else {
        auto content = read_private_line(order.component_file);
        if (!content) return content;
        line.emplace(std::move(*content));
    }
    if (!line) return fail(ErrorCode::hsm_key_component_invalid, "no component was entered");
    std::string digits;
    digits.reserve(line->size());
    for (const char c : text_of(line->reveal()))
        if (c != ' ' && c != '\r') digits.push_back(c);
    auto bytes = hex_decode(digits);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    if (!bytes || bytes->size() < 16 || bytes->size() > 32)
        return fail(ErrorCode::hsm_key_component_invalid, "a component is 32, 48 or 64 hex digits");
    SecretBytes component{ByteView(*bytes)};
    crypto::wipe(*bytes);
    return component;
}

/// What the custodian compares with the paper: the component's own check value.
std::string kcv_of_component(const SecretBytes& component, core::key::KeyAlgorithm algorithm) {
    const auto key = core::key::is_tdea(algorithm) ? crypto::payment::CipherKey::tdes(component.reveal())
                                                   : crypto::payment::CipherKey::aes(component.reveal());
    return key ? crypto::payment::kcv_text(*key) : std::string("-");
}

Result<std::vector<SecretBytes>> opened(const app::secrets::SecretBox& box, const Pending& pending,
                                        const std::string& place) {
    std::vector<SecretBytes> components;
    for (const Component& component : pending.components) {
        const auto sealed = hex_decode(component.sealed_hex);
        if (!sealed) return fail(ErrorCode::internal, "a sealed component is damaged");
        auto clear = box.open(Blob{std::string(text_of(*sealed))}, {"key_component", place, component.user_uuid});
        if (!clear) return std::unexpected(std::move(clear.error()));
        components.push_back(std::move(*clear));
    }
    return components;
}

}  // namespace

Result<std::optional<core::key::PaymentKey>> add_component(const Settings& settings, KeysSession& session,
                                                           const KeysOrder& order) {
    if (order.components < components_min || order.components > components_max)
        return fail(ErrorCode::validation, "--components may be 2 to 9");
    if (order.user.empty()) return fail(ErrorCode::validation, "--user names the custodian");
    if (settings.data.empty()) return fail(ErrorCode::validation, "components need a data folder: --data DIR");
    const auto wanted = key_order(order);
    if (!wanted) return std::unexpected(wanted.error());
    if (auto good = app::keys::check_order(*wanted); !good) return std::unexpected(std::move(good.error()));
    const auto path = pending_path(settings, session, order);
    auto pending = read_pending(path, order);
    if (!pending) return std::unexpected(std::move(pending.error()));
    const auto user = sign_in(session, order.user);
    if (!user) return std::unexpected(user.error());
    if (std::ranges::find(pending->components, user->user_uuid, &Component::user_uuid) != pending->components.end())
        return fail(ErrorCode::forbidden, "this custodian has brought a component already: the next is another's");
    const auto component = read_component(order);
    if (!component) return std::unexpected(component.error());
    const auto algorithm = wanted->algorithm.value_or(core::key::usage_row(wanted->usage).preferred_algorithm);
    fmt::print("component {} of {}: KCV {}\n", pending->components.size() + 1, order.components,
               kcv_of_component(*component, algorithm));
    const app::secrets::SecretBox& box = session.server->services().secret_box;
    const std::string place = path.filename().string();
    const auto sealed = box.seal(text_of(component->reveal()), {"key_component", place, user->user_uuid});
    if (!sealed) return std::unexpected(sealed.error());
    pending->components.push_back({user->user_uuid, hex_encode(bytes_of(sealed->bytes))});
    if (pending->components.size() < static_cast<std::size_t>(order.components)) {
        if (auto done = write_pending(path, *pending); !done) return std::unexpected(std::move(done.error()));
        return std::nullopt;
    }
    const auto components = opened(box, *pending, place);
    if (!components) return std::unexpected(components.error());
    app::Context context = session.context();
    context.user_id = user->user_uuid;
    auto key = app::keys::form_key(context, *wanted, *components, order.kcv);
    if (!key) return std::unexpected(std::move(key.error()));
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return std::optional(std::move(*key));
}

}  // namespace takas::main
