// The sentences about expectations, and diagnostics as errors of a request.
#include "core/control/rule/diagnostic.hpp"

#include <algorithm>
#include <array>

#include "core/control/rule/letters.hpp"

namespace takas::core::control::rule {
namespace {

constexpr std::size_t shown_max = 40;
constexpr std::ptrdiff_t card_number_digits = 12;  // the shortest card number has 12 digits

struct Word {
    std::string_view expected, english, turkish;
};
/// What is expected without being written so.
constexpr std::array words{
    Word{"field", "a field name", "bir alan adı"},
    Word{"value", "a value", "bir değer"},
    Word{"operator", "an operator", "bir işleç"},
    Word{"end", "the end of the rule", "kuralın sonu"},
    Word{"number", "a number", "bir sayı"},
    Word{"text", "a text in quotes", "tırnak içinde bir metin"},
    Word{"true", "true", "true"},
    Word{"false", "false", "false"},
    Word{"date", "a date (yyyy-MM-dd)", "bir tarih (yyyy-AA-gg)"},
    Word{"time", "a time (HH:mm)", "bir saat (SS:dd)"},
    Word{"list", "a list of values", "bir değer listesi"},
    Word{"group", "a group with condition and rules", "condition ve rules içeren bir grup"},
};

std::string list_of(const std::vector<std::string>& expected, bool is_english) {
    constexpr std::size_t named_max = 12;
    const std::size_t count = std::min(expected.size(), named_max);
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += i + 1 < expected.size() ? ", " : is_english ? " or " : " veya ";
        const auto word = std::ranges::find(words, std::string_view(expected[i]), &Word::expected);
        if (word != words.end())
            out += is_english ? word->english : word->turkish;
        else
            out.append("'").append(expected[i]).append("'");
    }
    if (count < expected.size()) out += is_english ? " ..." : " ...";
    return out;
}

void append_data(Error& error, const Diagnostic& first) {
    if (first.position != 0) error.data.emplace_back("position", std::to_string(first.position));
}

}  // namespace

std::string shown(std::string_view text) {
    if (std::ranges::count_if(text, is_digit) >= card_number_digits) return "...";
    std::string out = "'";
    std::size_t size = std::min(text.size(), shown_max);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
    for (const char c : text.substr(0, size)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
    return out + (size < text.size() ? "...'" : "'");
}

Diagnostic unexpected_at(std::uint32_t position, std::string_view found, std::vector<std::string> expected) {
    Diagnostic d{ErrorCode::rule_syntax, position, {}, {}, std::move(expected), {}, {}};
    const bool is_end = found.empty();
    d.found = is_end ? "end" : shown(found);
    d.english = "Expected " + list_of(d.expected, true) + ", but " +
                (is_end ? std::string("the rule ends here") : "found " + d.found) + ".";
    d.turkish =
        (is_end ? "Kural burada bitiyor; " : d.found + " bulundu; ") + list_of(d.expected, false) + " bekleniyordu.";
    return d;
}

Error as_error(const std::vector<Diagnostic>& errors, std::string_view path) {
    Error error{errors.empty() ? ErrorCode::rule_syntax : errors.front().code, "rule refused", {}, {}};
    if (!errors.empty()) append_data(error, errors.front());
    for (const Diagnostic& one : errors) {
        const std::string place_en = one.position ? "Column " + std::to_string(one.position) + ": " : "";
        const std::string place_tr = one.position ? std::to_string(one.position) + ". sütun: " : "";
        const std::string inside = one.path.empty() ? "" : "." + one.path;
        error.fields.push_back({std::string(path) + inside, place_en + one.english, place_tr + one.turkish});
    }
    return error;
}

}  // namespace takas::core::control::rule
