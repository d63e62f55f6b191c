#include "core/note/note.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/digits.hpp"
#include "base/utf8.hpp"
#include "core/card/pan.hpp"

namespace takas::core::note {
namespace {

constexpr std::size_t digits_min = 13, digits_max = 19;  // card numbers in use
constexpr int separators_max = 3;                        ///< between two groups: " - "

/// What people and programs put between the groups of a card number: no letter and no digit.
bool is_separator(std::uint32_t point) {
    struct Range {
        std::uint32_t first, last;
    };
    constexpr std::array ranges{Range{0x0000, 0x002F}, Range{0x003A, 0x0040}, Range{0x005B, 0x0060},
                                Range{0x007B, 0x00BF}, Range{0x2000, 0x206F},  // spaces, dashes, what is not seen
                                Range{0x2190, 0x2BFF},                         // signs: arrows, minus, bars, bullets
                                Range{0x3000, 0x303F}, Range{0x30FB, 0x30FB}, Range{0xFE10, 0xFE6F},
                                Range{0xFEFF, 0xFEFF}, Range{0xFF01, 0xFF0F}, Range{0xFF1A, 0xFF20}};
    return std::ranges::any_of(ranges, [&](Range r) { return point >= r.first && point <= r.last; });
}

/// Pieces of digits with no more than separators between them: "4000-0012, 34" gives 4000, 0012, 34.
using Pieces = std::vector<std::string>;

struct Groups {
    std::vector<Pieces> all;
    bool has_letters = false;
};

using DigitOf = std::optional<char> (*)(std::uint32_t code_point);

std::optional<char> ascii_digit_of(std::uint32_t point) { return point < 0x80 ? digit_of(point) : std::nullopt; }

Groups groups_of(std::string_view text, DigitOf read_digit) {
    Groups groups;
    int gap = separators_max + 1;  ///< code points since the last digit; more when a letter was among them
    while (!text.empty()) {
        const auto point = take_code_point(text);
        const auto digit = point ? read_digit(*point) : std::nullopt;
        if (!digit) {
            const bool is_gap = point && is_separator(*point);
            groups.has_letters = groups.has_letters || !is_gap;
            gap = is_gap ? gap + 1 : separators_max + 1;
            continue;
        }
        if (gap > separators_max) groups.all.emplace_back();
        if (gap > 0) groups.all.back().emplace_back();
        groups.all.back().back() += *digit;
        gap = 0;
    }
    return groups;
}

/// Some pieces that follow one another, grouped as cards group them, from the one of number `first` on.
bool is_grouped_number(const Pieces& pieces, std::size_t first, IsCardNumber is_card_number) {
    std::string digits;
    bool is_in_fours = true;
    for (std::size_t i = first; i < pieces.size() && digits.size() < digits_max; ++i) {
        const std::string& piece = pieces[i];
        digits += piece;
        const bool is_amex = i == first + 2 && pieces[first].size() == 4 && pieces[first + 1].size() == 6;
        if (i > first && ((is_in_fours && piece.size() <= 4) || (is_amex && piece.size() == 5)) &&
            is_card_number(digits))
            return true;
        is_in_fours = is_in_fours && piece.size() == 4;
    }
    return false;
}

bool hold_card_number(const Groups& groups, IsCardNumber is_card_number) {
    for (const Pieces& pieces : groups.all) {
        if (std::ranges::any_of(pieces, is_card_number)) return true;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (is_grouped_number(pieces, i, is_card_number)) return true;
    }
    if (groups.has_letters) return false;
    std::string all;  // nothing else stands there: the groups may be any
    for (const Pieces& pieces : groups.all)
        for (const std::string& piece : pieces) all += piece;
    const bool is_time = all.starts_with("19") || all.starts_with("20");  // no card number begins so
    return !is_time && is_card_number(all);
}

}  // namespace

bool is_any_card_number(std::string_view digits) {
    return digits.size() >= digits_min && digits.size() <= digits_max && card::luhn_valid(digits);
}

bool holds_card_number(std::string_view text, IsCardNumber is_card_number) {
    // By itself too: a raised or foreign digit behind a number makes it none longer.
    return hold_card_number(groups_of(text, &ascii_digit_of), is_card_number) ||
           hold_card_number(groups_of(text, &digit_of), is_card_number);
}

}  // namespace takas::core::note
