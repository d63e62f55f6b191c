// Recursive descent, one function per rule of the grammar:
//   expr := or ; or := and ( ("||" | "or") and )* ; and := not ( ("&&" | "and") not )* ; not := ("!" | "not")? prim
//   prim := "(" expr ")" | field op value | field ("in" | "not in") "(" value ("," value)* ")"
//         | field "between" value "and" value | field ("is null" | "is not null")
// The first mistake ends it: `failed_` is set, and every function returns at once.
#include "core/control/rule/parser.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/control/rule/letters.hpp"
#include "core/control/rule/lexer.hpp"

namespace takas::core::control::rule {
namespace {

using Kind = Token::Kind;

constexpr std::array key_words{"and", "or", "not", "in", "between", "is", "null", "true", "false"};

const std::vector<std::string> comparison_words{"==",     "!=",      "<",        "<=",         ">",        ">=", "in",
                                                "not in", "between", "contains", "startsWith", "endsWith", "is"};

class Parser {
  public:
    explicit Parser(std::string_view text) : lexer_(text), token_(lexer_.next()) {}

    std::expected<Written, Diagnostic> parse() {
        Written root = parse_or();
        if (!failed_ && token_.kind != Kind::end) fail_expected({"&&", "||", "end"});
        if (failed_) return std::unexpected(std::move(*failed_));
        return root;
    }

  private:
    bool is_word(std::string_view word) const {
        return token_.kind == Kind::word && equal_in_any_case(token_.source, word);
    }
    bool is_symbol(std::string_view symbol) const { return token_.kind == Kind::symbol && token_.source == symbol; }
    void advance() { token_ = lexer_.next(); }
    bool accept_word(std::string_view word) {
        if (!is_word(word)) return false;
        advance();
        return true;
    }
    bool accept_symbol(std::string_view symbol) {
        if (!is_symbol(symbol)) return false;
        advance();
        return true;
    }
    void fail(Diagnostic why) {
        if (!failed_) failed_ = std::move(why);
    }
    void fail_expected(std::vector<std::string> expected) {
        Diagnostic d = unexpected_at(token_.position, token_.source, std::move(expected));
        if (token_.kind == Kind::bad) d.english = token_.english, d.turkish = token_.turkish;
        fail(std::move(d));
    }

    Written group(NodeKind kind, Written first) {
        Written made;
        made.kind = kind, made.position = first.position;
        made.children.push_back(std::move(first));
        return made;
    }

    // A group in brackets may be added to: nested groups of one kind mean what one group means.
    Written parse_or() {
        Written left = parse_and();
        while (!failed_ && (accept_symbol("||") || accept_word("or"))) {
            if (left.kind != NodeKind::any_of) left = group(NodeKind::any_of, std::move(left));
            left.children.push_back(parse_and());
        }
        return left;
    }

    Written parse_and() {
        Written left = parse_not();
        while (!failed_ && (accept_symbol("&&") || accept_word("and"))) {
            if (left.kind != NodeKind::all_of) left = group(NodeKind::all_of, std::move(left));
            left.children.push_back(parse_not());
        }
        return left;
    }

    Written parse_not() {
        const std::uint32_t position = token_.position;
        if (!accept_symbol("!") && !accept_word("not")) return parse_primary();
        Written made;
        made.kind = NodeKind::negation, made.position = position;
        // With brackets behind it, they are one level together: so is what canonical text writes.
        if (is_symbol("(")) {
            made.children.push_back(parse_primary());
        } else if (enter(position)) {
            made.children.push_back(parse_comparison());
            --depth_;
        }
        return made;
    }

    bool enter(std::uint32_t position) {
        if (depth_ == rule_depth_max) {
            fail(too_deep(position));
            return false;
        }
        ++depth_;
        return true;
    }

    Written parse_primary() {
        const std::uint32_t position = token_.position;
        if (!is_symbol("(")) return parse_comparison();
        if (!enter(position)) return {};
        advance();
        Written inner = parse_or();
        --depth_;
        if (!failed_ && !accept_symbol(")")) fail_expected({"&&", "||", ")"});
        return inner;
    }

    Written parse_comparison() {
        Written made;
        made.kind = NodeKind::comparison;
        const bool is_name = token_.kind == Kind::word && std::ranges::none_of(key_words, [&](const char* word) {
                                 return equal_in_any_case(token_.source, word);
                             });
        if (failed_ || !is_name) {
            fail_expected({"field", "(", "!"});
            return made;
        }
        made.field = token_.source, made.position = token_.position;
        advance();
        made.operator_position = token_.position;
        if (token_.kind == Kind::comparison) {
            parse_symbol_comparison(made);
        } else {
            parse_word_comparison(made);
        }
        return made;
    }

    void parse_symbol_comparison(Written& made) {
        using enum Operator;
        constexpr std::array<std::pair<std::string_view, Operator>, 8> spellings{{{"==", equal},
                                                                                  {"=", equal},
                                                                                  {"!=", not_equal},
                                                                                  {"<>", not_equal},
                                                                                  {"<", less},
                                                                                  {"<=", less_or_equal},
                                                                                  {">", greater},
                                                                                  {">=", greater_or_equal}}};
        for (const auto& [spelling, op] : spellings)
            if (token_.source == spelling) made.op = op;
        advance();
        parse_value(made);
    }

    void parse_word_comparison(Written& made) {
        using enum Operator;
        if (accept_word("not")) {
            if (!is_word("in")) return fail_expected({"in"});
            advance();
            return parse_list(made, not_in);
        }
        if (accept_word("in")) return parse_list(made, in);
        if (accept_word("between")) {
            made.op = between;
            parse_value(made);
            if (failed_) return;
            if (!accept_word("and")) return fail_expected({"and"});
            return parse_value(made);
        }
        if (accept_word("is")) {
            made.op = accept_word("not") ? is_not_null : is_null;
            if (!accept_word("null")) fail_expected(made.op == is_null ? Words{"null", "not null"} : Words{"null"});
            return;
        }
        for (const Operator op : {contains, starts_with, ends_with})
            if (accept_word(spelling_of(op))) {
                made.op = op;
                return parse_value(made);
            }
        fail_expected(comparison_words);
    }

    void parse_list(Written& made, Operator op) {
        made.op = op;
        if (!accept_symbol("(")) return fail_expected({"("});
        do {
            if (made.values.size() == rule_list_max) return fail(too_many_values(token_.position));
            parse_value(made);
        } while (!failed_ && accept_symbol(","));
        if (!failed_ && !accept_symbol(")")) fail_expected({",", ")"});
    }

    void parse_value(Written& made) {
        using enum WrittenValue::Form;
        const auto take = [&](WrittenValue::Form form, std::string_view text) {
            made.values.push_back({form, std::string(text), token_.position, {}});
            advance();
        };
        if (token_.kind == Kind::number) return take(number, token_.source);
        if (token_.kind == Kind::text) return take(text, std::string(token_.value));
        if (token_.kind == Kind::date) return take(date, token_.source);
        if (token_.kind == Kind::time_of_day) return take(time_of_day, token_.source);
        if (is_word("true")) return take(boolean, "true");
        if (is_word("false")) return take(boolean, "false");
        fail_expected({"value"});
        if (token_.kind != Kind::word) return;
        failed_->english += " A text or a name needs quotes.";
        failed_->turkish += " Metinler ve adlar tırnak ister.";
    }

    using Words = std::vector<std::string>;

    Lexer lexer_;
    Token token_;
    int depth_ = 0;
    std::optional<Diagnostic> failed_;
};

Diagnostic too_large(std::uint32_t position, std::string english, std::string turkish) {
    return {ErrorCode::rule_too_large, position, {}, {}, {}, std::move(english), std::move(turkish)};
}

}  // namespace

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

Diagnostic too_long(std::size_t characters, std::size_t most) {
    const std::string count = std::to_string(characters), limit = std::to_string(most);
    return too_large(0, "The rule has " + count + " characters; at most " + limit + " are possible.",
                     "Kural " + count + " karakter; en çok " + limit + " karakter olabilir.");
}

Diagnostic too_deep(std::uint32_t position) {
    const std::string most = std::to_string(rule_depth_max);
    return too_large(position, "There are more than " + most + " brackets or groups within one another.",
                     "İç içe en çok " + most + " parantez veya grup olabilir.");
}

Diagnostic too_many_values(std::uint32_t position) {
    const std::string most = std::to_string(rule_list_max);
    return too_large(position, "A list can have at most " + most + " values.",
                     "Bir listede en çok " + most + " değer olabilir.");
}

std::expected<Written, Diagnostic> parse(std::string_view text) {
    // Octets are never fewer than characters, and counting a long text is cheaper than parsing it.
    if (text.size() > rule_text_max && characters_of(text) > rule_text_max)
        return std::unexpected(too_long(characters_of(text)));
    return Parser(text).parse();
}

}  // namespace takas::core::control::rule
