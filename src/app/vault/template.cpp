#include "app/vault/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/json/codec.hpp"

namespace takas::app::vault {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::array<std::string_view, 9> placeholders{"card.number",      "card.cvv",         "card.expiryMonth",
                                                       "card.expiryYear",  "card.expiryYear2", "card.holderName",
                                                       "card.firstDigits", "card.lastFour",    "card.identity"};

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

std::unexpected<Error> refuse(std::string english, std::string turkish) {
    return fail_field("Body", std::move(english), std::move(turkish));
}

std::unexpected<Error> refuse_placeholder() {
    return refuse("A placeholder is unknown, or the card has no value for it.",
                  "Bilinmeyen bir yer tutucu var veya kartta karşılığı yok.");
}

}  // namespace

Result<void> check_template(std::string_view text) {
    for (auto begin = text.find("{{"); begin != std::string_view::npos; begin = text.find("{{")) {
        text.remove_prefix(begin + 2);
        const auto end = text.find("}}");
        if (end == std::string_view::npos || std::ranges::find(placeholders, text.substr(0, end)) == placeholders.end())
            return refuse_placeholder();
        text.remove_prefix(end + 2);
    }
    return {};
}

Result<std::string> fill_template(std::string_view text, BodyForm form, const CardContent& card, std::string_view cvv) {
    std::string out;
    constexpr std::size_t value_octets_max = 2'048;
    out.reserve(filled_bytes_max + value_octets_max);  // grown, it would leave a copy of the card behind
    while (!text.empty()) {
        const auto begin = text.find("{{");
        out += text.substr(0, begin);
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin + 2);
        const auto end = text.find("}}");
        std::string value = end == std::string_view::npos ? std::string() : value_of(text.substr(0, end), card, cvv);
        if (value.empty()) {
            wipe(out);
            return refuse_placeholder();
        }
        append_escaped(out, value, form);
        wipe(value);
        text.remove_prefix(end + 2);
        if (out.size() + text.size() > filled_bytes_max) {
            wipe(out);
            return refuse("With the card in it, it is longer than 131072 octets.",
                          "Kartla birlikte 131072 sekizliden uzun.");
        }
    }
    return out;
}

}  // namespace takas::app::vault
