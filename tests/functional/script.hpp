// The grammar of scenario files: lines, words, and what a step is. Knows nothing of Takas.
//
//   # comment                     "# what:" is the file's one-line summary and must be there
//   command word word -> word     one step; what follows "->" is expected
//       more words                an indented line continues the step above
//
//   A word ends at a blank. "in quotes" it may hold blanks and \" \\ \n \t \xNN; a word that begins with { or [, at its
//   start or behind '=', goes on to the matching bracket. ${name.path} stands for a value of an earlier answer.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace takas::functional {

struct Word {
    std::string text;
    bool quoted = false;  ///< some of it was in quotes: never a number, an operator or a keyword

    bool is(std::string_view other) const { return !quoted && text == other; }
};

struct Step {
    int line = 0;
    std::string source;  ///< as written, for reports
    std::vector<Word> words;
    std::vector<Word> expected;
    bool has_expectation = false;
};

struct Script {
    std::string what;
    std::vector<Step> steps;
};

/// The error says where and what.
std::expected<Script, std::string> parse_script(std::string_view text);

}  // namespace takas::functional
