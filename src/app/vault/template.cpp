#include "app/vault/template.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/vault/checks.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::vault {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string value_of(std::string_view name, const CardContent& card, std::string_view cvv) {
    if (name == "card.number") return card.number;
    if (name == "card.cvv") return std::string(cvv);
    if (name == "card.expiryMonth") return card.month == 0 ? std::string() : fmt::format("{:02}", card.month);
    if (name == "card.expiryYear") return card.year == 0 ? std::string() : std::to_string(card.year);
    if (name == "card.expiryYear2") return card.year == 0 ? std::string() : fmt::format("{:02}", card.year % 100);
    if (name == "card.holderName") return card.holder;
    if (name == "card.firstDigits") return std::string(card.first(8));
    if (name == "card.lastFour") return std::string(card.last_four());
    if (name == "card.identity") return card.identity;
    return {};
}

void append_escaped(std::string& out, std::string_view value, BodyForm form) {
    if (form == BodyForm::json) {
        std::string quoted;
        protocol::json::append_json_string(quoted, value);
        out += std::string_view(quoted).substr(1, quoted.size() - 2);
        return wipe(quoted);
    }
    for (const char c : value) {
        const bool is_plain = is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
                              c == '_' || c == '~';
        if (is_plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
}

/// How many characters of `text` spell `digits`, with single spaces or dashes between them; 0: they do not.
std::size_t spelled(std::string_view text, std::string_view digits) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && at + 1 < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
        if (at >= text.size() || text[at] != digits[i]) return 0;
        ++at;
    }
    return at;
}

/// As `spelled`, and no digit stands before or behind.
std::size_t spelled_alone(std::string_view text, std::size_t at, std::string_view digits) {
    if (digits.empty() || (at > 0 && is_digit(text[at - 1]))) return 0;
    const std::size_t size = spelled(text.substr(at), digits);
    return size > 0 && at + size < text.size() && is_digit(text[at + size]) ? 0 : size;
}

}  // namespace

Result<std::string> fill_template(std::string_view text, BodyForm form, const CardContent& card, std::string_view cvv) {
    std::string out;
    constexpr std::size_t room_for_values = 1'024;
    out.reserve(text.size() + room_for_values);
    while (!text.empty()) {
        const auto begin = text.find("{{");
        out += text.substr(0, begin);
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin + 2);
        const auto end = text.find("}}");
        std::string value = end == std::string_view::npos ? std::string() : value_of(text.substr(0, end), card, cvv);
        if (value.empty()) {
            wipe(out);
            return fail_field("Body", "A placeholder is unknown, or the card has no value for it.",
                              "Bilinmeyen bir yer tutucu var veya kartta karşılığı yok.");
        }
        append_escaped(out, value, form);
        wipe(value);
        text.remove_prefix(end + 2);
    }
    return out;
}

std::string redacted(std::string_view text, const CardContent& card, std::string_view cvv) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (!card.number.empty())
            if (const std::size_t size = spelled(text.substr(at), card.number); size > 0) {
                out += masked_number(card);
                at += size;
                continue;
            }
        bool is_hidden = false;
        for (const std::string_view secret : {cvv, std::string_view(card.identity)})
            if (const std::size_t size = spelled_alone(text, at, secret); size > 0 && !is_hidden) {
                out.append(secret.size(), '*');
                at += size;
                is_hidden = true;
            }
        if (!is_hidden) out += text[at++];
    }
    return out;
}

}  // namespace takas::app::vault
