#include "core/text/latin.hpp"

#include <algorithm>
#include <array>

namespace takas::core::text {
namespace {

/// Letters with marks, in capitals, and what they are without. Small ones go through their capitals.
struct BaseRow {
    std::string_view base;
    std::u32string_view letters;
};
constexpr std::array base_rows{
    BaseRow{"A", U"ÀÁÂÃÄÅĀĂĄǍ"}, BaseRow{"AE", U"Æ"},        BaseRow{"C", U"ÇĆĈĊČ"}, BaseRow{"D", U"ÐĎĐ"},
    BaseRow{"E", U"ÈÉÊËĒĔĖĘĚƏ"}, BaseRow{"G", U"ĜĞĠĢǦ"},     BaseRow{"H", U"ĤĦ"},    BaseRow{"I", U"ÌÍÎÏĨĪĬĮİ"},
    BaseRow{"IJ", U"Ĳ"},         BaseRow{"J", U"Ĵ"},         BaseRow{"K", U"Ķĸ"},    BaseRow{"L", U"ĹĻĽĿŁ"},
    BaseRow{"N", U"ÑŃŅŇŉŊ"},     BaseRow{"O", U"ÒÓÔÕÖØŌŎŐ"}, BaseRow{"OE", U"Œ"},    BaseRow{"R", U"ŔŖŘ"},
    BaseRow{"S", U"ŚŜŞŠſȘ"},     BaseRow{"SS", U"ẞß"},       BaseRow{"T", U"ŢŤŦȚ"},  BaseRow{"TH", U"Þ"},
    BaseRow{"U", U"ÙÚÛÜŨŪŬŮŰŲ"}, BaseRow{"W", U"Ŵ"},         BaseRow{"Y", U"ÝŶŸ"},   BaseRow{"Z", U"ŹŻŽ"},
};

constexpr std::u32string_view alphabet = U"abcçdefgğhıijklmnoöpqrsştuüvwxyz";
/// Where the letters of a key begin: a row of two-byte characters above ASCII and below other scripts. No name holds
/// them, and no SQL lower() touches them.
constexpr char32_t first_key_letter = U'\u0250';

/// A letter and a mark that follows it, as some keyboards and file systems write one letter.
struct Composition {
    char32_t letter, mark, whole;
};
constexpr std::array compositions{
    Composition{U'c', U'\u0327', U'ç'}, Composition{U'g', U'\u0306', U'ğ'}, Composition{U'i', U'\u0307', U'i'},
    Composition{U'o', U'\u0308', U'ö'}, Composition{U's', U'\u0327', U'ş'}, Composition{U'u', U'\u0308', U'ü'},
    Composition{U'C', U'\u0327', U'Ç'}, Composition{U'G', U'\u0306', U'Ğ'}, Composition{U'I', U'\u0307', U'İ'},
    Composition{U'O', U'\u0308', U'Ö'}, Composition{U'S', U'\u0327', U'Ş'}, Composition{U'U', U'\u0308', U'Ü'},
};

bool is_mark(char32_t c) { return c >= 0x300 && c <= 0x36F; }

/// The next character of valid UTF-8; a byte that begins none stands for itself.
char32_t next_character(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? first : first & (0xFFU >> (size + 1));
    const std::size_t there = std::min(size, text.size());
    for (std::size_t i = 1; i < there; ++i) c = (c << 6U) | (byte(i) & 0x3FU);
    text.remove_prefix(there);
    return c;
}

void append(std::string& out, char32_t c) {
    const auto put = [&](char32_t bits) { out.push_back(static_cast<char>(static_cast<unsigned char>(bits))); };
    const auto tail = [&](unsigned shift) { put(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) return put(0xC0U | (c >> 6U)), tail(0);
    if (c < 0x10000) return put(0xE0U | (c >> 12U)), tail(6), tail(0);
    put(0xF0U | (c >> 18U)), tail(12), tail(6), tail(0);
}

/// The characters of a text, with its Turkish letters in one piece.
std::u32string characters_of(std::string_view text) {
    std::u32string all;
    while (!text.empty()) {
        const char32_t c = next_character(text);
        const auto whole = std::ranges::find_if(compositions, [&](const Composition& one) {
            return !all.empty() && one.letter == all.back() && one.mark == c;
        });
        if (whole == compositions.end())
            all.push_back(c);
        else
            all.back() = whole->whole;
    }
    return all;
}

/// Latin Extended-A, where a capital and its small letter are neighbours: is the capital the even one?
bool has_even_capitals(char32_t c) { return c <= 0x137 || (c >= 0x14A && c <= 0x177); }

char32_t upper(char32_t c) {
    if (c == U'i') return U'İ';
    if (c == U'ı') return U'I';
    if (c >= U'a' && c <= U'z') return c - 0x20;
    if (c >= 0xE0 && c <= 0xFE && c != U'÷') return c - 0x20;
    if (c == U'ÿ') return U'Ÿ';
    if (c == U'ə') return U'Ə';
    if (c == U'ǎ' || c == U'ǧ' || c == U'ș' || c == U'ț') return c - 1;
    if (c < 0x100 || c > 0x17E || c == U'ĸ' || c == U'ŉ' || c == U'Ÿ') return c;
    return (c % 2 == 1) == has_even_capitals(c) ? c - 1 : c;
}

/// "" when the character is no letter with marks. `c` is a capital.
std::string_view base_of(char32_t c) {
    for (const BaseRow& row : base_rows)
        if (row.letters.contains(c)) return row.base;
    return {};
}

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Of letters outside Latin: Greek and Cyrillic.
char32_t small_of_other_script(char32_t c) {
    if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 0x20;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    return c;
}

/// One of the alphabet's letters as its place; false for others.
bool append_letter(std::string& key, char32_t small_letter) {
    const auto place = alphabet.find(small_letter);
    if (place == std::u32string_view::npos) return false;
    append(key, first_key_letter + static_cast<char32_t>(place));
    return true;
}

/// The alphabet's small letter of a Turkish capital; other characters as they are.
char32_t small_turkish(char32_t c) {
    for (const char32_t letter : alphabet)
        if (upper(letter) == c) return letter;
    return c;
}

}  // namespace

std::string upper_turkish(std::string_view text) {
    std::string out;
    for (const char32_t c : characters_of(text)) append(out, upper(c));
    return out;
}

std::string without_marks(std::string_view text) {
    std::string out;
    for (const char32_t c : characters_of(text)) {
        if (is_mark(c)) continue;
        const char32_t capital = upper(c);
        const std::string_view base = c < 0x80 ? std::string_view() : c == U'ı' ? "I" : base_of(capital);
        if (base.empty()) {
            append(out, c);
        } else {
            const bool is_small = capital != c || c == U'ß';
            for (const char one : base) out.push_back(is_small ? small(one) : one);
        }
    }
    return out;
}

std::string name_key(std::string_view text) {
    std::string key;
    for (const char32_t c : characters_of(text)) {
        if (is_mark(c)) continue;
        if (append_letter(key, small_turkish(c))) continue;
        if (const std::string_view base = base_of(upper(c)); !base.empty()) {
            for (const char one : base) append_letter(key, static_cast<unsigned char>(small(one)));
        } else {
            append(key, small_of_other_script(c));
        }
    }
    return key;
}

}  // namespace takas::core::text
