#include "core/card/pan.hpp"

#include <algorithm>

namespace takas::core::card {
namespace {

constexpr std::size_t pan_digits_min = 12, pan_digits_max = 19;  // ISO/IEC 7812-1 allows fewer, no scheme has them
constexpr std::size_t short_bin_digits = 6, long_bin_digits = 8, last_digits = 4;
/// A short number with a long BIN shows six digits of it: something must stay hidden.
constexpr std::size_t hidden_digits_min = 2;

/// Sum of the digits, doubling every second one from the right; `doubled` says whether the last digit is doubled.
int luhn_sum(std::string_view digits, bool doubled) {
    int sum = 0;
    for (auto it = digits.rbegin(); it != digits.rend(); ++it, doubled = !doubled) {
        int d = *it - '0';
        if (doubled) d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum;
}

}  // namespace

char luhn_check_digit(std::string_view digits) {
    return static_cast<char>('0' + (10 - luhn_sum(digits, true) % 10) % 10);
}

bool luhn_valid(std::string_view digits) {
    for (const char c : digits)
        if (c < '0' || c > '9') return false;
    return !digits.empty() && luhn_sum(digits, false) % 10 == 0;
}

std::optional<Pan> Pan::parse(std::string_view digits) {
    if (digits.size() < pan_digits_min || digits.size() > pan_digits_max) return std::nullopt;
    if (!luhn_valid(digits)) return std::nullopt;
    Pan pan;
    digits.copy(pan.digits_.data(), digits.size());
    pan.size_ = static_cast<std::uint8_t>(digits.size());
    return pan;
}

Pan::~Pan() {
    volatile char* wipe = digits_.data();  // volatile: the compiler may not skip writes to dying memory
    for (std::size_t i = 0; i < digits_.size(); ++i) wipe[i] = 0;
}

std::string Pan::masked(std::size_t bin_digits) const { return masked_number({digits_.data(), size_}, bin_digits); }

std::string masked_number(std::string_view digits, std::size_t bin_digits) {
    std::string out(digits.size(), '*');
    if (digits.size() < pan_digits_min) return out;
    const bool long_enough = digits.size() >= long_bin_digits + last_digits + hidden_digits_min;
    const std::size_t shown =
        bin_digits >= long_bin_digits && long_enough ? long_bin_digits : std::min(bin_digits, short_bin_digits);
    digits.copy(out.data(), shown);
    digits.substr(digits.size() - last_digits).copy(out.data() + out.size() - last_digits, last_digits);
    return out;
}

}  // namespace takas::core::card
