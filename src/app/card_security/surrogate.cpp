#include "app/card_security/surrogate.hpp"

#include <fmt/format.h>

#include "core/card/pan.hpp"
#include "crypto/digest.hpp"

namespace takas::app::card_security {

std::string surrogate_number(TokenId token_id) {
    constexpr std::uint64_t twelve_digits = 1'000'000'000'000;
    constexpr std::size_t octets = 8;
    const auto digest = crypto::sha256(bytes_of(fmt::format("pin-block-card-no:{}", token_id.value)));
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < octets; ++i) number = number << 8 | digest[i];
    std::string digits = fmt::format("{:012}", number % twelve_digits);
    digits.push_back(core::card::luhn_check_digit(digits));
    return digits;
}

}  // namespace takas::app::card_security
