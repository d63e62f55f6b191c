// A parsed JSON text: a compact read-only tree that keeps every number as it was written. Strict by design: RFC 8259
// without extensions, UTF-8 only, no duplicate keys, no NUL characters, bounded depth, nodes and bytes.
// Knows nothing of described structs (codec.hpp) and hides the JSON library it is built on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace takas::protocol::json {

enum class ValueType : std::uint8_t { null, boolean, number, string, array, object };

/// Bounds of what the parser will take; each is far above the largest honest request.
struct ParseLimits {
    std::size_t max_depth = 32;  ///< nested arrays and objects; never more than 64, whatever is asked for
    std::size_t max_nodes = 20'000;
    std::size_t max_bytes = 1'048'576;
};

class Document;

/// A light handle on one node; valid as long as its document lives and is not parsed into again.
class Value {
  public:
    ValueType type() const;
    bool is_null() const { return type() == ValueType::null; }
    bool is_string() const { return type() == ValueType::string; }
    bool is_array() const { return type() == ValueType::array; }
    bool is_object() const { return type() == ValueType::object; }
    /// The unescaped string, the number's exact source text, or "true" / "false" / "null"; "" for arrays and objects.
    std::string_view text() const;
    /// The member's name when the value is a member of an object, else "".
    std::string_view key() const;
    /// How many members or elements it has; 0 for scalars.
    std::size_t size() const;
    /// The member of that name; nothing when it is absent or this is not an object.
    std::optional<Value> find(std::string_view key) const;

    /// Walks members or elements, in source order: `for (Value member : value)`. Scalars have none.
    class Iterator {
      public:
        Value operator*() const { return {document_, index_}; }
        Iterator& operator++();
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

      private:
        friend class Value;
        Iterator(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
        const Document* document_;
        std::uint32_t index_;
    };
    Iterator begin() const;
    Iterator end() const;

  private:
    friend class Document;
    Value(const Document* document, std::uint32_t index) : document_(document), index_(index) {}
    const Document* document_;
    std::uint32_t index_;
};

/// Owns the nodes and the characters of one parsed text. Nodes are in source order: the first child of node i is i + 1.
class Document {
  public:
    Value root() const { return {this, 0}; }

  private:
    friend class Value;
    friend class DocumentBuilder;
    struct Node {
        ValueType type;
        std::uint32_t key_begin, key_size;
        std::uint32_t text_begin, text_size;
        std::uint32_t child_count;
        std::uint32_t end;  ///< index after the last node below this one
    };
    std::string_view characters(std::uint32_t begin, std::uint32_t size) const {
        return std::string_view(text_).substr(begin, size);
    }
    std::vector<Node> nodes_;
    std::string text_;
};

/// Keeps its memory between texts: after warm-up a parse allocates nothing. One per thread.
class Parser {
  public:
    Parser();
    ~Parser();
    Parser(Parser&&) noexcept;
    Parser& operator=(Parser&&) noexcept;

    /// Errors: malformed_json (data has "position", the byte offset where reading stopped) and body_too_large.
    /// The value is valid until the next call.
    Result<Value> parse(std::string_view body, const ParseLimits& limits = {});

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    friend Result<Document> parse(std::string_view body, const ParseLimits& limits);
};

/// As Parser::parse, for a document that is kept.
Result<Document> parse(std::string_view body, const ParseLimits& limits = {});

}  // namespace takas::protocol::json
