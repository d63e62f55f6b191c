#include "api/policy_files/policy_files.hpp"

#include <algorithm>

#include "api/policy_files/kind_run.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace takas::api {
namespace {

using app::policy_files::Staging;
using protocol::toml::Node;

/// The files that were given, parsed, by name. What is wrong with a file as a whole is a mistake.
std::map<std::string, Node> parse_all(std::span<const PolicyFile> files, std::vector<PolicyMistake>& mistakes) {
    std::map<std::string, std::string_view> table_of;
    for_each_kind([&]<class Record>(std::type_identity<Record>) {
        table_of.emplace(PolicyKind<Record>::file, PolicyKind<Record>::table);
    });
    std::map<std::string, Node> roots;
    for (const PolicyFile& file : files) {
        const auto known = table_of.find(file.name);
        if (known == table_of.end()) {
            mistakes.push_back({file.name, 0, "", "No kind of policy is kept in a file of this name."});
            continue;
        }
        auto root = protocol::toml::parse(file.text);
        if (!root) {
            mistakes.push_back({file.name, root.error().line, "", std::move(root.error().reason)});
            continue;
        }
        const Node* format = root->find(format_key);
        if (format == nullptr || format->type != protocol::toml::NodeType::integer || format->text != format_now)
            mistakes.push_back({file.name, format ? format->line : 1, std::string(format_key),
                                "format = 1 is expected: the only one there is."});
        for (const Node& member : root->children)
            if (member.key != format_key && member.key != known->second)
                mistakes.push_back({file.name, member.line, member.key, "There is no such key here."});
        roots.emplace(file.name, std::move(*root));
    }
    return roots;
}

constexpr auto is_named_by_others = []<class Record>(std::type_identity<Record>) {
    return std::same_as<Record, core::product::CardProductGroup> || std::same_as<Record, core::product::CardProduct>;
};

Result<void> bring_all(Staging& staging, const std::map<std::string, Node>& roots, bool prunes,
                       std::vector<PolicyMistake>& mistakes) {
    Result<void> done;
    const auto remove = [&]<class Record>(std::type_identity<Record>) {
        const auto root = roots.find(std::string(PolicyKind<Record>::file));
        if (done && prunes && root != roots.end())
            done = KindRun<Record>(staging, mistakes).remove_absent(root->second);
    };
    for_each_kind([&](auto kind) {
        if (!is_named_by_others(kind)) remove(kind);
    });
    for_each_kind([&]<class Record>(std::type_identity<Record>) {
        const auto root = roots.find(std::string(PolicyKind<Record>::file));
        if (done && root != roots.end()) done = KindRun<Record>(staging, mistakes).make(root->second);
    });
    remove(std::type_identity<core::product::CardProduct>{});
    remove(std::type_identity<core::product::CardProductGroup>{});
    return done;
}

std::vector<PolicyChange::Key> changed_keys(const std::vector<TomlLine>& before, const std::vector<TomlLine>& now) {
    std::vector<PolicyChange::Key> keys;
    for (const TomlLine& line : now) {
        const auto old = std::ranges::find(before, line.key, &TomlLine::key);
        if (old == before.end())
            keys.push_back({line.key, "", line.value});
        else if (old->value != line.value)
            keys.push_back({line.key, old->value, line.value});
    }
    for (const TomlLine& line : before)
        if (std::ranges::find(now, line.key, &TomlLine::key) == now.end()) keys.push_back({line.key, line.value, ""});
    return keys;
}

void compare(const PolicyState& before, const PolicyState& now, std::vector<PolicyChange>& changes) {
    const auto find = [](const PolicyState& state, const std::string& name) {
        const auto found = std::ranges::find(state.entries, name, &PolicyEntry::name);
        return found == state.entries.end() ? nullptr : &*found;
    };
    const std::string table(now.table);
    for (const PolicyEntry& entry : now.entries) {
        const PolicyEntry* old = find(before, entry.name);
        auto keys = changed_keys(old ? old->lines : std::vector<TomlLine>{}, entry.lines);
        if (!keys.empty())
            changes.push_back(
                {old ? PolicyAction::changed : PolicyAction::added, table, entry.name, std::move(keys), {}});
    }
    for (const PolicyEntry& entry : before.entries)
        if (find(now, entry.name) == nullptr)
            changes.push_back({PolicyAction::removed, table, entry.name, changed_keys(entry.lines, {}), {}});
}

/// What is told of the changed entries, all other changes considered.
Result<void> add_warnings(Staging& staging, std::vector<PolicyChange>& changes) {
    Result<void> done;
    for_each_kind([&]<class Record>(std::type_identity<Record>) {
        if constexpr (Linkable<Record>) {
            Context context = staging.context();
            for (PolicyChange& change : changes) {
                if (!done || change.table != PolicyKind<Record>::table || change.action == PolicyAction::removed)
                    continue;
                using app::ports::where;
                const auto record = context.store().find<Record>(
                    {where<&Record::tenant_id>(context.tenant_id), where<&Record::name>(change.name)});
                if (!record || !*record) continue;
                auto warnings = PolicyKind<Record>::warnings(context, **record);
                if (warnings)
                    change.warnings = std::move(*warnings);
                else
                    done = std::unexpected(std::move(warnings.error()));
            }
        }
    });
    return done;
}

/// What is stored counts with its versions: changed and changed back is not the same.
std::string hash_of(const std::vector<PolicyState>& before, const std::vector<PolicyState>& now) {
    std::string all;
    for (const PolicyState& state : before) {
        all += text_of(state);
        for (const PolicyEntry& entry : state.entries) all += std::to_string(entry.version) + " ";
        all += '\n';
    }
    all += "->\n";
    for (const PolicyState& state : now) all += text_of(state);
    return hex_encode(crypto::sha256(bytes_of(all)));
}

/// Stored entries that their file does not name.
std::vector<std::string> kept_entries(const std::vector<PolicyState>& now, const std::map<std::string, Node>& roots) {
    std::vector<std::string> kept;
    for (const PolicyState& state : now) {
        const auto root = roots.find(std::string(state.file));
        if (root == roots.end()) continue;
        const Node* entries = root->second.find(state.table);
        for (const PolicyEntry& entry : state.entries) {
            const bool is_named = entries && std::ranges::any_of(entries->children, [&](const Node& one) {
                                      const Node* name = one.find(state.table == "product" ? "code" : "name");
                                      return name && name->text == entry.name;
                                  });
            if (!is_named) kept.push_back(std::string(state.table) + " \"" + entry.name + "\"");
        }
    }
    return kept;
}

}  // namespace

std::vector<std::string> policy_file_names() {
    std::vector<std::string> names;
    for_each_kind([&]<class Record>(std::type_identity<Record>) { names.emplace_back(PolicyKind<Record>::file); });
    return names;
}

Result<std::vector<PolicyFile>> export_policy(const app::Context& context) {
    const auto all = policy_state(context);
    if (!all) return std::unexpected(all.error());
    std::vector<PolicyFile> files;
    for (const PolicyState& state : *all) files.push_back({std::string(state.file), text_of(state)});
    return files;
}

Result<PolicyPlan> plan_policy(Staging& staging, std::span<const PolicyFile> files, bool prunes) {
    PolicyPlan plan;
    const auto roots = parse_all(files, plan.mistakes);
    const auto before = policy_state(staging.context());
    if (!before) return std::unexpected(before.error());
    if (auto done = bring_all(staging, roots, prunes, plan.mistakes); !done)
        return std::unexpected(std::move(done.error()));
    std::ranges::sort(plan.mistakes, {}, [](const auto& one) { return std::tie(one.file, one.line, one.key); });
    if (!plan.mistakes.empty()) return plan;
    const auto now = policy_state(staging.context());
    if (!now) return std::unexpected(now.error());
    for (std::size_t i = 0; i < now->size(); ++i) compare((*before)[i], (*now)[i], plan.changes);
    if (auto done = add_warnings(staging, plan.changes); !done) return std::unexpected(std::move(done.error()));
    plan.kept = kept_entries(*now, roots);
    plan.hash = hash_of(*before, *now);
    return plan;
}

}  // namespace takas::api
