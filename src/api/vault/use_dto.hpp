// The blacklist, the BIN inquiry and the payment connector's part.
#pragma once

#include "api/vault/card_dto.hpp"

namespace takas::api::vault {

struct BlacklistBody : OwnerFields {
    std::string card_number;
    bool is_saved_card = false;
    std::string unique_code;
};
/// The same in headers.
struct BlacklistHeaders : BlacklistBody {};
struct BlacklistAddedDto {
    std::string id;
};
struct BlacklistStateDto {
    std::string id;
    std::string insert_date_time_utc, update_date_time_utc;
    bool in_black_list = false, is_active = false;
};

struct BinHeaders {
    std::string bin_number;
};
struct BinDto : BinDetailsDto {
    std::string bin_number;
    bool is_matched_by_eight_digit_bin = false, is_matched_by_six_digit_bin = false;
};

struct ResolveBody : OwnerFields {
    std::string unique_code, temp_card_token;
    std::string reference;
};
struct ResolvedCardDto {
    std::int32_t scope = 1;
    EntityId resolution_id;
    std::string owner_name;
    std::optional<std::string> number, cvv;
    std::optional<std::string> card_no_first, card_no_last, identity_number;
    std::optional<std::string> expire_month, expire_year;
    std::optional<std::string> fingerprint_id;
};
struct CardSaveFields : OwnerFields {
    bool save = false;
    std::string nickname;
};
struct OutcomeBody {
    std::string reference;
    bool approved = false;
    std::optional<CardSaveFields> card_save;
};
struct OutcomeDto {
    bool saved = false;
    std::optional<std::string> unique_code;
};

inline void wipe_secrets(const BlacklistBody& body) { app::vault::wipe(const_cast<BlacklistBody&>(body).card_number); }
inline void wipe_secrets(ResolvedCardDto& card) {
    for (auto* text : {&card.number, &card.cvv, &card.card_no_first, &card.card_no_last, &card.identity_number})
        if (*text) app::vault::wipe(**text);
}

}  // namespace takas::api::vault

namespace takas {

namespace use_dto_detail {
using namespace api::vault;

template <class T>
constexpr auto source_fields() {
    return std::array{
        wire<&T::partner_based>("On the list of the partner's pool"),
        wire<&T::partner_identity>("Which partner's: its merchantUuid").length(0, 36),
        wire<&T::relational_id1>("With UniqueCode: the card's owner").length(0, card_dto_detail::owner_id_max),
        wire<&T::relational_id2>("With UniqueCode: second level").length(0, card_dto_detail::owner_id_max),
        wire<&T::relational_id3>("With UniqueCode: third level").length(0, card_dto_detail::owner_id_max),
        wire<&T::card_number>("The whole number, when it is no stored card")
            .length(0, 19)
            .only(digits_charset)
            .secret(),
        wire<&T::is_saved_card>("UniqueCode names the card"),
        wire<&T::unique_code>("The stored card's handle").length(0, 128),
    };
}
template <class T>
constexpr auto save_owner_fields() {
    return std::array{wire<&T::partner_based>("In the pool of the partner"),
                      wire<&T::partner_identity>("Which partner's: its merchantUuid").length(0, 36),
                      wire<&T::relational_id1>("The owner's id, first level").length(0, card_dto_detail::owner_id_max),
                      wire<&T::relational_id2>("Second level").length(0, card_dto_detail::owner_id_max),
                      wire<&T::relational_id3>("Third level").length(0, card_dto_detail::owner_id_max)};
}
}  // namespace use_dto_detail

template <>
struct Describe<api::vault::BlacklistBody> {
    static constexpr std::string_view name = "VaultBlacklistBody";
    static constexpr auto fields = use_dto_detail::source_fields<api::vault::BlacklistBody>();
};
template <>
struct Describe<api::vault::BlacklistHeaders> {
    static constexpr std::string_view name = "VaultBlacklistHeaders";
    static constexpr auto fields = use_dto_detail::source_fields<api::vault::BlacklistHeaders>();
};
template <>
struct Describe<api::vault::BlacklistAddedDto> {
    using T = api::vault::BlacklistAddedDto;
    static constexpr std::string_view name = "VaultBlacklistAddedDto";
    static constexpr std::array fields{api::vault::wire<&T::id>("The entry").required()};
};
template <>
struct Describe<api::vault::BlacklistStateDto> {
    using T = api::vault::BlacklistStateDto;
    static constexpr std::string_view name = "VaultBlacklistStateDto";
    static constexpr std::array fields{
        api::vault::wire<&T::id>("The entry; zeros: not listed").required(),
        api::vault::wire<&T::insert_date_time_utc>("When it was listed; 0001-01-01T00:00:00: never").required(),
        api::vault::wire<&T::update_date_time_utc>("When it was changed; 0001-01-01T00:00:00: never").required(),
        api::vault::wire<&T::in_black_list>("Is it listed").required(),
        api::vault::wire<&T::is_active>("Does it count").required(),
    };
};
template <>
struct Describe<api::vault::BinHeaders> {
    using T = api::vault::BinHeaders;
    static constexpr std::string_view name = "VaultBinHeaders";
    static constexpr std::array fields{api::vault::wire<&T::bin_number>("Six or eight digits")
                                           .required()
                                           .length(6, 8)
                                           .only(digits_charset)
                                           .example("55287900")};
};
template <>
struct Describe<api::vault::BinDto> {
    using T = api::vault::BinDto;
    static constexpr std::string_view name = "VaultBinDto";
    static constexpr auto fields = join_fields(
        std::array{api::vault::wire<&T::bin_number>("As asked for").required()}, card_dto_detail::bin_fields<T>(),
        std::array{api::vault::wire<&T::is_matched_by_eight_digit_bin>("The row is of more than six digits").required(),
                   api::vault::wire<&T::is_matched_by_six_digit_bin>("The row is of six digits").required()});
};
template <>
struct Describe<api::vault::ResolveBody> {
    using T = api::vault::ResolveBody;
    static constexpr std::string_view name = "VaultResolveBody";
    static constexpr auto fields =
        join_fields(use_dto_detail::save_owner_fields<T>(),
                    std::array{
                        api::vault::wire<&T::unique_code>("A stored card's handle, with its owner").length(0, 128),
                        api::vault::wire<&T::temp_card_token>("Or a temporary card's token").length(0, 36),
                        api::vault::wire<&T::reference>("The payment's own name: reads a card once")
                            .required()
                            .length(1, 128)
                            .example("pay-20310301-1"),
                    });
};
template <>
struct Describe<api::vault::ResolvedCardDto> {
    using T = api::vault::ResolvedCardDto;
    static constexpr std::string_view name = "VaultResolvedCardDto";
    static constexpr std::array fields{
        api::vault::wire<&T::scope>("1 ECom, 2 Insurance").required(),
        api::vault::wire<&T::resolution_id>("Of this reading, as in the audit").required(),
        api::vault::wire<&T::owner_name>("Name on the card").required(),
        api::vault::wire<&T::number>("ECom: the whole number"),
        api::vault::wire<&T::cvv>("Of a temporary card, this once; null when this server does not have it"),
        api::vault::wire<&T::card_no_first>("Insurance: first digits"),
        api::vault::wire<&T::card_no_last>("Insurance: last four digits"),
        api::vault::wire<&T::identity_number>("Insurance: the holder's number"),
        api::vault::wire<&T::expire_month>("Two digits"),
        api::vault::wire<&T::expire_year>("Four digits"),
        api::vault::wire<&T::fingerprint_id>("The same for equal cards, of merchants that keep them once"),
    };
};
template <>
struct Describe<api::vault::CardSaveFields> {
    using T = api::vault::CardSaveFields;
    static constexpr std::string_view name = "VaultCardSave";
    static constexpr auto fields =
        join_fields(use_dto_detail::save_owner_fields<T>(),
                    std::array{api::vault::wire<&T::save>("Keep the card if the payment was approved"),
                               api::vault::wire<&T::nickname>("How its owner calls it").length(0, 150)});
};
template <>
struct Describe<api::vault::OutcomeBody> {
    using T = api::vault::OutcomeBody;
    static constexpr std::string_view name = "VaultOutcomeBody";
    static constexpr std::array fields{
        api::vault::wire<&T::reference>("Of the reading").required().length(1, 128).example("pay-20310301-1"),
        api::vault::wire<&T::approved>("How the payment ended").required(),
        api::vault::wire<&T::card_save>("Of a temporary card: keep it"),
    };
};
template <>
struct Describe<api::vault::OutcomeDto> {
    using T = api::vault::OutcomeDto;
    static constexpr std::string_view name = "VaultOutcomeDto";
    static constexpr std::array fields{
        api::vault::wire<&T::saved>("Was the card kept").required(),
        api::vault::wire<&T::unique_code>("The kept card's handle"),
    };
};

}  // namespace takas
