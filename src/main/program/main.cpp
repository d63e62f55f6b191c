// The command line: one subcommand, and flags that follow from the settings' description.
#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include <cstdlib>

#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/program/keys_options.hpp"
#include "main/program/perso_options.hpp"
#include "main/program/policy_options.hpp"
#include "main/program/vault_options.hpp"
#include "main/version.hpp"

namespace takas::main {
namespace {

constexpr const char* operator_password_variable = "TAKAS_OPERATOR_PASSWORD";

std::string help_of(const Field& field) {
    const std::string value = setting_text(field, Settings{});
    std::string help(field.doc);
    help += fmt::format(" [{}{}]", environment_name_of(field), value.empty() ? "" : ", default " + value);
    return help;
}

/// One option per setting that may be on a command line; what was given goes into `flags`.
void add_settings(CLI::App& command, SettingTexts& flags) {
    for (const Field& field : Describe<Settings>::fields) {
        if (field.sensitivity == Sensitivity::secret) continue;
        const std::string name(field.name);
        if (field.type->kind == Kind::boolean) {
            command.add_flag_callback(flag_of(field), [&flags, name] { flags[name] = "true"; }, help_of(field));
        } else {
            command.add_option_function<std::string>(
                flag_of(field), [&flags, name](const std::string& text) { flags[name] = text; }, help_of(field));
        }
    }
    command.footer(
        "Settings come from flags, TAKAS_* variables and the file of --config, in this order.\n"
        "Others can read command lines: TAKAS_KEK_HEX (the key-encryption key) has no flag, and a store's URL with a\n"
        "password belongs into TAKAS_STORE or the file, or its password into a file that PGPASSFILE names.");
}

int with_settings(const SettingTexts& flags, auto command) {
    const auto settings = read_settings(flags, [](const char* name) -> const char* { return std::getenv(name); });
    return settings ? command(*settings) : report_failure(settings.error());
}

int run(int argc, char** argv) {
    CLI::App app("Takas issues cards, authorizes their transactions and keeps the books.", "takas");
    app.require_subcommand(1);
    SettingTexts flags;
    FirstOperator first;
    if (const char* password = std::getenv(operator_password_variable)) first.password = password;

    CLI::App& serve_command = *app.add_subcommand("serve", "run the server");
    add_settings(serve_command, flags);
    CLI::App& init_command = *app.add_subcommand("init", "make data folder, keys and the first operator");
    add_settings(init_command, flags);
    init_command.add_option("--operator", first.user_name, "user name of the operator")->capture_default_str();
    init_command.add_option(
        "--password", first.password,
        fmt::format("the operator's password [{}]; without one a random one is printed", operator_password_variable));
    bool distributes = false;
    init_command.add_flag("--distribute", distributes,
                          "spread the card accounts over the workers of a Citus database; --store is its coordinator");
    CLI::App& verify_command = *app.add_subcommand("verify", "prove the books of a store that no server uses");
    add_settings(verify_command, flags);
    std::string archive_to_verify, backup_to;
    ArchiveOrder order;
    verify_command.add_option("--archive", archive_to_verify, "folder of the archive: prove it too");
    CLI::App& archive_command = *app.add_subcommand("archive", "move old months of transactions into files");
    add_settings(archive_command, flags);
    archive_command.add_option("--before", order.before, "months that end by this date (YYYY-MM-DD)")->required();
    archive_command.add_option("--to", order.to, "folder of the archive; --archive-dir without it");
    CLI::App& backup_command = *app.add_subcommand("backup", "copy the SQLite database while a server uses it");
    add_settings(backup_command, flags);
    backup_command.add_option("--to", backup_to, "the new file")->required();
    KeysOrder keys_order;
    add_keys_command(app, [&flags](CLI::App& command) { add_settings(command, flags); }, keys_order);
    PersoOrders perso_orders;
    add_perso_commands(app, [&flags](CLI::App& command) { add_settings(command, flags); }, perso_orders);
    VaultOrders vault_orders;
    add_vault_commands(app, [&flags](CLI::App& command) { add_settings(command, flags); }, vault_orders);
    PolicyOrder policy_order;
    add_policy_commands(app, [&flags](CLI::App& command) { add_settings(command, flags); }, policy_order);
    CLI::App& openapi_command = *app.add_subcommand("openapi", "print the OpenAPI document");
    CLI::App& version_command = *app.add_subcommand("version", "print the version");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : exit_usage;
    }
    if (serve_command.parsed()) return with_settings(flags, [](const Settings& s) { return serve(s); });
    if (init_command.parsed())
        return with_settings(flags, [&](const Settings& s) { return init(s, first, distributes); });
    if (verify_command.parsed())
        return with_settings(flags, [&](const Settings& s) { return verify(s, archive_to_verify); });
    if (archive_command.parsed()) return with_settings(flags, [&](const Settings& s) { return archive(s, order); });
    if (backup_command.parsed()) return with_settings(flags, [&](const Settings& s) { return backup(s, backup_to); });
    if (const auto action = parsed_keys_action(app))
        return with_settings(flags, [&](const Settings& s) { return (*action)(s, keys_order); });
    if (const auto action = parsed_perso_action(app))
        return with_settings(flags, [&](const Settings& s) { return (*action)(s, perso_orders); });
    if (is_vault_command(app))
        return with_settings(flags, [&](const Settings& s) { return import_vault_bins(s, vault_orders.bins_file); });
    if (const auto command = parsed_policy_command(app))
        return with_settings(flags, [&](const Settings& s) { return (*command)(s, policy_order); });
    if (openapi_command.parsed()) return print_openapi();
    return version_command.parsed() ? print_version() : exit_usage;
}

}  // namespace
}  // namespace takas::main

int main(int argc, char** argv) {
    try {
        return takas::main::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "takas: {}\n", error.what());
        return takas::main::exit_failed;
    }
}
