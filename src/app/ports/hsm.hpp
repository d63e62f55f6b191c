// The door to the HSM: everything that needs a clear payment key happens behind it. As with a payment HSM the caller
// hands in key records; the HSM keeps nothing but its local master key (LMK), opens the record's key block, and refuses
// a record that was altered, is destroyed, or whose usage does not fit the operation. Clear keys, PINs and card
// verification values do not come out, except where a function's name says so.
//
// Errors common to all: hsm_key_not_usable (state), hsm_key_usage_refused (usage, mode of use or algorithm; audited),
// hsm_key_block_altered, hsm_lmk_not_loaded, hsm_unavailable. Every function may be called on any thread and blocks for
// microseconds with the soft HSM, for as long as the device takes otherwise. PIN functions of an institution without a
// sandbox are refused (hsm_pin_not_allowed) while a software HSM was not acknowledged for PINs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/error.hpp"
#include "core/card/pan.hpp"
#include "core/key/payment_key.hpp"
#include "core/key/pin_terms.hpp"
#include "crypto/payment/emv_cryptogram.hpp"
#include "crypto/payment/emv_script.hpp"
#include "crypto/secret.hpp"

namespace takas::app::ports {

using core::card::Pan;
using core::key::PaymentKey;
using core::key::PinFormat;
using core::key::PinMethod;
using core::key::PinRules;

// ---- PINs ----

/// A PIN block as it arrived or is stored, and the key it is under: ZPK, TPK, PIN storage key, or a BDK with its KSN.
struct EncipheredPin {
    ByteView block;  ///< 8 octets under TDEA, 16 under AES (format 4)
    PinFormat format{};
    const PaymentKey& key;
    std::optional<ByteView> ksn{};  ///< key serial number, only with a BDK: 10 octets TDEA, 12 AES
    /// The number that the block was made with, where that is not the card's: 12 to 19 digits, no check digit needed.
    std::string_view surrogate{};
};

/// What a PIN is verified against.
struct PinReference {
    PinMethod method{};
    const PaymentKey& pvk;
    std::int16_t pvki = 1;   ///< Visa PVV: 0 to 9
    std::string_view value;  ///< the PVV, or the IBM offset
    /// The PIN under the storage key. A PVV speaks of four digits only: with this all of them count, and their number.
    std::optional<EncipheredPin> stored{};
};

struct NewPinReference {
    std::string value;   ///< PVV or offset: may be stored, is not shown
    Bytes stored_block;  ///< the PIN, ISO format 4 under the storage key
};

/// Why a clear PIN leaves the HSM. There are no other reasons.
enum class RevealPinFor : std::uint8_t { message_to_cardholder, sandbox };

// ---- chip cards ----

/// A card and how its chip computes.
struct ChipCard {
    std::string_view profile;  ///< a row of crypto/payment/emv_profile.hpp: "VISA_CVN18", "MASTERCARD_CVN20", "CCD" ...
    const Pan& pan;
    int pan_sequence_no = 0;  ///< 0 to 99
};

/// The values of the signed tags and of tag 9F10; a struct of views.
using crypto::payment::ArqcInput;
/// How the issuer answers: method 1 takes `response_code` (2 octets), method 2 takes `card_status_update` (4 octets)
/// and `proprietary_data` (0 to 8). The profile says which method it is.
using crypto::payment::ArpcInput;
/// The transaction that a script answers: ATC (9F36) and ARQC (9F26).
using crypto::payment::ScriptContext;

struct ArqcAnswer {
    bool is_valid = false;
    Bytes arpc;                        ///< empty when none was asked for, or when the ARQC is wrong
    Bytes issuer_authentication_data;  ///< value of tag 91; empty when arpc is
};

/// The keys of a PIN change script.
struct ScriptKeys {
    const PaymentKey& imk_smi;
    const PaymentKey& imk_smc;
    const PaymentKey& imk_ac;  ///< the Visa PIN block for PIN change uses the card's AC key
};

// ---- magnetic stripe, card verification ----

/// The caller gives expiry and service code as the algorithm takes them: CVV as on the track, CVV2 with "000", iCVV
/// with "999"; four digits of expiry in the order the scheme asks for (YYMM on tracks).
struct CvvInput {
    const Pan& pan;
    std::string_view expiry;
    std::string_view service_code;
};

// ---- data ----

enum class DataCipher : std::uint8_t {
    aes_gcm,    ///< nonce (12) | ciphertext | tag (16)
    cbc_pkcs7,  ///< initialisation vector (one block) | ciphertext; TDEA or AES by the key. Not authenticated
};

enum class MacAlgorithm : std::uint8_t {
    iso9797_alg1,  ///< TDEA CBC-MAC (X9.9 with a double key)
    iso9797_alg3,  ///< retail MAC, X9.19
    cmac,          ///< SP 800-38B, 16 octets of AES, 8 of TDEA
};

struct MacForm {
    MacAlgorithm algorithm{};
    int padding = 1;            ///< ISO 9797-1 padding 1, 2 or 3; CMAC pads by itself
    std::size_t mac_bytes = 8;  ///< how much of the MAC is used: 4 or more
};

/// A key block's outer form: B under a TDEA key, D under an AES key.
enum class KeyBlockVersion : std::uint8_t { b, d };

class Hsm {
  public:
    virtual ~Hsm() = default;

    // ---- keys ----
    // A draft is a record with everything but kcv and key_block; the functions fill these. Its id and tenant are bound
    // into the key block, so they are final.

    virtual Result<PaymentKey> generate(PaymentKey draft) = 0;
    /// XOR of two to nine components of the key's length. hsm_kcv_mismatch when `expected_kcv` is given and differs.
    virtual Result<PaymentKey> form_from_components(PaymentKey draft, std::span<const crypto::SecretBytes> components,
                                                    std::string_view expected_kcv) = 0;
    /// A key block of version A, B, C or D under the ZMK (TMK, perso KEK). The block's own usage, algorithm and mode
    /// must fit the draft's usage; algorithm, mode, exportability and version are taken from it.
    virtual Result<PaymentKey> import_block(PaymentKey draft, const PaymentKey& zmk, std::string_view key_block,
                                            std::string_view expected_kcv) = 0;
    virtual Result<std::string> export_block(const PaymentKey& key, const PaymentKey& zmk, KeyBlockVersion version) = 0;
    /// RSA-OAEP (SHA-256, MGF1 SHA-256) under a partner's public key: SubjectPublicKeyInfo, DER, 2048 bits or more.
    virtual Result<Bytes> export_rsa_oaep(const PaymentKey& key, ByteView partner_spki) = 0;
    /// The public half of a key_exchange key: SubjectPublicKeyInfo, DER.
    virtual Result<Bytes> public_key(const PaymentKey& rsa_key) = 0;
    virtual Result<PaymentKey> import_rsa_oaep(PaymentKey draft, const PaymentKey& rsa_key, ByteView wrapped,
                                               std::string_view expected_kcv) = 0;
    /// The card's own key under an issuer master key (EMV option A or B as the profile says), for the personalisation
    /// office: a key block under `perso_kek`.
    virtual Result<std::string> export_card_key(const PaymentKey& imk, const ChipCard& card,
                                                const PaymentKey& perso_kek) = 0;
    /// The same key in a block under the newest local master key: after the LMK was changed. kcv stays.
    virtual Result<PaymentKey> rewrap(const PaymentKey& key) = 0;
    /// Removes what the HSM itself keeps of a key that is being destroyed; the caller clears the record.
    virtual Result<void> forget(const PaymentKey& key) = 0;

    // ---- card verification values ----

    /// Three digits.
    virtual Result<crypto::SecretBytes> cvv(const PaymentKey& cvk, const CvvInput& input) = 0;
    virtual Result<bool> verify_cvv(const PaymentKey& cvk, const CvvInput& input, std::string_view presented) = 0;
    /// Visa dCVV of contactless magnetic stripe; `atc` four digits.
    virtual Result<bool> verify_dcvv(const PaymentKey& imk_dcvv, const CvvInput& input, int pan_sequence_no,
                                     std::string_view atc, std::string_view presented) = 0;
    /// Mastercard CVC3; `presented` the low three to five digits. `atc` of 2 octets, `unpredictable_no` of 4, BCD.
    virtual Result<bool> verify_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no,
                                     ByteView track_template, ByteView atc, ByteView unpredictable_no,
                                     std::string_view presented) = 0;
    /// For the sandbox's card: what verify_dcvv and verify_cvc3 (five digits) compare with. Refused for institutions
    /// without a sandbox.
    virtual Result<crypto::SecretBytes> generate_dcvv(const PaymentKey& imk_dcvv, const CvvInput& input,
                                                      int pan_sequence_no, std::string_view atc) = 0;
    virtual Result<crypto::SecretBytes> generate_cvc3(const PaymentKey& imk_cvc3, const Pan& pan, int pan_sequence_no,
                                                      ByteView track_template, ByteView atc,
                                                      ByteView unpredictable_no) = 0;
    /// CAVV by the CVV method: the low four digits of the ATN, result code (1 digit), second factor code (2 digits) and
    /// the three CAVV digits presented.
    virtual Result<bool> verify_cavv(const PaymentKey& cavk, const Pan& pan, std::string_view atn_last4,
                                     std::string_view result_code, std::string_view second_factor_code,
                                     std::string_view presented) = 0;

    // ---- PINs ----

    /// False for a wrong PIN and for a block that does not open: which of them is not told.
    virtual Result<bool> verify_pin(const EncipheredPin& pin, const Pan& pan, const PinReference& reference) = 0;
    /// hsm_pin_block_invalid, hsm_pin_length, hsm_pin_weak.
    virtual Result<NewPinReference> make_pin_reference(const EncipheredPin& pin, const Pan& pan, PinMethod method,
                                                       const PaymentKey& pvk, std::int16_t pvki,
                                                       const PaymentKey& storage_key, const PinRules& rules) = 0;
    /// A random PIN of `digits` that the rules allow.
    virtual Result<NewPinReference> generate_pin(std::size_t digits, const Pan& pan, PinMethod method,
                                                 const PaymentKey& pvk, std::int16_t pvki,
                                                 const PaymentKey& storage_key, const PinRules& rules) = 0;
    /// The same PIN under another key, in another format. The translation policy of ISO 9564-1 and PCI PIN holds:
    /// hsm_pin_translation_refused.
    virtual Result<Bytes> translate_pin(const EncipheredPin& pin, const Pan& pan, PinFormat to_format,
                                        const PaymentKey& to_key) = 0;
    /// The clear digits.
    virtual Result<crypto::SecretBytes> reveal_pin(const EncipheredPin& pin, const Pan& pan, RevealPinFor purpose) = 0;
    /// A PIN block from clear digits: the sandbox's terminal. Refused for institutions without a sandbox.
    virtual Result<Bytes> encipher_pin(std::string_view clear_pin, const Pan& pan, PinFormat format,
                                       const PaymentKey& key) = 0;

    // ---- chip cards ----

    /// `arqc` of 8 octets. hsm_profile_unknown; hsm_data_invalid when an element has another length than it must.
    virtual Result<ArqcAnswer> verify_arqc(const PaymentKey& imk_ac, const ChipCard& card, const ArqcInput& input,
                                           ByteView arqc, const std::optional<ArpcInput>& answer) = 0;
    /// For the sandbox's card: the cryptogram it would send. Refused for institutions without a sandbox.
    virtual Result<Bytes> generate_arqc(const PaymentKey& imk_ac, const ChipCard& card, const ArqcInput& input) = 0;
    /// A whole issuer script command for tag 86: CLA INS P1 P2 (4 octets), Lc, data, MAC. The usual first four octets
    /// are in crypto/payment/emv_script.hpp.
    virtual Result<Bytes> script_command(const PaymentKey& imk_smi, const ChipCard& card, const ScriptContext& context,
                                         ByteView cla_ins_p1_p2, ByteView data) = 0;
    virtual Result<Bytes> encipher_script_data(const PaymentKey& imk_smc, const ChipCard& card,
                                               const ScriptContext& context, ByteView data) = 0;
    /// The whole PIN CHANGE/UNBLOCK command with enciphered PIN and MAC.
    virtual Result<Bytes> pin_change_command(const ScriptKeys& keys, const ChipCard& card, const ScriptContext& context,
                                             const EncipheredPin& new_pin,
                                             const std::optional<EncipheredPin>& current_pin) = 0;

    // ---- data and messages ----

    /// `associated` is authenticated with AES-GCM and must be empty otherwise.
    virtual Result<Bytes> encrypt_data(const PaymentKey& dek, DataCipher cipher, ByteView plaintext,
                                       ByteView associated) = 0;
    /// hsm_data_invalid when it does not open.
    virtual Result<crypto::SecretBytes> decrypt_data(const PaymentKey& dek, DataCipher cipher, ByteView ciphertext,
                                                     ByteView associated) = 0;
    virtual Result<Bytes> generate_mac(const PaymentKey& mac_key, const MacForm& form, ByteView data) = 0;
    virtual Result<bool> verify_mac(const PaymentKey& mac_key, const MacForm& form, ByteView data, ByteView mac) = 0;

    // ---- the device ----

    /// "soft" or "pkcs11", for logs and the inventory.
    virtual std::string_view kind() const = 0;
    /// Check value of the LMK, "" while none is loaded.
    virtual std::string lmk_kcv() const = 0;
    /// ErrorCode::hsm_lmk_not_loaded or hsm_unavailable when nothing would work right now: readiness.
    virtual Result<void> check() = 0;
};

}  // namespace takas::app::ports
