#include "app/card_security/cavv.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace takas::app::card_security {

using core::authorization::CavvResultCode;

namespace {

constexpr std::size_t cavv_bytes = 20;
constexpr std::string_view authenticated = "0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Cavv> read_cavv(ByteView text) {
    const std::string_view written = text_of(text);
    const auto octets = written.size() == 2 * cavv_bytes ? hex_decode(written) : base64_decode(written);
    if (!octets || octets->size() != cavv_bytes) return std::nullopt;
    const std::string digits = hex_encode(ByteView(*octets).first(7));
    if (!std::ranges::all_of(digits, is_digit)) return std::nullopt;
    // Each of the first two octets is a small number; the result has one digit.
    if (digits[0] != '0') return std::nullopt;
    return Cavv{digits.substr(1, 1), digits.substr(2, 2), digits.substr(7, 3), digits.substr(10, 4)};
}

CavvResultCode result_of(const Cavv& cavv, bool is_valid) {
    if (cavv.result_code == authenticated)
        return is_valid ? CavvResultCode::passed_authentication : CavvResultCode::failed_authentication;
    return is_valid ? CavvResultCode::passed_attempt : CavvResultCode::failed_attempt;
}

}  // namespace takas::app::card_security
