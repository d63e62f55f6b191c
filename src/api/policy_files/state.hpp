// What is stored, as the files would say it: one entry for each record, with its links. Private to api/policy_files.
#pragma once

#include "api/policy_files/kinds.hpp"
#include "api/policy_files/toml_form.hpp"

namespace takas::api {

/// The links of one control or fee as its form has them: one for each rule, sorted by rule and target. Links to single
/// cards are left out and counted.
struct LinkForms {
    LinksInFile links;
    std::int64_t card_links = 0;
};
LinkForms link_forms(std::span<const core::control::ControlLink> links, const References& references);

/// The form's own links in that spelling; their rules are canonical already.
LinksInFile tidy(const LinksInFile& links, const References& references);

struct PolicyEntry {
    std::string name;
    std::vector<TomlLine> lines;
    std::int64_t version = 0, card_links = 0;
};
struct PolicyState {
    std::string_view file, table, about;
    std::vector<PolicyEntry> entries;  ///< by name
};

template <class Record>
std::vector<TomlLine> lines_of_form(const typename PolicyKind<Record>::Form& form, const References& references) {
    return toml_lines(Describe<typename PolicyKind<Record>::Form>::fields, &form, references);
}

/// Every kind.
Result<std::vector<PolicyState>> policy_state(const Context& context);

std::string text_of(const PolicyState& state);

}  // namespace takas::api
