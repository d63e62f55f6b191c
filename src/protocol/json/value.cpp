#include "protocol/json/value.hpp"

#include <string.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <tuple>
#include <utility>

namespace takas::protocol::json {

namespace bj = boost::json;

namespace {

/// The library's parser calls itself for each level: this bounds the stack whatever the caller's limits say.
constexpr std::size_t hard_max_depth = 64;
constexpr std::size_t hard_max_bytes = std::numeric_limits<std::uint32_t>::max();

}  // namespace

/// Takes the library's events and appends nodes. An event that returns false stops the parse with `ec`.
class DocumentBuilder {
  public:
    static constexpr std::size_t max_array_size = hard_max_bytes;
    static constexpr std::size_t max_object_size = hard_max_bytes;
    static constexpr std::size_t max_string_size = hard_max_bytes;
    static constexpr std::size_t max_key_size = hard_max_bytes;

    /// Texts are never longer than what they are read from: the arena does not move, and nothing stays of the last
    /// ones.
    void start(Document& document, const ParseLimits& limits, std::size_t body_bytes) {
        document_ = &document;
        limits_ = limits;
        document.nodes_.clear();
        ::explicit_bzero(document.text_.data(), document.text_.size());
        document.text_.clear();
        document.text_.reserve(body_bytes);
        open_.clear();
        token_begin_ = 0;
        key_begin_ = key_size_ = 0;
    }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_object_begin(bj::error_code& ec) { return open(ValueType::object, ec); }
    bool on_array_begin(bj::error_code& ec) { return open(ValueType::array, ec); }
    bool on_object_end(std::size_t count, bj::error_code& ec) {
        const std::uint32_t index = close(count);
        if (has_duplicate_keys(index)) return refuse(ec, bj::error::syntax);
        return true;
    }
    bool on_array_end(std::size_t count, bj::error_code&) {
        close(count);
        return true;
    }
    bool on_key_part(bj::string_view s, std::size_t, bj::error_code& ec) { return characters(s, ec); }
    bool on_key(bj::string_view s, std::size_t, bj::error_code& ec) {
        if (!characters(s, ec)) return false;
        std::tie(key_begin_, key_size_) = take_token();
        return true;
    }
    bool on_string_part(bj::string_view s, std::size_t, bj::error_code& ec) { return characters(s, ec); }
    bool on_string(bj::string_view s, std::size_t, bj::error_code& ec) {
        return characters(s, ec) && add(ValueType::string, ec);
    }
    bool on_number_part(bj::string_view s, bj::error_code& ec) { return characters(s, ec); }
    bool on_int64(std::int64_t, bj::string_view s, bj::error_code& ec) { return number(s, ec); }
    bool on_uint64(std::uint64_t, bj::string_view s, bj::error_code& ec) { return number(s, ec); }
    bool on_double(double, bj::string_view s, bj::error_code& ec) { return number(s, ec); }
    bool on_bool(bool b, bj::error_code& ec) {
        document_->text_ += b ? "true" : "false";
        return add(ValueType::boolean, ec);
    }
    bool on_null(bj::error_code& ec) {
        document_->text_ += "null";
        return add(ValueType::null, ec);
    }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }  // comments are off: never called
    bool on_comment(bj::string_view, bj::error_code&) { return true; }

  private:
    static bool refuse(bj::error_code& ec, bj::error why) {
        ec = why;
        return false;
    }

    bool characters(bj::string_view s, bj::error_code& ec) {
        // A NUL would end the text early in C interfaces and in some databases.
        if (s.find('\0') != bj::string_view::npos) return refuse(ec, bj::error::syntax);
        document_->text_.append(s.data(), s.size());
        return true;
    }

    bool number(bj::string_view s, bj::error_code& ec) { return characters(s, ec) && add(ValueType::number, ec); }

    /// What was appended since the last token: its place in the text arena.
    std::pair<std::uint32_t, std::uint32_t> take_token() {
        const auto end = static_cast<std::uint32_t>(document_->text_.size());
        const auto begin = std::exchange(token_begin_, end);
        return {begin, end - begin};
    }

    bool add(ValueType type, bj::error_code& ec) {
        auto& nodes = document_->nodes_;
        if (nodes.size() >= limits_.max_nodes) return refuse(ec, bj::error::array_too_large);
        const auto [begin, size] = take_token();
        const auto index = static_cast<std::uint32_t>(nodes.size());
        nodes.push_back({type, std::exchange(key_begin_, 0), std::exchange(key_size_, 0), begin, size, 0, index + 1});
        return true;
    }

    bool open(ValueType type, bj::error_code& ec) {
        if (open_.size() >= std::min(limits_.max_depth, hard_max_depth)) return refuse(ec, bj::error::too_deep);
        if (!add(type, ec)) return false;
        open_.push_back(static_cast<std::uint32_t>(document_->nodes_.size() - 1));
        return true;
    }

    std::uint32_t close(std::size_t count) {
        const std::uint32_t index = open_.back();
        open_.pop_back();
        document_->nodes_[index].child_count = static_cast<std::uint32_t>(count);
        document_->nodes_[index].end = static_cast<std::uint32_t>(document_->nodes_.size());
        return index;
    }

    bool has_duplicate_keys(std::uint32_t object) {
        const auto& nodes = document_->nodes_;
        keys_.clear();
        for (std::uint32_t i = object + 1; i < nodes[object].end; i = nodes[i].end)
            keys_.push_back(document_->characters(nodes[i].key_begin, nodes[i].key_size));
        std::ranges::sort(keys_);
        return std::ranges::adjacent_find(keys_) != keys_.end();
    }

    Document* document_ = nullptr;
    ParseLimits limits_;
    std::vector<std::uint32_t> open_;     // the arrays and objects around the next value
    std::vector<std::string_view> keys_;  // scratch of has_duplicate_keys
    std::uint32_t token_begin_ = 0;
    std::uint32_t key_begin_ = 0, key_size_ = 0;
};

struct Parser::Impl {
    static bj::parse_options options() {
        bj::parse_options o;  // strict as it comes: no comments, no trailing commas, no invalid UTF-8
        o.max_depth = hard_max_depth;
        return o;
    }

    Result<void> parse(std::string_view body, const ParseLimits& limits) {
        if (body.size() > std::min(limits.max_bytes, hard_max_bytes)) return fail(ErrorCode::body_too_large);
        parser.reset();
        parser.handler().start(document, limits, body.size());
        bj::error_code ec;
        const std::size_t consumed = parser.write_some(false, body.data(), body.size(), ec);
        if (!ec && consumed == body.size()) return {};
        return std::unexpected(Error{ErrorCode::malformed_json,
                                     ec ? ec.message() : std::string("characters after the value"),
                                     {},
                                     {{"position", std::to_string(consumed)}}});
    }

    Document document;
    bj::basic_parser<DocumentBuilder> parser{options()};
};

Parser::Parser() : impl_(std::make_unique<Impl>()) {}
Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

Result<Value> Parser::parse(std::string_view body, const ParseLimits& limits) {
    if (auto done = impl_->parse(body, limits); !done) return std::unexpected(std::move(done.error()));
    return impl_->document.root();
}

Result<Document> parse(std::string_view body, const ParseLimits& limits) {
    Parser parser;
    if (auto done = parser.parse(body, limits); !done) return std::unexpected(std::move(done.error()));
    return std::move(parser.impl_->document);
}

ValueType Value::type() const { return document_->nodes_[index_].type; }

std::string_view Value::text() const {
    const auto& node = document_->nodes_[index_];
    return document_->characters(node.text_begin, node.text_size);
}

std::string_view Value::key() const {
    const auto& node = document_->nodes_[index_];
    return document_->characters(node.key_begin, node.key_size);
}

std::size_t Value::size() const { return document_->nodes_[index_].child_count; }

std::optional<Value> Value::find(std::string_view key) const {
    if (!is_object()) return std::nullopt;
    // Called once for every field that a body may have, most of which are absent: sizes tell nearly all names apart.
    const auto& nodes = document_->nodes_;
    for (std::uint32_t i = index_ + 1; i < nodes[index_].end; i = nodes[i].end)
        if (nodes[i].key_size == key.size() && document_->characters(nodes[i].key_begin, nodes[i].key_size) == key)
            return Value{document_, i};
    return std::nullopt;
}

Value::Iterator& Value::Iterator::operator++() {
    index_ = document_->nodes_[index_].end;
    return *this;
}

Value::Iterator Value::begin() const { return {document_, index_ + 1}; }
Value::Iterator Value::end() const { return {document_, document_->nodes_[index_].end}; }

}  // namespace takas::protocol::json
