// Texts: between double or single quotes; \" \' \\ stand for the character behind the backslash; no other escapes and
// no control characters. Numbers: an optional minus, digits, an optional point with digits.
#include "core/control/rule/lexer.hpp"

#include "core/control/rule/letters.hpp"

namespace takas::core::control::rule {
namespace {

/// Whether `text` begins like `pattern`, where 9 stands for a digit.
bool begins_like(std::string_view text, std::string_view pattern) {
    if (text.size() < pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (pattern[i] == '9' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
    return true;
}

bool is_inside_of_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

}  // namespace

void Lexer::advance(std::size_t size) {
    for (const char c : text_.substr(at_, size))
        if (!is_inside_of_code_point(c)) ++column_;
    at_ += size;
}

Token Lexer::take(Token::Kind kind, std::size_t size) {
    Token token{kind, text_.substr(at_, size), {}, column_, {}, {}};
    advance(size);
    return token;
}

Token Lexer::take_bad(std::size_t size, std::string_view english, std::string_view turkish) {
    Token token = take(Token::Kind::bad, size);
    token.english = english, token.turkish = turkish;
    return token;
}

void Lexer::skip_space() {
    const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (at_ < text_.size() && is_space(text_[at_])) advance(1);
}

Token Lexer::take_text(char quote) {
    std::string value;
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
        const char c = text_[i];
        if (c == quote) {
            Token token = take(Token::Kind::text, i + 1 - at_);
            token.value = std::move(value);
            return token;
        }
        if (is_control_character(c))
            return take_bad(i + 1 - at_, "A text may not hold control characters.",
                            "Metin, denetim karakteri içeremez.");
        if (c == '\\') {
            const char escaped = i + 1 < text_.size() ? text_[i + 1] : '\0';
            if (escaped != '"' && escaped != '\'' && escaped != '\\')
                return take_bad(i + 1 - at_, R"(Behind a backslash only \, " and ' may stand.)",
                                R"(Ters bölü işaretinden sonra yalnızca \, " ve ' gelebilir.)");
            value += escaped;
            ++i;
            continue;
        }
        value += c;
    }
    return take_bad(text_.size() - at_, "The text has no closing quote.", "Metnin kapanış tırnağı yok.");
}

Token Lexer::take_number() {
    const std::string_view rest = text_.substr(at_);
    Token::Kind kind = Token::Kind::number;
    std::size_t size = rest[0] == '-' ? 1 : 0;
    if (begins_like(rest, "9999-99-99")) {
        kind = Token::Kind::date, size = 10;
    } else if (begins_like(rest, "99:99")) {
        kind = Token::Kind::time_of_day, size = 5;
    } else {
        while (size < rest.size() && is_digit(rest[size])) ++size;
        if (size + 1 < rest.size() && rest[size] == '.' && is_digit(rest[size + 1])) {
            ++size;
            while (size < rest.size() && is_digit(rest[size])) ++size;
        }
    }
    std::size_t end = size;
    while (end < rest.size() && (is_word(rest[end]) || rest[end] == '.' || rest[end] == ':')) ++end;
    if (end > size)
        return take_bad(end, "This is no number. A text needs quotes.", "Bu bir sayı değil. Metinler tırnak ister.");
    return take(kind, size);
}

Token Lexer::next() {
    skip_space();
    const std::string_view rest = text_.substr(at_);
    if (rest.empty()) return take(Token::Kind::end, 0);
    const char c = rest[0];
    if (c == '"' || c == '\'') return take_text(c);
    if (is_digit(c) || (c == '-' && rest.size() > 1 && is_digit(rest[1]))) return take_number();
    if (is_word_begin(c)) {
        std::size_t size = 1;
        while (size < rest.size() && is_word(rest[size])) ++size;
        return take(Token::Kind::word, size);
    }
    for (const std::string_view two : {"==", "!=", "<>", "<=", ">="})
        if (rest.starts_with(two)) return take(Token::Kind::comparison, 2);
    if (c == '=' || c == '<' || c == '>') return take(Token::Kind::comparison, 1);
    if (rest.starts_with("&&") || rest.starts_with("||")) return take(Token::Kind::symbol, 2);
    if (c == '(' || c == ')' || c == ',' || c == '!') return take(Token::Kind::symbol, 1);
    std::size_t size = 1;
    while (size < rest.size() && is_inside_of_code_point(rest[size])) ++size;
    return take_bad(size, "This character means nothing in a rule. A text needs quotes.",
                    "Bu karakterin kuralda bir anlamı yok. Metinler tırnak ister.");
}

}  // namespace takas::core::control::rule
