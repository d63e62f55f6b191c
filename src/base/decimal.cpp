#include "base/decimal.hpp"

#include <charconv>

namespace takas {
namespace {

constexpr int max_digits = 18;  // every 18-digit number fits into 63 bits

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    std::size_t i = 0;
    const bool negative = i < text.size() && text[i] == '-';
    if (negative) ++i;
    std::int64_t coefficient = 0;
    int digits = 0, scale = 0, seen = 0;
    bool after_point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !after_point && seen > 0) {
            after_point = true;
            continue;
        }
        if (c < '0' || c > '9') break;
        ++seen;
        if (coefficient == 0 && c == '0') {
            digits = 0;
        } else if (++digits > max_digits) {
            return std::nullopt;
        }
        coefficient = coefficient * 10 + (c - '0');
        if (after_point && ++scale > max_digits) return std::nullopt;
    }
    if (seen == 0 || text[i - 1] == '.') return std::nullopt;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        std::string_view rest = text.substr(i + 1);
        if (rest.starts_with('+')) rest.remove_prefix(1);
        int exponent = 0;
        const auto [end, failed] = std::from_chars(rest.data(), rest.data() + rest.size(), exponent);
        if (failed != std::errc{} || end != rest.data() + rest.size() || exponent > max_digits ||
            exponent < -max_digits)
            return std::nullopt;
        scale -= exponent;
        i = text.size();
    }
    if (i != text.size()) return std::nullopt;
    for (; scale < 0; ++scale) {
        if (coefficient > 999'999'999'999'999'999 / 10) return std::nullopt;
        coefficient *= 10;
    }
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    if (scale > max_digits) return std::nullopt;
    return Decimal{negative ? -coefficient : coefficient, static_cast<std::uint8_t>(scale)};
}

void append_text(std::string& out, Decimal d) {
    char buffer[24];
    const bool negative = d.coefficient < 0;
    const auto magnitude =
        negative ? 0 - static_cast<std::uint64_t>(d.coefficient) : static_cast<std::uint64_t>(d.coefficient);
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, magnitude).ptr;
    const auto length = static_cast<std::size_t>(end - buffer);
    if (negative) out.push_back('-');
    if (d.scale == 0) {
        out.append(buffer, length);
        return;
    }
    if (length <= d.scale) {
        out.append("0.");
        out.append(d.scale - length, '0');
        out.append(buffer, length);
    } else {
        out.append(buffer, length - d.scale);
        out.push_back('.');
        out.append(buffer + length - d.scale, d.scale);
    }
}

std::string to_text(Decimal d) {
    std::string out;
    append_text(out, d);
    return out;
}

std::optional<std::int64_t> rescale(Decimal d, std::uint8_t scale) {
    std::int64_t c = d.coefficient;
    for (auto s = d.scale; s < scale; ++s)
        if (__builtin_mul_overflow(c, std::int64_t{10}, &c)) return std::nullopt;
    for (auto s = d.scale; s > scale; --s) {
        if (c % 10 != 0) return std::nullopt;
        c /= 10;
    }
    return c;
}

}  // namespace takas
