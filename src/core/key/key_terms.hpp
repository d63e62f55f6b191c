// The words for payment keys: what a key is for, by which algorithm, what may be done with it. One row per usage says
// how TR-31 / X9.143 writes it and what is allowed; the HSM, the key use cases, the commands and the inventory all read
// this one table.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/describe.hpp"

namespace takas::core::key {

enum class KeyUsage : std::uint8_t {
    zmk,           ///< zone master key: wraps keys on their way between two institutions
    zpk,           ///< zone PIN key: PIN blocks between two institutions
    tmk,           ///< terminal master key: wraps keys on their way to a terminal
    tpk,           ///< terminal PIN key: PIN blocks from a terminal
    pvk,           ///< PIN verification key, Visa PVV
    pvk_ibm,       ///< PIN verification key, IBM 3624
    cvk,           ///< card verification key: CVV, CVV2, iCVV
    cavk,          ///< cardholder authentication verification key: CAVV by the CVV method
    imk_ac,        ///< issuer master key: application cryptograms
    imk_smi,       ///< issuer master key: secure messaging, integrity
    imk_smc,       ///< issuer master key: secure messaging, confidentiality
    imk_idn,       ///< issuer master key: ICC dynamic numbers
    imk_cvc3,      ///< issuer master key: CVC3 of contactless magnetic stripe
    imk_dcvv,      ///< issuer master key: dCVV of contactless magnetic stripe
    bdk,           ///< base derivation key: DUKPT
    dek,           ///< data key: card numbers and CVV2 between two institutions
    mac,           ///< message authentication
    pin_storage,   ///< PIN blocks at rest; never leaves
    perso_kek,     ///< data and keys on their way to a personalisation office
    key_exchange,  ///< our own RSA key pair; partners wrap keys under its public half
};

enum class KeyAlgorithm : std::uint8_t {
    tdea_2key,
    tdea_3key,
    aes_128,
    aes_192,
    aes_256,
    rsa_2048,
    rsa_3072,
    rsa_4096,
};

/// TR-31 mode of use; the published name is the letter of the key block.
enum class ModeOfUse : std::uint8_t {
    both,           ///< B: encrypt and decrypt, wrap and unwrap
    generate_both,  ///< C: generate and verify
    decrypt,        ///< D: decrypt or unwrap only
    encrypt,        ///< E: encrypt or wrap only
    generate,       ///< G: generate only
    unrestricted,   ///< N
    verify,         ///< V: verify only
    derive,         ///< X: derive other keys
};

/// Whether the key may leave wrapped under another key; the published name is the letter of the key block.
enum class Exportability : std::uint8_t {
    exportable,      ///< E: under a trusted key-encryption key in a key block
    non_exportable,  ///< N
    sensitive,       ///< S: exportable, also in other forms
};

enum class KeyState : std::uint8_t {
    active,
    decrypt_only,  ///< replaced: what it made is still read and verified, nothing new is made with it
    destroyed,     ///< the key block is gone
};

/// What one usage means. Of the codes and letters the first is what a new key gets, all are accepted on import.
struct KeyUsageRow {
    KeyUsage usage;
    std::string_view tr31_usages;      ///< X9.143 key usage codes, two characters each
    std::string_view modes;            ///< ModeOfUse letters
    bool tdea, aes, rsa;               ///< algorithms it is defined for
    KeyAlgorithm preferred_algorithm;  ///< what `takas keys generate` and the test key set make
    Exportability exportability;       ///< of a newly generated key
    std::string_view purpose;          ///< a phrase for the inventory
};

const KeyUsageRow& usage_row(KeyUsage usage);
/// All rows, in enum order.
std::span<const KeyUsageRow> usage_rows();

constexpr bool is_tdea(KeyAlgorithm a) { return a == KeyAlgorithm::tdea_2key || a == KeyAlgorithm::tdea_3key; }
constexpr bool is_aes(KeyAlgorithm a) {
    return a == KeyAlgorithm::aes_128 || a == KeyAlgorithm::aes_192 || a == KeyAlgorithm::aes_256;
}
constexpr bool is_rsa(KeyAlgorithm a) { return !is_tdea(a) && !is_aes(a); }
/// Octets of a symmetric key; of an RSA key the octets of its modulus.
std::size_t key_bytes(KeyAlgorithm algorithm);
bool allows(const KeyUsageRow& row, KeyAlgorithm algorithm);
bool allows(const KeyUsageRow& row, ModeOfUse mode);
/// `code` of two characters is one of the row's TR-31 usages.
bool allows_tr31_usage(const KeyUsageRow& row, std::string_view code);

}  // namespace takas::core::key

namespace takas {

template <>
struct EnumNames<core::key::KeyUsage> {
    using E = core::key::KeyUsage;
    static constexpr std::string_view name = "KeyUsage";
    static constexpr std::array values{named(E::zmk, "Zmk"),
                                       named(E::zpk, "Zpk"),
                                       named(E::tmk, "Tmk"),
                                       named(E::tpk, "Tpk"),
                                       named(E::pvk, "Pvk"),
                                       named(E::pvk_ibm, "PvkIbm"),
                                       named(E::cvk, "Cvk"),
                                       named(E::cavk, "Cavk"),
                                       named(E::imk_ac, "ImkAc"),
                                       named(E::imk_smi, "ImkSmi"),
                                       named(E::imk_smc, "ImkSmc"),
                                       named(E::imk_idn, "ImkIdn"),
                                       named(E::imk_cvc3, "ImkCvc3"),
                                       named(E::imk_dcvv, "ImkDcvv"),
                                       named(E::bdk, "Bdk"),
                                       named(E::dek, "Dek"),
                                       named(E::mac, "Mac"),
                                       named(E::pin_storage, "PinStorage"),
                                       named(E::perso_kek, "PersoKek"),
                                       named(E::key_exchange, "KeyExchange")};
};
template <>
struct EnumNames<core::key::KeyAlgorithm> {
    using E = core::key::KeyAlgorithm;
    static constexpr std::string_view name = "KeyAlgorithm";
    static constexpr std::array values{named(E::tdea_2key, "Tdea2"),  named(E::tdea_3key, "Tdea3"),
                                       named(E::aes_128, "Aes128"),   named(E::aes_192, "Aes192"),
                                       named(E::aes_256, "Aes256"),   named(E::rsa_2048, "Rsa2048"),
                                       named(E::rsa_3072, "Rsa3072"), named(E::rsa_4096, "Rsa4096")};
};
template <>
struct EnumNames<core::key::ModeOfUse> {
    using E = core::key::ModeOfUse;
    static constexpr std::string_view name = "KeyModeOfUse";
    static constexpr std::array values{
        named(E::both, "B"),     named(E::generate_both, "C"), named(E::decrypt, "D"), named(E::encrypt, "E"),
        named(E::generate, "G"), named(E::unrestricted, "N"),  named(E::verify, "V"),  named(E::derive, "X")};
};
template <>
struct EnumNames<core::key::Exportability> {
    using E = core::key::Exportability;
    static constexpr std::string_view name = "KeyExportability";
    static constexpr std::array values{named(E::exportable, "E"), named(E::non_exportable, "N"),
                                       named(E::sensitive, "S")};
};
template <>
struct EnumNames<core::key::KeyState> {
    using E = core::key::KeyState;
    static constexpr std::string_view name = "PaymentKeyState";
    static constexpr std::array values{named(E::active, "Active"), named(E::decrypt_only, "DecryptOnly"),
                                       named(E::destroyed, "Destroyed")};
};

}  // namespace takas
