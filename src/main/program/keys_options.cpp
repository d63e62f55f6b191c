#include "main/program/keys_options.hpp"

#include <array>
#include <string>

namespace takas::main {
namespace {

struct ActionRow {
    const char* name;
    const char* help;
    KeysAction run;
    void (*add_options)(CLI::App&, KeysOrder&);
};

void add_tenant(CLI::App& command, KeysOrder& order) {
    command.add_option("--tenant", order.tenant, "code of the institution")->required();
}
void add_id(CLI::App& command, KeysOrder& order) {
    add_tenant(command, order);
    command.add_option("--id", order.id, "id of the key")->required();
}
void add_place(CLI::App& command, KeysOrder& order) {
    add_tenant(command, order);
    command.add_option("--usage", order.usage, "what the key is for: Zmk, Zpk, Pvk, Cvk, ImkAc ...")->required();
    command.add_option("--label", order.label, "names the key, or the partner it is shared with")
        ->capture_default_str();
    command.add_option("--algorithm", order.algorithm, "Tdea2, Tdea3, Aes128, Aes192, Aes256, Rsa2048 to Rsa4096");
    command.add_option("--exportability", order.exportability, "E, N or S");
    command.add_option("--index", order.key_index, "PVKI or derivation key index")->capture_default_str();
    command.add_option("--bin", order.bin, "card numbers that begin so; without it all of the institution");
}
void add_import(CLI::App& command, KeysOrder& order) {
    add_place(command, order);
    command.add_option("--zmk", order.zmk_id, "id of the key-encryption key that the block is under");
    command.add_option("--block", order.block_file, "file with the key block; - is standard input");
    command.add_option("--kcv", order.kcv, "check value that the key must have");
    command.add_flag("--replace", order.replaces, "in the place of the active key, which then only reads and verifies");
    command.add_option("--components", order.components,
                       "the key comes in so many clear components: one custodian "
                       "a call, each with a user of his own");
    command.add_option("--user", order.user, "the custodian");
    command.add_option("--component-file", order.component_file,
                       "file with the component, mode 0600; without it the "
                       "terminal asks");
}
void add_export(CLI::App& command, KeysOrder& order) {
    add_id(command, order);
    command.add_option("--zmk", order.zmk_id, "id of the key-encryption key")->required();
    command.add_option("--to", order.to, "new file for the key block; without it standard output");
}
void add_destroy(CLI::App& command, KeysOrder& order) {
    add_id(command, order);
    command.add_flag("--active", order.also_active, "also a key that is in use");
}
void add_inventory(CLI::App& command, KeysOrder& order) {
    add_tenant(command, order);
    command.add_option("--to", order.to, "new file for the document; without it standard output");
}
void add_split(CLI::App& command, KeysOrder& order) {
    command.add_option("--threshold", order.threshold, "shares that are enough")->capture_default_str();
    command.add_option("--shares", order.shares, "shares that are made")->capture_default_str();
    command.add_option("--to", order.to, "folder for one file a share; without it the terminal shows them");
}
void add_form(CLI::App& command, KeysOrder& order) {
    command.add_option("--kcv", order.kcv, "check value that the LMK must have");
}
void add_nothing(CLI::App&, KeysOrder&) {}

constexpr std::array actions{
    ActionRow{"generate", "make a key in the HSM", keys_generate, add_place},
    ActionRow{"import", "take a key in: as a key block, or from components", keys_import, add_import},
    ActionRow{"export", "give a key out as a key block under a key-encryption key", keys_export, add_export},
    ActionRow{"list", "show the keys of an institution", keys_list, add_tenant},
    ActionRow{"rotate", "a fresh key in the place of an active one", keys_rotate, add_id},
    ActionRow{"destroy", "remove a key for ever", keys_destroy, add_destroy},
    ActionRow{"inventory", "write the key inventory, a Markdown document", keys_inventory, add_inventory},
};

constexpr std::array ceremonies{
    ActionRow{"split", "give the local master key to custodians as shares", keys_ceremony_split, add_split},
    ActionRow{"form", "make the file of the local master key from shares or components", keys_ceremony_form, add_form},
    ActionRow{"change", "a new local master key; every key is wrapped anew", keys_ceremony_change, add_nothing},
};

template <class Rows>
void add_rows(CLI::App& parent, const Rows& rows, const AddSettings& add_settings, KeysOrder& order) {
    parent.require_subcommand(1);
    for (const ActionRow& row : rows) {
        CLI::App& command = *parent.add_subcommand(row.name, row.help);
        add_settings(command);
        row.add_options(command, order);
    }
}

template <class Rows>
std::optional<KeysAction> parsed_row(const CLI::App& parent, const Rows& rows) {
    for (const ActionRow& row : rows)
        if (parent.got_subcommand(row.name)) return row.run;
    return std::nullopt;
}

}  // namespace

void add_keys_command(CLI::App& app, const AddSettings& add_settings, KeysOrder& order) {
    CLI::App& keys = *app.add_subcommand("keys", "payment keys: made, exchanged, replaced, destroyed");
    add_rows(keys, actions, add_settings, order);
    CLI::App& ceremony = *keys.add_subcommand("ceremony", "the local master key in the hands of custodians");
    add_rows(ceremony, ceremonies, add_settings, order);
}

std::optional<KeysAction> parsed_keys_action(const CLI::App& app) {
    if (!app.got_subcommand("keys")) return std::nullopt;
    const CLI::App& keys = *app.get_subcommand("keys");
    if (keys.got_subcommand("ceremony")) return parsed_row(*keys.get_subcommand("ceremony"), ceremonies);
    return parsed_row(keys, actions);
}

}  // namespace takas::main
