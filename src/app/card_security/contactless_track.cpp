#include "app/card_security/contactless_track.hpp"

#include <algorithm>

namespace takas::app::card_security {

using crypto::payment::ContactlessCode;

namespace {

constexpr std::size_t code_at = 5, code_digits = 3, discretionary_digits = 13;
constexpr std::size_t atc_at = code_at + code_digits;
constexpr std::size_t atc_digits_of_dcvv = 4, atc_digits_of_cvc3 = 3, unpredictable_digits = 1;
constexpr std::int32_t atc_max = 0xFFFF;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<ContactlessDigits> read_contactless(ContactlessCode form, std::string_view discretionary) {
    if (discretionary.size() != discretionary_digits || !std::ranges::all_of(discretionary, is_digit))
        return std::nullopt;
    const std::string_view code = discretionary.substr(code_at, code_digits);
    switch (form) {
        case ContactlessCode::dcvv:
            return ContactlessDigits{code, discretionary.substr(atc_at, atc_digits_of_dcvv), {}};
        case ContactlessCode::cvc3:
            // A terminal that put in more or fewer digits of its number than the card asks for is another card's.
            if (discretionary.back() != '0' + static_cast<char>(unpredictable_digits)) return std::nullopt;
            return ContactlessDigits{code, discretionary.substr(atc_at, atc_digits_of_cvc3),
                                     discretionary.substr(atc_at + atc_digits_of_cvc3, unpredictable_digits)};
        case ContactlessCode::none:
            break;
    }
    return std::nullopt;
}

std::optional<std::int32_t> atc_ending_in(std::string_view digits, std::int32_t last_atc) {
    std::int32_t modulus = 1, end = 0;
    for (const char digit : digits) {
        end = end * 10 + (digit - '0');
        modulus *= 10;
    }
    const std::int32_t least = last_atc + 1;
    std::int32_t atc = least - least % modulus + end;
    if (atc < least) atc += modulus;
    return atc > atc_max ? std::nullopt : std::optional(atc);
}

std::string last_digits(std::int32_t atc, std::size_t count) {
    std::string digits(count, '0');
    for (std::size_t i = count; i-- > 0; atc /= 10) digits[i] = static_cast<char>('0' + atc % 10);
    return digits;
}

std::string static_discretionary(std::string_view discretionary) {
    std::string data(discretionary.substr(0, code_at));
    data.resize(discretionary_digits, '0');
    return data;
}

std::optional<crypto::SecretBytes> contactless_template(const protocol::track::Parts& track) {
    protocol::track::Parts on_card = track;
    std::string discretionary = static_discretionary(track.discretionary);
    on_card.discretionary = discretionary;
    const auto text = protocol::track::build_track2(on_card);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(discretionary.data()), discretionary.size()});
    if (!text) return std::nullopt;
    auto packed = protocol::track::pack_track2(text->reveal());
    if (!packed) return std::nullopt;
    crypto::SecretBytes octets{ByteView(*packed)};
    crypto::wipe(*packed);
    return octets;
}

std::array<std::uint8_t, 2> octets_of_atc(std::int32_t atc) {
    return {static_cast<std::uint8_t>(atc >> 8), static_cast<std::uint8_t>(atc)};
}

std::array<std::uint8_t, 4> octets_of_unpredictable(std::string_view digits) {
    std::array<std::uint8_t, 4> octets{};
    std::size_t nibble = 2 * octets.size() - digits.size();
    for (const char digit : digits) {
        const auto value = static_cast<std::uint8_t>(digit - '0');
        octets[nibble / 2] |= static_cast<std::uint8_t>(nibble % 2 == 0 ? value << 4 : value);
        ++nibble;
    }
    return octets;
}

}  // namespace takas::app::card_security
