// Described forms (file_forms.hpp) to and from TOML. Written in one spelling: members in the order of their
// description, members of objects with dots, amounts as texts, what is not said left out. Read strictly: an unknown key
// is a mistake.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "api/policy_files/references.hpp"
#include "base/describe.hpp"
#include "protocol/toml/toml.hpp"

namespace takas::api {

/// One key of an entry. A list of objects has one for each: "links[0]".
struct TomlLine {
    std::string key, value;
    friend bool operator==(const TomlLine&, const TomlLine&) = default;
};

std::vector<TomlLine> toml_lines(std::span<const Field> fields, const void* object, const References& references);

/// One entry in a file: "[[table]]" and its lines.
std::string toml_text(std::string_view table, const std::vector<TomlLine>& lines);

/// The entry of a file as the JSON that the API would be sent, which is then decoded as there.
struct ReadForm {
    std::string json;
    FieldErrors errors;                                      ///< of keys and spellings
    std::map<std::string, std::int64_t, std::less<>> lines;  ///< where each member is
};
ReadForm read_toml_form(const protocol::toml::Node& table, std::span<const Field> fields, const References& references);

/// The line of the member, or of what it is a part of.
std::int64_t line_of(const ReadForm& form, std::string_view path, std::int64_t line_of_entry);

}  // namespace takas::api
