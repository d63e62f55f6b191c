#include "app/vault/text_view.hpp"

#include <string.h>

#include <array>
#include <optional>
#include <utility>

#include "base/utf8.hpp"

namespace takas::app::vault {
namespace {

int hex_value(char32_t c) {
    if (is_digit(c)) return static_cast<int>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A') + 10;
    return -1;
}

int base64_value(char32_t c) {
    if (c >= 'A' && c <= 'Z') return static_cast<int>(c - 'A');
    if (c >= 'a' && c <= 'z') return static_cast<int>(c - 'a') + 26;
    if (is_digit(c)) return static_cast<int>(c - '0') + 52;
    if (c == '+' || c == '-') return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

/// What stands at the beginning of `rest`, and how many characters say so.
struct Escape {
    char32_t character;
    std::size_t size;
};

bool begins_with(std::span<const Seen> rest, std::string_view word) {
    if (rest.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (rest[i].character != static_cast<unsigned char>(word[i])) return false;
    return true;
}

/// `prefix`, then exactly so many hexadecimal digits.
std::optional<Escape> hex_escape(std::span<const Seen> rest, std::string_view prefix, std::size_t digits) {
    if (!begins_with(rest, prefix) || rest.size() < prefix.size() + digits) return std::nullopt;
    char32_t value = 0;
    for (const Seen& one : rest.subspan(prefix.size(), digits)) {
        const int nibble = hex_value(one.character);
        if (nibble < 0) return std::nullopt;
        value = value * 16 + static_cast<char32_t>(nibble);
    }
    return Escape{value, prefix.size() + digits};
}

/// &#53; &#x35; &nbsp;
std::optional<Escape> entity(std::span<const Seen> rest) {
    constexpr std::size_t digits_max = 7;
    constexpr std::string_view space = "&nbsp;";
    if (begins_with(rest, space)) return Escape{U'\u00a0', space.size()};
    if (!begins_with(rest, "&#")) return std::nullopt;
    const bool is_hex = begins_with(rest, "&#x") || begins_with(rest, "&#X");
    std::size_t at = is_hex ? 3 : 2;
    const std::size_t first = at;
    char32_t value = 0;
    for (; at < rest.size() && at < first + digits_max; ++at) {
        const int digit = hex_value(rest[at].character);
        if (digit < 0 || (!is_hex && digit > 9)) break;
        value = value * (is_hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (at == first || at >= rest.size() || rest[at].character != ';') return std::nullopt;
    return Escape{value, at + 1};
}

std::optional<Escape> escape_at(std::span<const Seen> rest) {
    switch (rest.front().character) {
        case '%':
            return hex_escape(rest, "%", 2);
        case '&':
            return entity(rest);
        case '\\':
            break;
        default:
            return std::nullopt;
    }
    if (auto found = hex_escape(rest, "\\u", 4)) return found;
    if (auto found = hex_escape(rest, "\\x", 2)) return found;
    if (rest.size() < 2) return std::nullopt;
    switch (const char32_t c = rest[1].character) {
        case '"':
        case '/':
        case '\\':
            return Escape{c, 2};
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't':
            return Escape{'\n', 2};
        default:
            return std::nullopt;
    }
}

/// One run of base64 digits into octets.
void decode_run(std::span<const Seen> run, TextView& out) {
    for (std::size_t bit = 0; bit + 8 <= run.size() * 6; bit += 8) {
        const Seen &first = run[bit / 6], &last = run[(bit + 7) / 6];
        const auto pair = static_cast<unsigned>(base64_value(first.character) << 6 | base64_value(last.character));
        out.add({static_cast<char32_t>(pair >> (4 - bit % 6) & 0xff), first.begin, last.end});
    }
}

}  // namespace

TextView& TextView::operator=(TextView&& other) noexcept {
    wipe();
    seen_ = std::exchange(other.seen_, {});
    return *this;
}

TextView::~TextView() { wipe(); }

void TextView::wipe() {
    if (seen_.capacity() > 0) ::explicit_bzero(static_cast<void*>(seen_.data()), seen_.capacity() * sizeof(Seen));
}

TextView view_of(std::string_view text) {
    TextView out(text.size());
    for (std::string_view rest = text; !rest.empty();) {
        const auto begin = static_cast<std::uint32_t>(text.size() - rest.size());
        const auto octet = static_cast<unsigned char>(rest.front());
        const auto point = take_code_point(rest);
        out.add({point ? *point : octet, begin, static_cast<std::uint32_t>(text.size() - rest.size())});
    }
    return out;
}

TextView unescaped(const TextView& view) {
    TextView out(view.size());
    for (std::size_t at = 0; at < view.size();) {
        const auto found = escape_at(view.from(at));
        const std::size_t size = found ? found->size : 1;
        out.add({found ? found->character : view[at].character, view[at].begin, view[at + size - 1].end});
        at += size;
    }
    return out;
}

TextView base64_decoded(const TextView& view, std::size_t offset) {
    TextView out(view.size() + 1), run(view.size());
    const auto end_run = [&](std::uint32_t where) {
        if (run.size() > offset) decode_run(run.from(offset), out);
        if (run.size() > 0) out.add({'\n', where, where});
        run.clear();
    };
    for (std::size_t at = 0; at < view.size(); ++at) {
        if (base64_value(view[at].character) >= 0)
            run.add(view[at]);
        else if (view[at].character != '\r' && view[at].character != '\n')
            end_run(view[at].begin);
    }
    if (view.size() > 0) end_run(view[view.size() - 1].end);
    return out;
}

TextView nibbles(const TextView& octets) {
    TextView out(octets.size() * 2);
    for (std::size_t at = 0; at < octets.size(); ++at)
        for (const char32_t nibble : {octets[at].character >> 4 & 15, octets[at].character & 15})
            out.add({U"0123456789abcdef"[nibble], octets[at].begin, octets[at].end});
    return out;
}

int digit_value(char32_t c) {
    for (const char32_t zero : {U'0', U'\u0660', U'\u06f0', U'\uff10'})
        if (c >= zero && c < zero + 10) return static_cast<int>(c - zero);
    return -1;
}

bool is_separator(char32_t c) {
    const char32_t lower = c | 0x20;
    return digit_value(c) < 0 && !(c < 0x80 && lower >= 'a' && lower <= 'z');
}

}  // namespace takas::app::vault
