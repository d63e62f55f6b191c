// The command line of the card vault.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "main/program/perso_options.hpp"

namespace takas::main {

struct VaultOrders {
    std::string bins_file;
};
void add_vault_commands(CLI::App& app, const AddSettings& add_settings, VaultOrders& orders);
bool is_vault_command(const CLI::App& app);

}  // namespace takas::main
