#include "script.hpp"

#include <cctype>

#include <fmt/format.h>

namespace takas::functional {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Reads the words of one line.
class WordReader {
  public:
    explicit WordReader(std::string_view line) : rest_(line) {}

    std::expected<std::vector<Word>, std::string> all() {
        std::vector<Word> words;
        while (true) {
            while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
            if (rest_.empty() || rest_.starts_with("# ")) return words;
            auto word = one();
            if (!word) return std::unexpected(std::move(word.error()));
            words.push_back(std::move(*word));
        }
    }

  private:
    std::expected<Word, std::string> one() {
        Word word;
        char before = '=';  // a bracket at the start of a word opens JSON, as behind '='
        while (!rest_.empty() && !is_blank(rest_.front())) {
            const char c = rest_.front();
            bool read = true;
            if (c == '"')
                read = quoted(word);
            else if ((c == '{' || c == '[') && before == '=')
                read = bracketed(word);
            else {
                word.text.push_back(c);
                rest_.remove_prefix(1);
            }
            if (!read) return std::unexpected("a quote or bracket that is not closed");
            before = c;
        }
        return word;
    }

    bool quoted(Word& word) {
        word.quoted = true;
        rest_.remove_prefix(1);
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '"') return true;
            if (c != '\\')
                word.text.push_back(c);
            else if (!escape(word.text))
                return false;
        }
        return false;
    }

    bool escape(std::string& out) {
        if (rest_.empty()) return false;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == 'n') return out.push_back('\n'), true;
        if (c == 't') return out.push_back('\t'), true;
        if (c != 'x') return out.push_back(c), true;
        if (rest_.size() < 2) return false;
        const int high = hex_digit(rest_[0]), low = hex_digit(rest_[1]);
        if (high < 0 || low < 0) return false;
        out.push_back(static_cast<char>(high * 16 + low));
        rest_.remove_prefix(2);
        return true;
    }

    /// JSON up to the bracket that closes it; ${...} inside it is counted like any brackets.
    bool bracketed(Word& word) {
        int depth = 0;
        bool in_string = false;
        while (!rest_.empty()) {
            const char c = rest_.front();
            word.text.push_back(c);
            rest_.remove_prefix(1);
            if (in_string) {
                if (c == '\\' && !rest_.empty()) {
                    word.text.push_back(rest_.front());
                    rest_.remove_prefix(1);
                } else if (c == '"') {
                    in_string = false;
                }
            } else if (c == '"') {
                in_string = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return true;
            }
        }
        return false;
    }

    std::string_view rest_;
};

std::expected<void, std::string> split(Step& step) {
    auto words = WordReader(step.source).all();
    if (!words) return std::unexpected(fmt::format("line {}: {}", step.line, words.error()));
    for (Word& word : *words) {
        if (word.is("->"))
            step.has_expectation = true;
        else
            (step.has_expectation ? step.expected : step.words).push_back(std::move(word));
    }
    return {};
}

}  // namespace

std::expected<Script, std::string> parse_script(std::string_view text) {
    Script script;
    int line_number = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++line_number;
        while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
        if (line.starts_with("# what:")) script.what = line.substr(7);
        if (line.empty() || line.front() == '#') continue;
        if (!is_blank(line.front()))
            script.steps.push_back({.line = line_number, .source = std::string(line), .words = {}, .expected = {}});
        else if (script.steps.empty())
            return std::unexpected(fmt::format("line {}: nothing to continue", line_number));
        else
            script.steps.back().source += line;
    }
    if (script.what.empty()) return std::unexpected("no \"# what:\" line");
    for (Step& step : script.steps)
        if (auto done = split(step); !done) return std::unexpected(std::move(done.error()));
    return script;
}

}  // namespace takas::functional
