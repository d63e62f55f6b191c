// The command line of `takas keys`: which action takes which options.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>

#include "main/keys_command.hpp"

namespace takas::main {

using AddSettings = std::function<void(CLI::App&)>;
using KeysAction = int (*)(const Settings&, const KeysOrder&);

/// Adds `keys` with its actions below `app`; `order` is filled by parsing and must live as long.
void add_keys_command(CLI::App& app, const AddSettings& add_settings, KeysOrder& order);

/// The action that was parsed, after parsing; nothing when it was another command.
std::optional<KeysAction> parsed_keys_action(const CLI::App& app);

}  // namespace takas::main
