// What `takas keys` was asked for. One struct for all actions: the command line fills what the action takes.
#pragma once

#include <cstdint>
#include <string>

#include "main/settings.hpp"

namespace takas::main {

struct KeysOrder {
    std::string tenant;  ///< the institution's code
    std::string usage, label = "main", algorithm, exportability, bin;
    std::int32_t key_index = 0;
    std::int64_t id = 0;
    std::int64_t zmk_id = 0;
    std::string kcv;         ///< the check value that the key must have
    std::string block_file;  ///< key block to import; "-" is standard input
    std::string to;          ///< file or folder of what is written; "" is the terminal
    std::int32_t components = 0;
    std::string user;            ///< the custodian
    std::string component_file;  ///< mode 0600; "" asks at the terminal
    bool also_active = false;
    bool replaces = false;  ///< what is imported takes the place of the active key
    std::int32_t threshold = 2, shares = 3;
};

int keys_generate(const Settings& settings, const KeysOrder& order);
int keys_import(const Settings& settings, const KeysOrder& order);
int keys_export(const Settings& settings, const KeysOrder& order);
int keys_list(const Settings& settings, const KeysOrder& order);
int keys_rotate(const Settings& settings, const KeysOrder& order);
int keys_destroy(const Settings& settings, const KeysOrder& order);
int keys_inventory(const Settings& settings, const KeysOrder& order);

/// The LMK of the software HSM: given to custodians as shares, put together from what they have, or changed for a new
/// one (every key is wrapped anew).
int keys_ceremony_split(const Settings& settings, const KeysOrder& order);
int keys_ceremony_form(const Settings& settings, const KeysOrder& order);
int keys_ceremony_change(const Settings& settings, const KeysOrder& order);

}  // namespace takas::main
