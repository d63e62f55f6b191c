// TOML 1.0 texts: read into a tree that knows the line of everything, and how single values are written. Knows no
// described struct and no file; hides the library that parses.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace takas::protocol::toml {

enum class NodeType : std::uint8_t { text, integer, floating, boolean, date, time, array, table };

struct Node {
    NodeType type{};
    std::string text;            ///< of scalars: the text itself, "42", "true", "2031-03-01"; "" for floating and time
    std::int64_t line = 0;       ///< where it begins, from 1
    std::string key;             ///< of a member of a table
    std::vector<Node> children;  ///< elements of an array, in order; members of a table, by key

    const Node* find(std::string_view name) const;  ///< a member
};

struct Mistake {
    std::int64_t line = 0;
    std::string reason;
};

/// More is no honest file of settings.
inline constexpr std::size_t text_bytes_max = 16 * 1024 * 1024;
inline constexpr std::size_t depth_max = 16;

/// The whole text as a table; the first mistake otherwise (also: too large, nested too deep).
std::expected<Node, Mistake> parse(std::string_view text);

/// With quotes: as it is between '' when that is shorter to read, else with escapes between "".
std::string quote(std::string_view text);

}  // namespace takas::protocol::toml
