#include "answer.hpp"

#include <charconv>

#include <fmt/format.h>

#include "net/http_message.hpp"

namespace takas::functional {

using protocol::json::Value;
using protocol::json::ValueType;

namespace {

std::optional<Value> element(Value list, std::string_view index_text) {
    int index = 0;
    std::from_chars(index_text.data(), index_text.data() + index_text.size(), index);
    if (index < 0) index += static_cast<int>(list.size());
    if (!list.is_array() || index < 0) return std::nullopt;
    for (const Value item : list)
        if (index-- == 0) return item;
    return std::nullopt;
}

/// Without sign, leading zeros and trailing zeros of the fraction.
std::string normal_number(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::string out(text);
    if (out.find('.') != std::string::npos) {
        while (out.ends_with('0')) out.pop_back();
        if (out.ends_with('.')) out.pop_back();
    }
    return negative && out != "0" ? "-" + out : out;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (net::equals_ignoring_case(key, name)) return value;
    return {};
}

std::optional<Value> at(Value root, std::string_view path) {
    std::optional<Value> node = root;
    while (node && !path.empty()) {
        if (path.front() == '.') path.remove_prefix(1);
        if (path.starts_with('[')) {
            const auto close = path.find(']');
            if (close == std::string_view::npos) return std::nullopt;
            node = element(*node, path.substr(1, close - 1));
            path.remove_prefix(close + 1);
        } else {
            const auto end = std::min(path.find_first_of(".["), path.size());
            node = node->find(path.substr(0, end));
            path.remove_prefix(end);
        }
    }
    return node;
}

std::string text_of(Value value) {
    if (!value.is_array() && !value.is_object()) return std::string(value.text());
    std::string out(1, value.is_array() ? '[' : '{');
    for (const Value child : value) {
        if (out.size() > 1) out += ',';
        if (value.is_object()) out += json_string(child.key()) + ":";
        out += child.is_string() ? json_string(child.text()) : text_of(child);
    }
    out += value.is_array() ? ']' : '}';
    return out;
}

bool is_json_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    std::size_t digits = 0, points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c >= '0' && c <= '9')
            ++digits;
        else if (c != '.' || i == 0 || i + 1 == text.size() || ++points > 1)
            return false;
    }
    return digits > 0 && (!text.starts_with('0') || text.size() == 1 || text[1] == '.');
}

bool same_value(std::string_view a, std::string_view b) {
    if (a == b) return true;
    return is_json_number(a) && is_json_number(b) && normal_number(a) == normal_number(b);
}

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + "\"";
}

}  // namespace takas::functional
