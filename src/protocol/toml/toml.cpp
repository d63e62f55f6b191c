#include "protocol/toml/toml.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace takas::protocol::toml {
namespace {

std::string text_of(const ::toml::date& date) {
    const auto digits = [](unsigned value, std::size_t count) {
        std::string out = std::to_string(value);
        return std::string(count - std::min(count, out.size()), '0') + out;
    };
    return digits(date.year, 4) + "-" + digits(date.month, 2) + "-" + digits(date.day, 2);
}

/// False: deeper than depth_max.
bool fill(Node& out, const ::toml::node& node, std::size_t depth, std::string_view key = {}) {
    out.key = key;
    if (depth > depth_max) return false;
    out.line = node.source().begin.line;
    if (const auto* table = node.as_table()) {
        out.type = NodeType::table;
        for (const auto& [name, member] : *table)
            if (!fill(out.children.emplace_back(), member, depth + 1, name.str())) return false;
    } else if (const auto* array = node.as_array()) {
        out.type = NodeType::array;
        for (const auto& element : *array)
            if (!fill(out.children.emplace_back(), element, depth + 1)) return false;
    } else if (const auto* text = node.as_string()) {
        out.type = NodeType::text, out.text = text->get();
    } else if (const auto* number = node.as_integer()) {
        out.type = NodeType::integer, out.text = std::to_string(number->get());
    } else if (const auto* boolean = node.as_boolean()) {
        out.type = NodeType::boolean, out.text = boolean->get() ? "true" : "false";
    } else if (const auto* date = node.as_date()) {
        out.type = NodeType::date, out.text = text_of(date->get());
    } else {
        out.type = node.is_floating_point() ? NodeType::floating : NodeType::time;
    }
    return true;
}

bool is_plain(char c) { return static_cast<unsigned char>(c) >= ' ' && c != 0x7F; }

}  // namespace

const Node* Node::find(std::string_view name) const {
    if (type != NodeType::table) return nullptr;
    const auto found = std::ranges::find(children, name, &Node::key);
    return found == children.end() ? nullptr : &*found;
}

std::expected<Node, Mistake> parse(std::string_view text) {
    if (text.size() > text_bytes_max) return std::unexpected(Mistake{1, "the file is larger than 16 MiB"});
    try {
        const ::toml::table table = ::toml::parse(text);
        Node root;
        if (!fill(root, table, 0)) return std::unexpected(Mistake{1, "it is nested too deep"});
        return root;
    } catch (const ::toml::parse_error& error) {
        return std::unexpected(
            Mistake{static_cast<std::int64_t>(error.source().begin.line), std::string(error.description())});
    }
}

std::string quote(std::string_view text) {
    const bool has_escapes = text.find_first_of("\"\\") != std::string_view::npos;
    if (has_escapes && text.find('\'') == std::string_view::npos && std::ranges::all_of(text, is_plain))
        return "'" + std::string(text) + "'";
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += {'\\', c};
        } else if (is_plain(c)) {
            out += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            out += "\\u00";
            out += {hex[octet >> 4U], hex[octet & 15U]};
        }
    }
    return out + '"';
}

}  // namespace takas::protocol::toml
