#include "api/framework/router.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace takas::api {
namespace {

constexpr std::size_t segments_max = 16;  // the longest published path has eight

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_code_point(text)) return false;
    return true;
}

/// Nothing for broken escapes, control characters and what is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = digit(text[i + 1]), low = digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

std::optional<std::vector<std::string>> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        if (path.front() != '/' || segments.size() == segments_max) return std::nullopt;
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        auto segment = percent_decoded(path.substr(0, end));
        if (!segment) return std::nullopt;
        segments.push_back(std::move(*segment));
        path.remove_prefix(end);
    }
    return segments;
}

}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> words;  ///< sorted
    std::string_view parameter;                                        ///< of this node, without braces
    std::unique_ptr<Node> parameter_child;
    std::array<Target, method_names.size()> targets{};

    Node& word(const std::string& text) {
        auto at =
            std::ranges::lower_bound(words, text, {}, [](const auto& w) -> const std::string& { return w.first; });
        if (at == words.end() || at->first != text) at = words.emplace(at, text, std::make_unique<Node>());
        return *at->second;
    }
    const Node* find_word(const std::string& text) const {
        const auto at =
            std::ranges::lower_bound(words, text, {}, [](const auto& w) -> const std::string& { return w.first; });
        return at != words.end() && at->first == text ? at->second.get() : nullptr;
    }
    bool has_target() const { return std::ranges::any_of(targets, &Target::is_set); }
};

Router::Router(std::span<const Endpoint> endpoints, std::span<const RawEndpoint> raw_endpoints)
    : root_(std::make_unique<Node>()) {
    std::size_t index = 0;
    for (const Endpoint& row : endpoints) add(row.method, row.path, {&row, nullptr, index++}, row.operation_id);
    for (const RawEndpoint& row : raw_endpoints) add(row.method, row.path, {nullptr, &row, index++}, row.operation_id);
}

Router::~Router() = default;

void Router::add(Method method, std::string_view path, Target target, std::string_view operation_id) {
    Node* node = root_.get();
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        if (!segment.starts_with('{')) {
            node = &node->word(std::string(segment));
            continue;
        }
        if (!node->parameter_child) node->parameter_child = std::make_unique<Node>();
        node = node->parameter_child.get();
        const std::string_view name = segment.substr(1, segment.size() - 2);
        if (!node->parameter.empty() && node->parameter != name) problems_.push_back(operation_id);
        node->parameter = name;
    }
    Target& place = node->targets[static_cast<std::size_t>(method)];
    if (place.is_set()) problems_.push_back(operation_id);
    place = target;
}

const Router::Node* Router::match(const Node& node, std::span<const std::string> segments,
                                  std::vector<PathValue>& values) {
    if (segments.empty()) return node.has_target() ? &node : nullptr;
    if (const Node* child = node.find_word(segments.front()))
        if (const Node* found = match(*child, segments.subspan(1), values)) return found;
    if (!node.parameter_child || segments.front().empty()) return nullptr;
    values.emplace_back(node.parameter_child->parameter, segments.front());
    if (const Node* found = match(*node.parameter_child, segments.subspan(1), values)) return found;
    values.pop_back();
    return nullptr;
}

std::expected<Route, NoRoute> Router::find(std::string_view method, std::string_view path) const {
    const auto segments = segments_of(path);
    if (!segments) return std::unexpected(NoRoute{});
    Route route;
    const Node* node = match(*root_, *segments, route.path_values);
    if (!node) return std::unexpected(NoRoute{});
    NoRoute other_methods;
    for (std::size_t i = 0; i < method_names.size(); ++i) {
        const Target& target = node->targets[i];
        if (!target.is_set()) continue;
        if (method_names[i] == method) {
            route.endpoint = target.endpoint;
            route.raw = target.raw;
            route.index = target.index;
            return route;
        }
        if (!other_methods.allow.empty()) other_methods.allow += ", ";
        other_methods.allow += method_names[i];
    }
    return std::unexpected(std::move(other_methods));
}

}  // namespace takas::api
