// Generate Pin Block and Extract Clear Pin of Transaction Testing (contract section 5), and the chip that goes with
// them: ours, so that a chip transaction can be tested without a card.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "api/cards/security_dto.hpp"
#include "app/transactions/amounts.hpp"
#include "core/authorization/codes.hpp"
#include "crypto/secret.hpp"

namespace takas::api {

enum class LmkType : std::uint8_t { variant, key_block };

struct PinBlockRequest {
    std::optional<TokenId> token_id;
    std::string card_no;
    std::string pin;
    std::optional<KeyType> key_type;
    std::optional<LmkType> lmk_type;
    std::optional<core::key::PinFormat> format;
    bool use_surrogate = false;
};
struct PinBlockResponse {
    std::string pin_block;
    std::optional<std::string> pin_block_card_no;
    std::string key_check_value;
};
struct ClearPinRequest {
    std::optional<TokenId> token_id;
    std::string card_no;
    std::string pin_block;
    std::optional<KeyType> key_type;
    std::optional<core::key::PinFormat> format;
};
struct ClearPinResponse {
    std::string pin;
};
inline void wipe_text(std::string& text) {
    crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    text.clear();
}
inline void wipe_secrets(PinBlockRequest& body) { wipe_text(body.pin), wipe_text(body.card_no); }
inline void wipe_secrets(ClearPinRequest& body) { wipe_text(body.card_no); }
inline void wipe_secrets(ClearPinResponse& answer) { wipe_text(answer.pin); }
struct ChipDataRequest {
    TokenId token_id;
    std::int32_t atc = 0;
    Decimal transaction_amount;
    core::money::Currency transaction_currency;
    core::authorization::TransactionCode transaction_code{};
    std::optional<std::int64_t> unpredictable_number;
};
struct ChipDataResponse {
    std::string emv_data;
    std::optional<std::string> contactless_track2;
};

inline void wipe_secrets(ChipDataResponse& answer) {
    if (answer.contactless_track2) wipe_text(*answer.contactless_track2);
}

template <class T>
inline constexpr auto pin_card_fields = std::array{
    field<&T::token_id>("The card; either this or cardNo").range(1, security_dto::id_max).example("61234567890"),
    field<&T::card_no>("Card number; either this or tokenId").length(12, 19).only(digits_charset).secret(),
};
template <class T>
inline constexpr auto pin_key_fields = std::array{
    field<&T::key_type>("Zpk (the default, the exchanged PIN key) or Tpk").example("Zpk"),
    field<&T::format>("ISO 9564-1 format: Iso0 (the default), Iso3; Iso4 under an AES key, then the default")
        .example("Iso0"),
};

}  // namespace takas::api

namespace takas {

template <>
struct EnumNames<api::LmkType> {
    using E = api::LmkType;
    static constexpr std::string_view name = "LmkType";
    static constexpr std::array values{named(E::variant, "Variant"), named(E::key_block, "KeyBlock")};
};
template <>
struct Describe<api::PinBlockRequest> {
    using T = api::PinBlockRequest;
    static constexpr std::string_view name = "PinBlockRequestDto";
    static constexpr auto fields = join_fields(
        api::pin_card_fields<T>,
        std::array{field<&T::pin>("The clear PIN").required().length(4, 12).only(digits_charset).secret(),
                   field<&T::lmk_type>("Accepted, not evaluated: keys are kept as key blocks").example("KeyBlock"),
                   field<&T::use_surrogate>("With tokenId: made with the card's surrogate number instead of its own")
                       .example("false")},
        api::pin_key_fields<T>);
};
template <>
struct Describe<api::PinBlockResponse> {
    using T = api::PinBlockResponse;
    static constexpr std::string_view name = "PinBlockResponseDto";
    static constexpr auto fields = std::array{
        field<&T::pin_block>("The block under the key, hexadecimal").required(),
        field<&T::pin_block_card_no>("With useSurrogate: the number it was made with, pinBlockCardNo of the calls that "
                                     "set and verify a PIN")
            .example("4667584999835"),
        field<&T::key_check_value>("Check value of the key").required().example("A1B2C3"),
    };
};
template <>
struct Describe<api::ClearPinRequest> {
    using T = api::ClearPinRequest;
    static constexpr std::string_view name = "ClearPinRequestDto";
    static constexpr auto fields = join_fields(
        api::pin_card_fields<T>,
        std::array{
            field<&T::pin_block>("The block under the key").required().length(16, 32).only(hex_charset).secret()},
        api::pin_key_fields<T>);
};
template <>
struct Describe<api::ClearPinResponse> {
    using T = api::ClearPinResponse;
    static constexpr std::string_view name = "ClearPinResponseDto";
    static constexpr auto fields = std::array{
        field<&T::pin>("The clear PIN").required().masked(),
    };
};
template <>
struct Describe<api::ChipDataRequest> {
    using T = api::ChipDataRequest;
    static constexpr std::string_view name = "ChipDataRequestDto";
    static constexpr auto fields = std::array{
        field<&T::token_id>("The card").required().range(1, security_dto::id_max).example("61234567890"),
        field<&T::atc>("Application transaction counter: higher than in the card's last transaction")
            .required()
            .range(0, 65'535)
            .example("7"),
        field<&T::transaction_amount>("Amount in major units, as in the transaction")
            .required()
            .range(0, app::transactions::amount_max_major)
            .example("14.99"),
        field<&T::transaction_currency>("ISO 4217 number").required().range(1, 999).example("949"),
        field<&T::transaction_code>("As in the transaction; Purchase unless told").example("Purchase"),
        field<&T::unpredictable_number>("The terminal's random number; the same one unless told")
            .range(0, 4'294'967'295)
            .example("305419896"),
    };
};
template <>
struct Describe<api::ChipDataResponse> {
    using T = api::ChipDataResponse;
    static constexpr std::string_view name = "ChipDataResponseDto";
    static constexpr auto fields = std::array{
        field<&T::emv_data>("Field 55 with a good cryptogram: emvData of a transaction, hexadecimal").required(),
        field<&T::contactless_track2>("Track 2 as the chip sends it without contact and without EMV, with the dCVV or "
                                      "CVC3 of this counter: track2 of a transaction with posEntryMode "
                                      "ContactlessMagneticStripe. Null: the card's EMV profile knows no such mode")
            .masked(),
    };
};

}  // namespace takas
