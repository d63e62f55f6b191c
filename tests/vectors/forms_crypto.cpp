// The table of the forms of cryptography. Short names (mac, tr31, pinblock, emv_cvn) are those of published samples
// that hold several functions in one file.
#include "forms_crypto.hpp"

#include <array>

namespace takas::vectors {
namespace {

constexpr std::array table{
    Form{"aes_key_wrap", &check_aes_key_wrap},
    Form{"aes_key_wrap_negative", &check_aes_key_wrap_negative},
    Form{"cavv", &check_cavv},
    Form{"cavv_cvv_method", &check_cavv},
    Form{"cmac", &check_cmac},
    Form{"cvc3", &check_cvc3},
    Form{"cvv", &check_cvv},
    Form{"cvv_verify", &check_cvv_verify},
    Form{"dcvv", &check_dcvv},
    Form{"dukpt_aes", &check_dukpt_aes},
    Form{"dukpt_tdes", &check_dukpt_tdes},
    Form{"dukpt_tdes_bad_ksn", &check_dukpt_tdes_bad_ksn},
    Form{"emv_arpc", &check_emv_arpc},
    Form{"emv_arqc", &check_emv_arqc},
    Form{"emv_arqc_negative", &check_emv_arqc_negative},
    Form{"emv_cvn", &check_emv_cvn},
    Form{"emv_icc_master_key", &check_emv_icc_master_key},
    Form{"emv_pin_change", &check_emv_pin_change},
    Form{"emv_script_encipher", &check_emv_script_encipher},
    Form{"emv_script_mac", &check_emv_script_mac},
    Form{"emv_session_keys", &check_emv_session_keys},
    Form{"ibm3624", &check_ibm3624},
    Form{"kcv", &check_kcv},
    Form{"key_components", &check_key_components},
    Form{"mac", &check_mac_iso9797},
    Form{"mac_iso9797", &check_mac_iso9797},
    Form{"pin_translation_policy", &check_pin_translation_policy},
    Form{"pinblock", &check_pinblock},
    Form{"pinblock_iso0", &check_pinblock_iso0},
    Form{"pinblock_iso1", &check_pinblock_iso1},
    Form{"pinblock_iso2", &check_pinblock_iso2},
    Form{"pinblock_iso3", &check_pinblock_iso3},
    Form{"pinblock_iso4", &check_pinblock_iso4},
    Form{"pinblock_negative", &check_pinblock_negative},
    Form{"pinblock_translate", &check_pinblock_translate},
    Form{"pvv", &check_pvv},
    Form{"tr31", &check_tr31},
    Form{"tr31_negative", &check_tr31_negative},
};

}  // namespace

std::span<const Form> crypto_forms() { return table; }

}  // namespace takas::vectors
