// `takas init` and the subcommands that only print.
#include <fmt/core.h>

#include "api/endpoints.hpp"
#include "api/openapi/document.hpp"
#include "app/system/first_start.hpp"
#include "base/encoding.hpp"
#include "crypto/random.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/server.hpp"
#include "main/version.hpp"
#include "store/postgres/distribute.hpp"

namespace takas::main {
namespace {

constexpr std::size_t password_random_bytes = 15;  // 120 bits, 20 characters

std::string random_password() { return base64url_encode(crypto::random_secret(password_random_bytes).reveal()); }

}  // namespace

int init(const Settings& settings, const FirstOperator& first, bool distributes) {
    auto options = server_options(settings);
    if (!options) return report_failure(options.error());
    if (distributes) {
        if (options->store != StoreKind::postgres)
            return report_failure(
                Error{ErrorCode::validation, "--distribute needs --store URL, that of a Citus coordinator", {}, {}});
        if (auto done = store::postgres::distribute(options->store_url); !done) return report_failure(done.error());
        fmt::print("takas: the card accounts are distributed over the workers\n");
        if (settings.data.empty()) return 0;
    }
    options->listens = false;
    options->does_chores = false;
    options->delivers_webhooks = false;
    options->node = any_node;  // servers may run on the store
    auto server = Server::start(*options);
    if (!server) return report_failure(server.error());
    const auto known = (*server)->has_operator();
    if (!known) return report_failure(known.error());
    if (*known) {
        if (distributes) return 0;
        fmt::print(stderr, "takas: {} has an operator already\n", settings.data);
        return exit_failed;
    }
    const std::string password = first.password.empty() ? random_password() : first.password;
    app::Context context = operator_context((*server)->services());
    if (auto done = app::system::create_operator(context, first.user_name, password); !done)
        return report_failure(done.error());
    fmt::print("takas: {} is ready; keys are in {}/keys: keep a copy of them apart from the database\n", settings.data,
               settings.data);
    fmt::print("operator: {}\nclient id: {}\n", first.user_name, app::system::operator_client_id);
    if (first.password.empty()) fmt::print("password: {} (shown this once)\n", password);
    return 0;
}

int print_openapi() {
    fmt::print("{}\n",
               api::openapi::document(api::all_endpoints(), api::all_raw_endpoints(), api::sections(), version));
    return 0;
}

int print_version() {
    fmt::print("takas {}\n", version);
    return 0;
}

}  // namespace takas::main
