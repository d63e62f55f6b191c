#include "protocol/query_builder/query_builder.hpp"

#include "base/utf8.hpp"
#include "core/control/rule/letters.hpp"
#include "core/control/rule/parser.hpp"
#include "protocol/json/value.hpp"
#include "protocol/query_builder/tree_reader.hpp"

namespace takas::protocol::query_builder {

using namespace core::control::rule;

namespace {

bool is_json(std::string_view rule) {
    const auto first = rule.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && rule[first] == '{';
}

Checked refuse(Diagnostic why) {
    Checked out;
    out.errors.push_back(std::move(why));
    return out;
}

Checked refuse_json(const Error& error) {
    Diagnostic d{ErrorCode::rule_syntax,
                 0,
                 {},
                 {},
                 {"group"},
                 "The rule begins like JSON, but is no well-formed JSON.",
                 "Kural JSON gibi başlıyor, ancak geçerli bir JSON değil."};
    for (const auto& [name, text] : error.data)
        if (name == "position") d.position = static_cast<std::uint32_t>(std::stoul(text)) + 1;
    return refuse(std::move(d));
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_code_point(text)) return false;
    return true;
}

}  // namespace

Checked check(std::string_view rule, Scope scope) {
    if (!is_json(rule)) {
        if (!is_utf8(rule))
            return refuse({ErrorCode::rule_syntax,
                           0,
                           {},
                           {},
                           {},
                           "The rule is no UTF-8 text.",
                           "Kural geçerli bir UTF-8 metni değil."});
        return core::control::rule::check(rule, scope);
    }
    if (const std::size_t size = characters_of(rule); size > query_builder_text_max)
        return refuse(too_long(size, query_builder_text_max));
    const auto document = json::parse(rule, json::ParseLimits{.max_depth = 64});
    if (!document) return refuse_json(document.error());
    auto written = read_tree(document->root());
    if (!written) return refuse(std::move(written.error()));
    return core::control::rule::check(*written, scope);
}

Result<Rule> compile(std::string_view rule, Scope scope, std::string_view path) {
    Checked checked = query_builder::check(rule, scope);
    if (!checked.rule) return std::unexpected(as_error(checked.errors, path));
    return std::move(*checked.rule);
}

}  // namespace takas::protocol::query_builder
