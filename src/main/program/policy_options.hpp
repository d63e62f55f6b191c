// The command lines of `takas policy`: which action takes which options.
#pragma once

#include "main/policy_command.hpp"
#include "main/program/keys_options.hpp"

namespace takas::main {

using PolicyCommand = int (*)(const Settings&, const PolicyOrder&);

/// Adds `policy` with its actions below `app`; `order` is filled by parsing and must live as long.
void add_policy_commands(CLI::App& app, const AddSettings& add_settings, PolicyOrder& order);

/// The action that was parsed, after parsing; nothing when it was another command.
std::optional<PolicyCommand> parsed_policy_command(const CLI::App& app);

}  // namespace takas::main
