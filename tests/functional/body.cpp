#include "body.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "answer.hpp"
#include "interpreter.hpp"

namespace takas::functional {
namespace {

const std::string absent;

bool is_json(std::string_view text) {
    return text == "true" || text == "false" || text == "null" || text.starts_with('{') || text.starts_with('[') ||
           is_json_number(text);
}

}  // namespace

void Body::set_json(std::string_view name, std::string json) {
    const auto known = std::ranges::find(members_, name, [](const auto& member) { return member.first; });
    if (known == members_.end())
        members_.emplace_back(name, std::move(json));
    else
        known->second = std::move(json);
}

void Body::set_text(std::string_view name, std::string_view text) { set_json(name, json_string(text)); }

void Body::set_word(std::string_view name, const Word& word) {
    // A word that begins with a bracket holds quotes of its own; it is JSON all the same.
    const bool brackets = word.text.starts_with('{') || word.text.starts_with('[');
    if (brackets || (!word.quoted && is_json(word.text)))
        set_json(name, word.text);
    else
        set_text(name, word.text);
}

void Body::default_json(std::string_view name, std::string json) {
    if (!has(name)) set_json(name, std::move(json));
}

void Body::default_text(std::string_view name, std::string_view text) {
    if (!has(name)) set_text(name, text);
}

bool Body::has(std::string_view name) const {
    return std::ranges::find(members_, name, [](const auto& member) { return member.first; }) != members_.end();
}

std::string Body::text() const {
    std::string out;
    for (const auto& [name, json] : members_) {
        if (json.empty()) continue;
        out += out.empty() ? '{' : ',';
        out += json_string(name) + ":" + json;
    }
    return out.empty() ? "{}" : out + "}";
}

void set_fields(Body& body, std::span<const Word> words) {
    for (const Word& word : words) {
        const auto equals = word.text.find('=');
        if (equals == 0 || equals == std::string::npos)
            throw Failure{fmt::format("name=value is expected, not {}", word.text)};
        const std::string_view name = std::string_view(word.text).substr(0, equals);
        const Word value{word.text.substr(equals + 1), word.quoted};
        if (value.is("absent"))
            body.set_json(name, absent);
        else
            body.set_word(name, value);
    }
}

}  // namespace takas::functional
