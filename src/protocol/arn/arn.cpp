#include "protocol/arn/arn.hpp"

#include <algorithm>

#include "core/card/pan.hpp"

namespace takas::protocol::arn {
namespace {

using wire::Fault;

constexpr std::size_t check_position = arn_digits - 1;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Arn split(std::string_view text) {
    return {text.substr(0, 1), text.substr(1, 6), text.substr(7, 4), text.substr(11, 11), text[check_position]};
}

}  // namespace

int Arn::day_of_year() const {
    return (julian_yddd[1] - '0') * 100 + (julian_yddd[2] - '0') * 10 + (julian_yddd[3] - '0');
}

wire::Decoded<Arn> parse(std::string_view text) {
    if (text.size() != arn_digits) return wire::refuse(Fault::wrong_length);
    if (!std::ranges::all_of(text, is_digit)) return wire::refuse(Fault::not_digits);
    const Arn arn = split(text);
    if (arn.day_of_year() < 1 || arn.day_of_year() > 366) return wire::refuse(Fault::wrong_date);
    if (!core::card::luhn_valid(text)) return wire::refuse(Fault::wrong_check_digit);
    return arn;
}

wire::Decoded<ArnText> build(std::string_view format_code, std::string_view bin, std::string_view julian_yddd,
                             std::string_view film_locator) {
    if (format_code.size() != 1 || bin.size() != 6 || julian_yddd.size() != 4 || film_locator.size() != 11)
        return wire::refuse(Fault::wrong_length);
    ArnText text{};
    char* end = text.data();
    for (const std::string_view part : {format_code, bin, julian_yddd, film_locator})
        end = std::ranges::copy(part, end).out;
    const std::string_view prefix(text.data(), check_position);
    if (!std::ranges::all_of(prefix, is_digit)) return wire::refuse(Fault::not_digits);
    text[check_position] = core::card::luhn_check_digit(prefix);
    if (const auto arn = parse({text.data(), text.size()}); !arn) return std::unexpected(arn.error());
    return text;
}

}  // namespace takas::protocol::arn
