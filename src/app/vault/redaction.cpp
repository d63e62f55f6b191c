#include "app/vault/redaction.hpp"

#include <algorithm>
#include <vector>

#include "app/vault/checks.hpp"
#include "app/vault/text_view.hpp"

namespace takas::app::vault {
namespace {

/// `","` and a blank: an array of digits.
constexpr std::size_t separators_of_number = 4;
/// 1 2 3 may be a code; 1, 2, 3 is a list.
constexpr std::size_t separators_of_code = 1;
constexpr int unescaped_times = 3;

/// What is to be hidden. `is_spelled`: as digits, in place of which the masked number reads well.
struct Mark {
    std::size_t begin, end;
    bool is_number, is_spelled;
};

/// A number that stands in the answer's words: the card's own number anywhere, the others as numbers of their own.
struct Secret {
    std::string_view digits;
    bool is_number;
    std::size_t separators_max() const { return is_number ? separators_of_number : separators_of_code; }
};

std::size_t skip_separators(const TextView& view, std::size_t at, std::size_t count_max) {
    std::size_t next = at;
    while (next < view.size() && next - at < count_max && is_separator(view[next].character)) ++next;
    return next;
}

/// Behind the last digit, when `secret` is spelled from `at` on; else 0.
std::size_t spelled(const TextView& view, std::size_t at, const Secret& secret) {
    for (std::size_t i = 0; i < secret.digits.size(); ++i) {
        if (i > 0) at = skip_separators(view, at, secret.separators_max());
        if (at >= view.size() || digit_value(view[at].character) != secret.digits[i] - '0') return 0;
        ++at;
    }
    return at;
}

bool is_digit_at(const TextView& view, std::size_t at) {
    return at < view.size() && digit_value(view[at].character) >= 0;
}

void find_spelled(const TextView& view, const Secret& secret, bool is_spelled, std::vector<Mark>& marks) {
    for (std::size_t at = 0; at < view.size(); ++at) {
        const std::size_t end = spelled(view, at, secret);
        if (end == 0) continue;
        const bool is_alone = !(at > 0 && is_digit_at(view, at - 1)) && !is_digit_at(view, end);
        if (!secret.is_number && !is_alone) continue;
        marks.push_back({view[at].begin, view[end - 1].end, secret.is_number, is_spelled});
    }
}

/// The two hexadecimal digits of an ASCII digit: 35.
bool is_hex_digit_pair(const TextView& view, std::size_t at) {
    return at + 1 < view.size() && view[at].character == '3' && is_digit(view[at + 1].character);
}

/// Between two octets in hexadecimal: separators, 0x and \x; blanks, dashes and zero octets, in hexadecimal themselves.
std::size_t skip_between_octets(const TextView& view, std::size_t at) {
    for (std::size_t turn = 0; turn < separators_of_number && !is_hex_digit_pair(view, at); ++turn) {
        if (at + 1 >= view.size()) break;
        const char32_t first = view[at].character, second = view[at + 1].character;
        if (first == '0' && (second == 'x' || second == 'X' || second == '0'))
            at += 2;
        else if (first == '2' && !is_separator(second))
            at += 2;
        else if (first == 'x' || first == 'X' || is_separator(first))
            ++at;
        else
            break;
    }
    return at;
}

std::size_t spelled_in_hex(const TextView& view, std::size_t at, const Secret& secret) {
    for (std::size_t i = 0; i < secret.digits.size(); ++i) {
        if (i > 0) at = skip_between_octets(view, at);
        if (!is_hex_digit_pair(view, at) || view[at + 1].character != static_cast<unsigned char>(secret.digits[i]))
            return 0;
        at += 2;
    }
    return at;
}

void find_in_hex(const TextView& view, const Secret& secret, std::vector<Mark>& marks) {
    for (std::size_t at = 0; at + 1 < view.size(); ++at) {
        if (view[at].character != '3') continue;
        const std::size_t end = spelled_in_hex(view, at, secret);
        if (end == 0) continue;
        const bool is_alone = !(at > 1 && is_hex_digit_pair(view, at - 2)) && !is_hex_digit_pair(view, end);
        if (secret.is_number || is_alone) marks.push_back({view[at].begin, view[end - 1].end, secret.is_number, false});
    }
}

void find_in_base64(const TextView& view, std::span<const Secret> secrets, std::vector<Mark>& marks) {
    for (std::size_t offset = 0; offset < 4; ++offset) {
        const TextView octets = base64_decoded(view, offset);
        const TextView packed = nibbles(octets);
        for (const Secret& secret : secrets) {
            find_spelled(octets, secret, false, marks);
            if (secret.is_number) find_spelled(packed, secret, false, marks);
        }
    }
}

std::vector<Mark> marks_in(std::string_view text, std::span<const Secret> secrets) {
    std::vector<Mark> marks;
    TextView view = view_of(text);
    for (int times = 0; times <= unescaped_times; ++times) {
        for (const Secret& secret : secrets) {
            find_spelled(view, secret, true, marks);
            find_in_hex(view, secret, marks);
        }
        find_in_base64(view, secrets, marks);
        TextView plainer = unescaped(view);
        if (plainer.size() == view.size()) break;
        view = std::move(plainer);
    }
    return marks;
}

/// In order, without overlaps. What two of them cover is one, with nothing of it shown.
std::vector<Mark> joined(std::vector<Mark> marks) {
    std::ranges::sort(marks, [](const Mark& a, const Mark& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end > b.end : a.is_spelled > b.is_spelled;
    });
    std::vector<Mark> out;
    for (const Mark& mark : marks) {
        if (out.empty() || mark.begin >= out.back().end) {
            out.push_back(mark);
        } else if (mark.end > out.back().end) {
            out.back() = {out.back().begin, mark.end, false, false};
        }
    }
    return out;
}

}  // namespace

std::string redacted(std::string_view text, const CardContent& card, std::string_view cvv) {
    std::vector<Secret> secrets;
    if (!card.number.empty()) secrets.push_back({card.number, true});
    if (!cvv.empty()) secrets.push_back({cvv, false});
    if (!card.identity.empty()) secrets.push_back({card.identity, false});
    std::string out;
    std::size_t shown = 0;
    for (const Mark& mark : joined(marks_in(text, secrets))) {
        out += text.substr(shown, mark.begin - shown);
        if (mark.is_number && mark.is_spelled)
            out += masked_number(card);
        else
            out.append(mark.end - mark.begin, '*');
        shown = mark.end;
    }
    return out += text.substr(shown);
}

}  // namespace takas::app::vault
