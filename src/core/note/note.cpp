#include "core/note/note.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/card/pan.hpp"

namespace takas::core::note {
namespace {

constexpr std::size_t digits_min = 13, digits_max = 19;  // card numbers in use

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What people and programs put between the groups of a card number.
constexpr std::array<std::string_view, 13> separators{" ",  "-",  ".",      "/",      "_",      ",",     "\t",
                                                      "\n", "\r", "\u00A0", "\u2009", "\u202F", "\u2013"};
constexpr std::size_t separators_max = 2;  ///< ", "

bool is_separation(std::string_view between) {
    for (std::size_t i = 0; i < separators_max && !between.empty(); ++i)
        for (const std::string_view separator : separators) {
            if (!between.starts_with(separator)) continue;
            between.remove_prefix(separator.size());
            break;
        }
    return between.empty();
}

/// Pieces of digits with no more than separators between them: "4000-0012, 34" gives 4000, 0012, 34.
using Pieces = std::vector<std::string_view>;

std::vector<Pieces> groups_of(std::string_view text) {
    std::vector<Pieces> all;
    std::size_t end_of_last = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && is_digit(text[end])) ++end;
        const bool joins = !all.empty() && is_separation(text.substr(end_of_last, i - end_of_last));
        if (!joins) all.emplace_back();
        all.back().push_back(text.substr(i, end - i));
        i = end_of_last = end;
    }
    return all;
}

bool is_card_number(std::string_view digits) {
    return digits.size() >= digits_min && digits.size() <= digits_max && card::luhn_valid(digits);
}

/// Some pieces that follow one another, grouped as cards group them, from the one of number `first` on.
bool is_grouped_card_number(const Pieces& pieces, std::size_t first) {
    std::string digits;
    bool is_in_fours = true;
    for (std::size_t i = first; i < pieces.size() && digits.size() < digits_max; ++i) {
        const std::string_view piece = pieces[i];
        digits += piece;
        const bool is_amex = i == first + 2 && pieces[first].size() == 4 && pieces[first + 1].size() == 6;
        if (i > first && ((is_in_fours && piece.size() <= 4) || (is_amex && piece.size() == 5)) &&
            is_card_number(digits))
            return true;
        is_in_fours = is_in_fours && piece.size() == 4;
    }
    return false;
}

}  // namespace

bool holds_card_number(std::string_view text) {
    return std::ranges::any_of(groups_of(text), [](const Pieces& pieces) {
        if (std::ranges::any_of(pieces, is_card_number)) return true;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (is_grouped_card_number(pieces, i)) return true;
        return false;
    });
}

}  // namespace takas::core::note
