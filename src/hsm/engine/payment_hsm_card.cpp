// Card verification values: CVV, dCVV, CVC3, CAVV.
#include <algorithm>

#include "crypto/payment/card_code.hpp"
#include "hsm/engine/card_digits.hpp"
#include "hsm/engine/faults.hpp"
#include "hsm/engine/payment_hsm.hpp"

namespace takas::hsm {

using crypto::SecretBytes;
using crypto::payment::SecretDigits;

Result<SecretBytes> PaymentHsm::cvv(const PaymentKey& cvk, const ports::CvvInput& input) {
    const auto key = open(Operation::generate_cvv, cvk);
    if (!key) return std::unexpected(key.error());
    const auto digits = crypto::payment::cvv((*key)->reveal(), digits_of(input.pan), input.expiry, input.service_code);
    if (!digits) return refused(digits.error());
    return SecretBytes(bytes_of(digits->reveal()));
}

Result<bool> PaymentHsm::verify_cvv(const PaymentKey& cvk, const ports::CvvInput& input, std::string_view presented) {
    const auto key = open(Operation::verify_cvv, cvk);
    if (!key) return std::unexpected(key.error());
    const auto right = crypto::payment::cvv((*key)->reveal(), digits_of(input.pan), input.expiry, input.service_code);
    if (!right) return refused(right.error());
    return right->matches(presented);
}

Result<bool> PaymentHsm::verify_dcvv(const PaymentKey& imk_dcvv, const ports::CvvInput& input, int pan_sequence_no,
                                     std::string_view atc, std::string_view presented) {
    const auto key = open(Operation::verify_dcvv, imk_dcvv);
    if (!key) return std::unexpected(key.error());
    const auto right =
        crypto::payment::dcvv((*key)->reveal(), digits_of(input.pan), sequence_digits(pan_sequence_no).view(),
                              input.expiry, input.service_code, atc);
    if (!right) return refused(right.error());
    return right->matches(presented);
}

Result<bool> PaymentHsm::verify_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no,
                                     ByteView track_template, ByteView atc, ByteView unpredictable_no,
                                     std::string_view presented) {
    const auto key = open(Operation::verify_cvc3, imk_cvc3);
    if (!key) return std::unexpected(key.error());
    const auto right = crypto::payment::cvc3((*key)->reveal(), digits_of(pan), sequence_digits(pan_sequence_no).view(),
                                             track_template, atc, unpredictable_no);
    if (!right) return refused(right.error());
    constexpr std::size_t digits_min = 3;  // a terminal that sends fewer proves nothing
    if (presented.size() < digits_min || presented.size() > right->size()) return false;
    const std::string_view tail = right->reveal().substr(right->size() - presented.size());
    return crypto::constant_time_equal(bytes_of(tail), bytes_of(presented));
}

Result<SecretBytes> PaymentHsm::generate_dcvv(const PaymentKey& imk_dcvv, const ports::CvvInput& input,
                                              int pan_sequence_no, std::string_view atc) {
    if (auto test = check_in_test(imk_dcvv.tenant_id); !test) return std::unexpected(std::move(test.error()));
    const auto key = open(Operation::verify_dcvv, imk_dcvv);
    if (!key) return std::unexpected(key.error());
    const auto digits =
        crypto::payment::dcvv((*key)->reveal(), digits_of(input.pan), sequence_digits(pan_sequence_no).view(),
                              input.expiry, input.service_code, atc);
    if (!digits) return refused(digits.error());
    return SecretBytes(bytes_of(digits->reveal()));
}

Result<SecretBytes> PaymentHsm::generate_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no,
                                              ByteView track_template, ByteView atc, ByteView unpredictable_no) {
    if (auto test = check_in_test(imk_cvc3.tenant_id); !test) return std::unexpected(std::move(test.error()));
    const auto key = open(Operation::verify_cvc3, imk_cvc3);
    if (!key) return std::unexpected(key.error());
    const auto digits = crypto::payment::cvc3((*key)->reveal(), digits_of(pan), sequence_digits(pan_sequence_no).view(),
                                              track_template, atc, unpredictable_no);
    if (!digits) return refused(digits.error());
    return SecretBytes(bytes_of(digits->reveal()));
}

Result<bool> PaymentHsm::verify_cavv(const PaymentKey& cavk, const Pan& pan, std::string_view atn_last4,
                                     std::string_view result_code, std::string_view second_factor_code,
                                     std::string_view presented) {
    const auto key = open(Operation::verify_cavv, cavk);
    if (!key) return std::unexpected(key.error());
    const auto right =
        crypto::payment::cavv((*key)->reveal(), digits_of(pan), atn_last4, result_code, second_factor_code);
    if (!right) return refused(right.error());
    return right->matches(presented);
}

}  // namespace takas::hsm
