#include "api/policy_files/state.hpp"

#include <map>
#include <set>

namespace takas::api {
namespace {

using core::control::ControlLink;
using core::control::LinkLevel;
using Target = References::Target;

/// The targets of one rule, each once and in order.
struct Targets {
    std::set<std::string> products;
    std::map<std::string, EntityId> groups, segments;  ///< by name
};
using TargetsByRule = std::map<std::string, Targets>;

LinksInFile forms_of(const TargetsByRule& all) {
    if (all.empty()) return std::nullopt;
    std::vector<LinkFile> forms;
    for (const auto& [rule, targets] : all) {
        LinkFile& form = forms.emplace_back();
        form.rule = optional_text(rule);
        form.card_product_code.assign(targets.products.begin(), targets.products.end());
        for (const auto& [name, id] : targets.groups) form.card_product_group.push_back(id);
        for (const auto& [name, id] : targets.segments) form.customer_segment.push_back(id);
    }
    return forms;
}

template <class Record>
Result<PolicyState> state_of(const Context& context, const References& references) {
    using K = PolicyKind<Record>;
    const auto records = stored_records<Record>(context);
    if (!records) return std::unexpected(records.error());
    PolicyState state{K::file, K::table, K::about, {}};
    for (const Record& record : *records) {
        PolicyEntry entry{record.*K::key, {}, record.version, 0};
        auto form = K::form_of(record);
        if constexpr (Linkable<Record>) {
            const auto links = app::controls::links_of(context, K::family, record.id);
            if (!links) return std::unexpected(links.error());
            auto forms = link_forms(*links, references);
            form.links = std::move(forms.links);
            entry.card_links = forms.card_links;
        }
        entry.lines = lines_of_form<Record>(form, references);
        state.entries.push_back(std::move(entry));
    }
    return state;
}

}  // namespace

LinkForms link_forms(std::span<const ControlLink> links, const References& references) {
    LinkForms out;
    TargetsByRule all;
    for (const ControlLink& link : links) {
        switch (link.level) {
            case LinkLevel::card_product:
                all[link.rule].products.insert(link.card_product_code);
                break;
            case LinkLevel::card_product_group:
                all[link.rule].groups.emplace(
                    references.name_of(Target::product_group, link.card_product_group_id.value),
                    link.card_product_group_id);
                break;
            case LinkLevel::customer_segment:
                all[link.rule].segments.emplace(
                    references.name_of(Target::customer_segment, link.customer_segment_id.value),
                    link.customer_segment_id);
                break;
            case LinkLevel::card:
            case LinkLevel::tenant:
                ++out.card_links;
        }
    }
    out.links = forms_of(all);
    return out;
}

LinksInFile tidy(const LinksInFile& links, const References& references) {
    TargetsByRule all;
    for (const LinkFile& link : links.value_or(std::vector<LinkFile>{})) {
        Targets& targets = all[text_or_empty(link.rule)];
        targets.products.insert(link.card_product_code.begin(), link.card_product_code.end());
        for (const EntityId id : link.card_product_group)
            targets.groups.emplace(references.name_of(Target::product_group, id.value), id);
        for (const EntityId id : link.customer_segment)
            targets.segments.emplace(references.name_of(Target::customer_segment, id.value), id);
    }
    return forms_of(all);
}

Result<std::vector<PolicyState>> policy_state(const Context& context) {
    const auto references = References::load(context);
    if (!references) return std::unexpected(references.error());
    std::vector<PolicyState> all;
    Result<void> done;
    for_each_kind([&]<class Record>(std::type_identity<Record>) {
        if (!done) return;
        auto state = state_of<Record>(context, *references);
        if (state)
            all.push_back(std::move(*state));
        else
            done = std::unexpected(std::move(state.error()));
    });
    if (!done) return std::unexpected(std::move(done.error()));
    return all;
}

std::string text_of(const PolicyState& state) {
    std::string out = "# " + std::string(state.about) +
                      "\n# Written by `takas policy export`; see docs/operating/policy_files.md.\n" + "format = 1\n";
    for (const PolicyEntry& entry : state.entries) {
        out += '\n';
        if (entry.card_links > 0)
            out += "# Its links to single cards are not kept here and stay as they are: " +
                   std::to_string(entry.card_links) + "\n";
        out += toml_text(state.table, entry.lines);
    }
    return out;
}

}  // namespace takas::api
