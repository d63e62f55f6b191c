#include "crypto/payment/card_code.hpp"

#include <algorithm>

#include "crypto/payment/des_keys.hpp"
#include "crypto/payment/digits.hpp"
#include "crypto/payment/emv_key.hpp"
#include "crypto/payment/mac.hpp"

namespace takas::crypto::payment {
namespace {

constexpr std::size_t cvv_digits = 3;
constexpr std::size_t cvc3_digits = 5;

/// The CVV algorithm over PAN, expiry and service code: the left half of the digits enciphered with CVK A, the right
/// half added, enciphered with the pair, decimalised.
SecretDigits cvv_of(CipherKey cvk, std::string_view pan, std::string_view expiry, std::string_view service_code) {
    SecretArray<16> blocks;
    set_digits(blocks.writable(), 0, pan);
    set_digits(blocks.writable(), pan.size(), expiry);
    set_digits(blocks.writable(), pan.size() + expiry.size(), service_code);
    const auto left = blocks.writable().first<8>();
    const auto right = blocks.writable().last<8>();
    const DesKeys keys(cvk);
    keys.encrypt_left(left);
    xor_into(right, right, left);
    keys.encrypt(right);
    SecretDigits code;
    decimalise(right, cvv_digits, [&](std::uint8_t digit) { code.push_back(static_cast<char>('0' + digit)); });
    return code;
}

bool are_digits_of(std::string_view text, std::size_t size) { return text.size() == size && are_digits(text); }

Outcome<SecretDigits> checked_cvv(CipherKey cvk, std::string_view pan, std::string_view expiry,
                                  std::string_view service_code) {
    if (!is_pan(pan)) return refuse(Fault::pan_refused);
    if (!are_digits_of(expiry, 4) || !are_digits_of(service_code, 3)) return refuse(Fault::digits_refused);
    return cvv_of(cvk, pan, expiry, service_code);
}

}  // namespace

Outcome<SecretDigits> cvv(ByteView cvk, std::string_view pan, std::string_view expiry, std::string_view service_code) {
    if (cvk.size() != 16) return refuse(Fault::key_length_refused);
    return checked_cvv(*CipherKey::tdes(cvk), pan, expiry, service_code);
}

Outcome<SecretDigits> dcvv(ByteView imk, std::string_view pan, std::string_view pan_sequence_number,
                           std::string_view expiry, std::string_view service_code, std::string_view atc_digits) {
    if (!are_digits_of(atc_digits, 4)) return refuse(Fault::digits_refused);
    const auto udk = icc_master_key(MasterKeyOption::a, imk, {pan, pan_sequence_number});
    if (!udk) return refuse(udk.error());
    SecretArray<19> changed;
    const std::span<std::uint8_t> digits = changed.writable().first(pan.size());
    std::ranges::copy(bytes_of(pan), digits.begin());
    std::ranges::copy(bytes_of(atc_digits), digits.begin());
    return checked_cvv(*udk, text_of(digits), expiry, service_code);
}

Outcome<SecretDigits> cvc3(ByteView imk, std::string_view pan, std::string_view pan_sequence_number,
                           ByteView track_template, ByteView atc, ByteView unpredictable_number) {
    static constexpr std::size_t max_template_bytes = 128;
    if (track_template.empty() || track_template.size() > max_template_bytes || atc.size() != 2 ||
        unpredictable_number.size() != 4) {
        return refuse(Fault::data_length_refused);
    }
    const auto key = icc_master_key(MasterKeyOption::a, imk, {pan, pan_sequence_number});
    if (!key) return refuse(key.error());
    const DesBlock mac = retail_mac(*key, Padding::one_and_zeros, track_template);
    SecretArray<8> block;
    std::ranges::copy(ByteView(mac).last(2), block.writable().begin());
    std::ranges::copy(unpredictable_number, block.writable().begin() + 2);
    std::ranges::copy(atc, block.writable().begin() + 6);
    ecb_encrypt(*key, block.reveal(), block.writable());
    unsigned number = block.reveal()[6] * 256u + block.reveal()[7];
    SecretArray<cvc3_digits> digits;
    for (std::size_t i = cvc3_digits; i-- > 0; number /= 10)
        digits.writable()[i] = static_cast<std::uint8_t>('0' + number % 10);
    return SecretDigits(text_of(digits.reveal()));
}

Outcome<SecretDigits> cavv(ByteView cavv_key, std::string_view pan, std::string_view atn_last4,
                           std::string_view auth_result_code, std::string_view second_factor_code) {
    if (cavv_key.size() != 16) return refuse(Fault::key_length_refused);
    if (!is_pan(pan)) return refuse(Fault::pan_refused);
    if (!are_digits_of(atn_last4, 4) || !are_digits_of(auth_result_code, 1) || !are_digits_of(second_factor_code, 2))
        return refuse(Fault::digits_refused);
    const std::array<char, 3> service_code{auth_result_code[0], second_factor_code[0], second_factor_code[1]};
    return cvv_of(*CipherKey::tdes(cavv_key), pan, atn_last4, {service_code.data(), service_code.size()});
}

}  // namespace takas::crypto::payment
