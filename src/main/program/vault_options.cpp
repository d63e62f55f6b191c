#include "main/program/vault_options.hpp"

namespace takas::main {

void add_vault_commands(CLI::App& app, const AddSettings& add_settings, VaultOrders& orders) {
    CLI::App& vault = *app.add_subcommand("vault", "the card vault");
    vault.require_subcommand(1);
    CLI::App& bins = *vault.add_subcommand("bins", "the BIN table");
    bins.require_subcommand(1);
    CLI::App& import = *bins.add_subcommand("import", "replace the table by a CSV file (docs/operating/vault.md)");
    add_settings(import);
    import.add_option("file", orders.bins_file, "the CSV file")->required();
}

bool is_vault_command(const CLI::App& app) { return app.got_subcommand("vault"); }

}  // namespace takas::main
