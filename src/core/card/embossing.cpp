#include "core/card/embossing.hpp"

#include <array>

#include "core/text/latin.hpp"

namespace takas::core::card {
namespace {

constexpr std::string_view machine_charset = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,'-/&";

struct Sign {
    std::string_view written, embossed;
};
constexpr std::array signs{
    Sign{"‘", "'"},      Sign{"’", "'"}, Sign{"ʼ", "'"}, Sign{"`", "'"},      Sign{"´", "'"},      Sign{"\u2010", "-"},
    Sign{"\u2011", "-"}, Sign{"–", "-"}, Sign{"—", "-"}, Sign{"\u00A0", " "}, Sign{"\u2009", " "}, Sign{"\u202F", " "},
};

std::string with_plain_signs(std::string_view text) {
    std::string out(text);
    for (const Sign& sign : signs)
        for (auto at = out.find(sign.written); at != std::string::npos; at = out.find(sign.written, at + 1))
            out.replace(at, sign.written.size(), sign.embossed);
    return out;
}

std::string with_single_blanks(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out.push_back(c);
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace

std::optional<std::string> embossed_line(std::string_view text) {
    std::string line = with_single_blanks(text::without_marks(text::upper_turkish(with_plain_signs(text))));
    // A small ß has no capital of its own before its marks go; then it is two small letters.
    for (char& c : line)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (line.find_first_not_of(machine_charset) != std::string::npos) return std::nullopt;
    return line;
}

}  // namespace takas::core::card
