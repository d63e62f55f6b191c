// The command lines of `takas perso` and `takas jobs`: which action takes which options.
#pragma once

#include "main/commands.hpp"
#include "main/program/keys_options.hpp"

namespace takas::main {

struct PersoOrders {
    PersoExport file;
    ResultFile result;
    JobOrder job;
};
using PersoAction = int (*)(const Settings&, const PersoOrders&);

/// Adds `perso` and `jobs` with their actions below `app`; `orders` is filled by parsing and must live as long.
void add_perso_commands(CLI::App& app, const AddSettings& add_settings, PersoOrders& orders);

/// The action that was parsed, after parsing; nothing when it was another command.
std::optional<PersoAction> parsed_perso_action(const CLI::App& app);

}  // namespace takas::main
