#include "app/keys/inventory.hpp"

#include <fmt/format.h>

namespace takas::app::keys {
namespace {

std::string shown(std::string_view text) { return text.empty() ? "-" : std::string(text); }

/// A pipe in a name would end its column.
std::string cell(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

}  // namespace

std::string inventory_markdown(const InventoryHead& head, std::span<const KeyRef> keys,
                               std::span<const NeededKey> needed) {
    std::string out = fmt::format(
        "# Key inventory of {}\n\nMade at {} by Takas. HSM: {}. Local master key: check value {}.\n\n"
        "| Id | Usage | Label | Algorithm | TR-31 | Version | Index | BIN | KCV | State | Created | By | Destroyed |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
        cell(head.tenant_name), to_text(head.made_at), head.hsm_kind, shown(head.lmk_kcv));
    for (const KeyRef& key : keys) {
        const auto& row = core::key::usage_row(key->usage);
        out += fmt::format("| {} | {} | {} | {} | {}{}{} | {} | {} | {} | {} | {} | {} | {} | {} |\n", key->id.value,
                           to_name(key->usage), cell(key->label), to_name(key->algorithm), row.tr31_usages.substr(0, 2),
                           to_name(key->mode_of_use), to_name(key->exportability), key->key_version_no, key->key_index,
                           shown(key->bin), key->kcv, to_name(key->state), to_text(key->created_at),
                           shown(cell(key->creator_id)), key->destroyed_at ? to_text(*key->destroyed_at) : "-");
    }
    if (!needed.empty())
        out += "\nOld keys that cards still need: without them these cards' PINs cannot be checked.\n\n";
    for (const NeededKey& one : needed)
        out += fmt::format("- {} {} version {}, {}: {} cards\n", one.key->id.value, to_name(one.key->usage),
                           one.key->key_version_no, to_name(one.key->state), one.card_count);
    out += "\nWhat each usage is for:\n\n";
    for (const core::key::KeyUsageRow& row : core::key::usage_rows())
        out += fmt::format("- {}: {}\n", to_name(row.usage), row.purpose);
    return out;
}

}  // namespace takas::app::keys
