// The checks of forms_crypto_*.cpp, for the table in forms_crypto.cpp, and what they share.
#pragma once

#include "base/encoding.hpp"
#include "crypto/payment/fault.hpp"
#include "crypto/secret.hpp"
#include "form.hpp"

namespace takas::vectors {

namespace payment = crypto::payment;

/// The value, or Failure with the fault's text.
template <class T>
T need(payment::Outcome<T> outcome, std::string_view what) {
    if (!outcome) throw Failure(std::string(what) + ": " + std::string(payment::text_of(outcome.error())));
    return std::move(*outcome);
}

/// Failure unless the input was refused.
template <class T>
void expect_refused(const payment::Outcome<T>& outcome, std::string_view what) {
    expect_true(std::string(what) + " was taken", !outcome.has_value());
}

// Card codes and PIN references: forms_crypto_card.cpp
void check_cvv(const Case& c);
void check_cvv_verify(const Case& c);
void check_dcvv(const Case& c);
void check_cvc3(const Case& c);
void check_cavv(const Case& c);
void check_pvv(const Case& c);
void check_ibm3624(const Case& c);

// PIN blocks: forms_crypto_pin.cpp
void check_pinblock(const Case& c);
void check_pinblock_iso0(const Case& c);
void check_pinblock_iso1(const Case& c);
void check_pinblock_iso2(const Case& c);
void check_pinblock_iso3(const Case& c);
void check_pinblock_iso4(const Case& c);
void check_pinblock_negative(const Case& c);
void check_pinblock_translate(const Case& c);
void check_pin_translation_policy(const Case& c);

// Chip: forms_crypto_emv.cpp, and the forms of a payment HSM in forms_crypto_emv_hsm.cpp
void check_emv_icc_master_key(const Case& c);
void check_emv_session_keys(const Case& c);
void check_emv_arqc(const Case& c);
void check_emv_arqc_negative(const Case& c);
void check_emv_arpc(const Case& c);
void check_emv_script_mac(const Case& c);
void check_emv_script_encipher(const Case& c);
void check_emv_pin_change(const Case& c);
void check_emv_cvn(const Case& c);

// Keys, MACs and wrapping: forms_crypto_key.cpp
void check_aes_key_wrap(const Case& c);
void check_aes_key_wrap_negative(const Case& c);
void check_cmac(const Case& c);
void check_mac_iso9797(const Case& c);
void check_kcv(const Case& c);
void check_key_components(const Case& c);

// Key blocks and DUKPT: forms_crypto_block.cpp, forms_crypto_dukpt.cpp
void check_tr31(const Case& c);
void check_tr31_negative(const Case& c);
void check_dukpt_tdes(const Case& c);
void check_dukpt_tdes_bad_ksn(const Case& c);
void check_dukpt_aes(const Case& c);

}  // namespace takas::vectors
