#include "crypto/payment/pin_reference.hpp"

#include <algorithm>

#include "crypto/payment/cipher.hpp"
#include "crypto/payment/digits.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t pvv_digits = 4;
constexpr std::size_t nibbles_of_block = 16;

/// a + sign * b, modulo 10, of two decimal digits.
char digit_sum(char a, char b, int sign) { return static_cast<char>('0' + (a - '0' + 10 + sign * (b - '0')) % 10); }

/// The natural PIN's 16 digits: validation data enciphered and decimalised by the table.
Outcome<SecretDigits> intermediate_pin(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan) {
    const auto key = CipherKey::tdes(pvk);
    if (!key) return refuse(key.error());
    if (!is_pan(pan)) return refuse(Fault::pan_refused);
    const std::string_view table = rules.decimalization_table;
    if (table.size() != nibbles_of_block || !are_digits(table) || rules.validation_length == 0 ||
        rules.validation_length > nibbles_of_block || nibble_of(rules.validation_pad) < 0 ||
        std::size_t{rules.validation_offset} + rules.validation_length > pan.size()) {
        return refuse(Fault::digits_refused);
    }
    SecretArray<8> block;
    const auto pad = static_cast<std::uint8_t>(nibble_of(rules.validation_pad));
    std::ranges::fill(block.writable(), static_cast<std::uint8_t>(pad << 4 | pad));
    set_digits(block.writable(), 0, pan.substr(rules.validation_offset, rules.validation_length));
    ecb_encrypt(*key, block.reveal(), block.writable());
    SecretDigits digits;
    for (std::size_t i = 0; i < nibbles_of_block; ++i) digits.push_back(table[nibble_at(block.reveal(), i)]);
    return digits;
}

/// The intermediate PIN plus or minus `other`, as long as `other`.
Outcome<SecretDigits> combine(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan, std::string_view other,
                              int sign_of_intermediate) {
    const auto intermediate = intermediate_pin(pvk, rules, pan);
    if (!intermediate) return refuse(intermediate.error());
    SecretDigits digits;
    for (std::size_t i = 0; i < other.size(); ++i)
        digits.push_back(digit_sum(other[i], intermediate->reveal()[i], sign_of_intermediate));
    return digits;
}

}  // namespace

bool is_pin(std::string_view digits) {
    return digits.size() >= min_pin_digits && digits.size() <= max_pin_digits && are_digits(digits);
}

Outcome<SecretDigits> pvv(ByteView pvk, std::uint8_t pvki, std::string_view pan, std::string_view pin) {
    const auto key = CipherKey::tdes(pvk);
    if (!key) return refuse(key.error());
    if (!is_pan(pan)) return refuse(Fault::pan_refused);
    if (!is_pin(pin)) return refuse(Fault::pin_refused);
    if (pvki > 9) return refuse(Fault::digits_refused);
    SecretArray<8> block;
    set_digits(block.writable(), 0, pan.substr(pan.size() - 12, 11));
    set_nibble(block.writable(), 11, pvki);
    set_digits(block.writable(), 12, pin.substr(0, 4));
    ecb_encrypt(*key, block.reveal(), block.writable());
    SecretDigits digits;
    decimalise(block.reveal(), pvv_digits,
               [&](std::uint8_t digit) { digits.push_back(static_cast<char>('0' + digit)); });
    return digits;
}

Outcome<SecretDigits> ibm3624_natural_pin(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                          std::size_t length) {
    if (length < min_pin_digits || length > max_pin_digits) return refuse(Fault::pin_refused);
    const auto intermediate = intermediate_pin(pvk, rules, pan);
    if (!intermediate) return refuse(intermediate.error());
    return SecretDigits(intermediate->reveal().substr(0, length));
}

Outcome<SecretDigits> ibm3624_offset(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                     std::string_view pin) {
    if (!is_pin(pin)) return refuse(Fault::pin_refused);
    return combine(pvk, rules, pan, pin, -1);
}

Outcome<SecretDigits> ibm3624_pin(ByteView pvk, const Ibm3624Rules& rules, std::string_view pan,
                                  std::string_view offset) {
    if (!is_pin(offset)) return refuse(Fault::digits_refused);
    return combine(pvk, rules, pan, offset, +1);
}

}  // namespace takas::crypto::payment
