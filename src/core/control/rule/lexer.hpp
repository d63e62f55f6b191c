// Cuts a rule's text into tokens. Never fails: what is no token comes out as `bad`, with a sentence that says why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace takas::core::control::rule {

struct Token {
    enum class Kind : std::uint8_t {
        end,
        word,         ///< field name or key word
        number,       ///< -12.5
        text,         ///< "..." or '...'; `value` is what is between the quotes, escapes resolved
        date,         ///< 2031-03-01
        time_of_day,  ///< 22:30
        comparison,   ///< == = != <> < <= > >=
        symbol,       ///< ( ) , ! && ||
        bad,
    };
    Kind kind = Kind::end;
    std::string_view source;            ///< as written
    std::string value;                  ///< of a text
    std::uint32_t position = 1;         ///< column, from 1, in code points
    std::string_view english, turkish;  ///< of a bad one
};

class Lexer {
  public:
    /// The text must outlive the lexer and its tokens.
    explicit Lexer(std::string_view text) : text_(text) {}
    /// For ever `end` once the text is over.
    Token next();

  private:
    void skip_space();
    Token take(Token::Kind kind, std::size_t size);
    Token take_bad(std::size_t size, std::string_view english, std::string_view turkish);
    Token take_text(char quote);
    Token take_number();
    void advance(std::size_t size);

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t column_ = 1;
};

}  // namespace takas::core::control::rule
