// Bodies of PIN, CVV2, detokenization and key exchange (contract 4.2, rows 10 and 19 to 27). Nothing in them is clear:
// PINs are blocks under the exchanged PIN key, values are sealed under the exchanged data key.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/describe.hpp"
#include "base/strong_id.hpp"
#include "core/card/card.hpp"
#include "core/key/key_terms.hpp"
#include "core/key/pin_terms.hpp"

namespace takas::api {

inline constexpr std::string_view base64_charset = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

struct PinRequestDto {
    TokenId token_id;
};
struct Cvv2RequestDto {
    TokenId token_id;
};
struct VerifyOrSetPinRequestDto {
    TokenId token_id;
    std::string pin_block;
    core::key::PinFormat pin_block_format{};
    std::optional<std::string> pin_block_card_no;
    std::optional<std::string> key_check_value;
};
struct ChangePinRequestDto {
    TokenId token_id;
    std::string old_pin_block, new_pin_block;
    core::key::PinFormat pin_block_format{};
    std::optional<std::string> key_check_value;
};
/// What a command leaves: nothing that a wrong caller could learn from.
struct SecurityStateDto {
    TokenId token_id;
    std::int16_t remaining_try_count = 0;
};
struct ResetChipCounterRequestDto {
    TokenId token_id;
    std::optional<std::int32_t> last_atc;
};
struct ChipCounterDto {
    TokenId token_id;
    std::optional<std::int32_t> last_atc;
};
struct PinSentDto {
    TokenId token_id;
    bool sent = true;
};
struct SecretVerifiedDto {
    bool verified = false;
    std::int16_t remaining_try_count = 0;
};
struct VerifCvv2RequestDto {
    TokenId token_id;
    std::string encrypted_cvv2;
    std::optional<std::int32_t> expire_date;
    std::optional<std::string> key_check_value;
};
struct Cvv2AndResponseDto {
    std::string encrypted_cvv2;
    core::card::Expiry expire_date;
    std::string key_check_value;
};
struct CardDetokenizeRequestDto {
    TokenId token_id;
};
struct CardDetokenizeResponseDto {
    TokenId token_id;
    std::string encrypted_card_no;
    std::string key_check_value;
};

/// The published words for keys (contract 8); what is exchanged is a Zpk or a Dek.
enum class KeyType : std::uint8_t {
    zmk,
    zpk,
    tpk,
    tmk,
    pvk,
    cvk,
    imk_ac,
    imk_smi,
    imk_smc,
    imk_idn,
    dek,
    mac,
    rsa,
};

struct PublicKeyDto {
    std::optional<std::string> public_key;
    KeyType key_type{};
    std::optional<core::key::KeyAlgorithm> algorithm;
    std::optional<std::string> encrypted_key, key_check_value;
};
struct IntegrationKeyExchangeResponseDto {
    KeyType key_type{};
    core::key::KeyAlgorithm algorithm{};
    std::optional<std::string> encrypted_key;
    std::string key_check_value;
    Instant valid_until;
};

}  // namespace takas::api

namespace takas {

namespace security_dto {
inline constexpr std::int64_t id_max = 9'007'199'254'740'991;
template <auto Member>
constexpr Field token() {
    return field<Member>("The card").required().range(1, id_max).example("61234567890");
}
template <auto Member>
constexpr Field check_value(std::string_view doc) {
    return field<Member>(doc).length(4, 10).only(hex_charset).example("A1B2C3");
}
inline constexpr std::string_view cvv2_under_data_key =
    "The CVV2's digits (ASCII) under the exchanged data key, base64. Under an AES key: AES-GCM, 12 octets of nonce, "
    "then "
    "the ciphertext, then the tag of 16 octets; the associated data are the decimal digits of tokenId (ASCII). Under a "
    "TDEA key: CBC with PKCS #7 padding, 8 octets of initialisation vector, then the ciphertext";
inline constexpr std::string_view which_key = "Which of the exchanged keys it is under; the newest unless told";
template <auto Member>
constexpr Field pin_block(std::string_view doc) {
    return field<Member>(doc).required().length(16, 32).only(hex_charset).secret();
}
}  // namespace security_dto

template <>
struct EnumNames<api::KeyType> {
    using E = api::KeyType;
    static constexpr std::string_view name = "KeyType";
    static constexpr std::array values{
        named(E::zmk, "Zmk"),        named(E::zpk, "Zpk"),        named(E::tpk, "Tpk"),
        named(E::tmk, "Tmk"),        named(E::pvk, "Pvk"),        named(E::cvk, "Cvk"),
        named(E::imk_ac, "ImkAc"),   named(E::imk_smi, "ImkSmi"), named(E::imk_smc, "ImkSmc"),
        named(E::imk_idn, "ImkIdn"), named(E::dek, "Dek"),        named(E::mac, "Mac"),
        named(E::rsa, "Rsa")};
};

template <>
struct Describe<api::PinRequestDto> {
    using T = api::PinRequestDto;
    static constexpr std::string_view name = "PinRequestDto";
    static constexpr std::array fields{security_dto::token<&T::token_id>()};
};
template <>
struct Describe<api::Cvv2RequestDto> {
    using T = api::Cvv2RequestDto;
    static constexpr std::string_view name = "Cvv2RequestDto";
    static constexpr std::array fields{security_dto::token<&T::token_id>()};
};
template <>
struct Describe<api::VerifyOrSetPinRequestDto> {
    using T = api::VerifyOrSetPinRequestDto;
    static constexpr std::string_view name = "VerifyOrSetPinRequestDto";
    static constexpr std::array fields{
        security_dto::token<&T::token_id>(),
        security_dto::pin_block<&T::pin_block>(
            "PIN block under the exchanged PIN key: 16 hexadecimal digits, 32 of an Iso4 block"),
        field<&T::pin_block_format>("ISO 9564-1 format: Iso0 (the default), Iso3, or Iso4 under an AES key")
            .example("Iso0"),
        field<&T::pin_block_card_no>(
            "The card's surrogate number, when the block was made with it: for a caller that does not know card "
            "numbers. 13 digits: the first 8 octets of SHA-256 over \"pin-block-card-no:\" and the tokenId in decimal "
            "digits, as a big-endian number, its last 12 decimal digits; then the Luhn check digit. No other number "
            "is taken. Every objection to a new PIN is then HSM:00003")
            .length(12, 19)
            .only(digits_charset)
            .secret(),
        security_dto::check_value<&T::key_check_value>(security_dto::which_key),
    };
};
template <>
struct Describe<api::ChangePinRequestDto> {
    using T = api::ChangePinRequestDto;
    static constexpr std::string_view name = "ChangePinRequestDto";
    static constexpr std::array fields{
        security_dto::token<&T::token_id>(),
        security_dto::pin_block<&T::old_pin_block>("The PIN so far, as a block under the exchanged PIN key"),
        security_dto::pin_block<&T::new_pin_block>("The PIN from now on, likewise"),
        field<&T::pin_block_format>("ISO 9564-1 format of both blocks: Iso0 (the default), Iso3, Iso4").example("Iso0"),
        security_dto::check_value<&T::key_check_value>(security_dto::which_key),
    };
};
template <>
struct Describe<api::SecurityStateDto> {
    using T = api::SecurityStateDto;
    static constexpr std::string_view name = "CardSecurityStateDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().example("61234567890"),
        field<&T::remaining_try_count>("Wrong entries that are left before it is blocked").required().example("3"),
    };
};
template <>
struct Describe<api::ResetChipCounterRequestDto> {
    using T = api::ResetChipCounterRequestDto;
    static constexpr std::string_view name = "ResetChipCounterRequestDto";
    static constexpr std::array fields{
        security_dto::token<&T::token_id>(),
        field<&T::last_atc>("The next counter must be above this one, by 500 at most; absent: it may be any")
            .range(0, 65'534)
            .example("1200"),
    };
};
template <>
struct Describe<api::ChipCounterDto> {
    using T = api::ChipCounterDto;
    static constexpr std::string_view name = "ChipCounterDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().example("61234567890"),
        field<&T::last_atc>("What the next counter must be above; null: it may be any").example("1200"),
    };
};
template <>
struct Describe<api::PinSentDto> {
    using T = api::PinSentDto;
    static constexpr std::string_view name = "PinSentDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().example("61234567890"),
        field<&T::sent>("The message gateway has taken the message").required().example("true"),
    };
};
template <>
struct Describe<api::SecretVerifiedDto> {
    using T = api::SecretVerifiedDto;
    static constexpr std::string_view name = "SecretVerifiedDto";
    static constexpr std::array fields{
        field<&T::verified>("Right, and not blocked. What was wrong is not told").required().example("true"),
        field<&T::remaining_try_count>("Wrong entries that are left before it is blocked; 0: it is blocked")
            .required()
            .example("3"),
    };
};
template <>
struct Describe<api::VerifCvv2RequestDto> {
    using T = api::VerifCvv2RequestDto;
    static constexpr std::string_view name = "VerifCvv2RequestDto";
    static constexpr std::array fields{
        security_dto::token<&T::token_id>(),
        field<&T::encrypted_cvv2>(security_dto::cvv2_under_data_key)
            .required()
            .length(4, 256)
            .only(api::base64_charset)
            .secret(),
        field<&T::expire_date>("Expiry as YYMM; a wrong one counts like a wrong CVV2").range(1, 9912).example("2801"),
        security_dto::check_value<&T::key_check_value>(security_dto::which_key),
    };
};
template <>
struct Describe<api::Cvv2AndResponseDto> {
    using T = api::Cvv2AndResponseDto;
    static constexpr std::string_view name = "Cvv2AndResponseDto";
    static constexpr std::array fields{
        field<&T::encrypted_cvv2>(security_dto::cvv2_under_data_key).required(),
        field<&T::expire_date>("Expiry as YYMM").required().example("2801"),
        field<&T::key_check_value>("Check value of the data key").required().example("A1B2C3D4E5"),
    };
};
template <>
struct Describe<api::CardDetokenizeRequestDto> {
    using T = api::CardDetokenizeRequestDto;
    static constexpr std::string_view name = "CardDetokenizeRequestDto";
    static constexpr std::array fields{security_dto::token<&T::token_id>()};
};
template <>
struct Describe<api::CardDetokenizeResponseDto> {
    using T = api::CardDetokenizeResponseDto;
    static constexpr std::string_view name = "CardDetokenizeResponseDto";
    static constexpr std::array fields{
        field<&T::token_id>("The card").required().example("61234567890"),
        field<&T::encrypted_card_no>("The card number's digits (ASCII) under the exchanged data key, base64. Under an "
                                     "AES key: AES-GCM, 12 octets of "
                                     "nonce, then the ciphertext, then the tag of 16 octets; the associated data are "
                                     "the decimal digits of tokenId "
                                     "(ASCII). Under a TDEA key: CBC with PKCS #7 padding, 8 octets of initialisation "
                                     "vector, then the ciphertext")
            .required(),
        field<&T::key_check_value>("Check value of the data key").required().example("A1B2C3D4E5"),
    };
};
template <>
struct Describe<api::PublicKeyDto> {
    using T = api::PublicKeyDto;
    static constexpr std::string_view name = "PublicKeyDto";
    static constexpr std::array fields{
        field<&T::public_key>("RSA public key of 2048 bits or more: SubjectPublicKeyInfo, base64. In an exchange the "
                              "receiver's: the new key comes wrapped under it")
            .length(16, 2048)
            .only(api::base64_charset),
        field<&T::key_type>("Zpk for PIN blocks, Dek for card numbers and CVV2; Rsa names the public key itself")
            .required()
            .example("Zpk"),
        field<&T::algorithm>("Of the key that is exchanged, or of the public key").example("Tdea2"),
        field<&T::encrypted_key>("Instead of publicKey: a key made by the institution, wrapped by RSA-OAEP (SHA-256) "
                                 "under our public key, base64")
            .length(16, 1024)
            .only(api::base64_charset)
            .secret(),
        security_dto::check_value<&T::key_check_value>("Check value of encryptedKey"),
    };
};
template <>
struct Describe<api::IntegrationKeyExchangeResponseDto> {
    using T = api::IntegrationKeyExchangeResponseDto;
    static constexpr std::string_view name = "IntegrationKeyExchangeResponseDto";
    static constexpr std::array fields{
        field<&T::key_type>("Zpk or Dek").required().example("Zpk"),
        field<&T::algorithm>("Of the key").required().example("Tdea2"),
        field<&T::encrypted_key>("The key, wrapped by RSA-OAEP (SHA-256) under the given public key, base64; null when "
                                 "the institution sent its own"),
        field<&T::key_check_value>("Six digits (zero block) of a TDEA key, ten (CMAC) of an AES key")
            .required()
            .example("A1B2C3"),
        field<&T::valid_until>("When it should be exchanged again; nothing ends by itself").required(),
    };
};

}  // namespace takas
