// Stored cards as the contract spells them (card-vault-api sections 4 and 5).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/vault/answers.hpp"
#include "app/vault/content.hpp"

namespace takas::api::vault {

/// The owner, as most bodies name it; "" and null are the same.
struct OwnerFields {
    bool partner_based = false;
    std::string partner_identity;
    std::string relational_id1, relational_id2, relational_id3;
};

struct NewCardFields {
    std::string nickname, holder_name, number;
    std::int32_t month = 0, year = 0;
};
struct NewCardBody : OwnerFields {
    NewCardFields card;
    bool include_details = false;
};
struct NewInsuranceCardFields {
    std::string nickname, holder_name, card_bin, card_last_four, identity;
    std::int32_t month = 0, year = 0;
};
struct NewInsuranceCardBody : OwnerFields {
    NewInsuranceCardFields card;
    bool include_details = false;
};
struct TokenizedCardFields {
    std::string card_token, nickname;
};
struct TokenizationBody : OwnerFields {
    TokenizedCardFields card;
    bool include_details = false;
};
struct DeleteCardBody : OwnerFields {
    std::string unique_code;
};
struct UpdateCardBody : OwnerFields {
    std::string unique_code;
    std::optional<std::string> nickname;
    std::int32_t month = 0, year = 0;
};
struct CardListHeaders {
    std::string partner_identity;
    std::string relational_id1, relational_id2, relational_id3;
    bool include_details = false;
};

struct BinDetailsDto {
    std::int32_t card_bank_id = 0;
    std::string card_bank;
    std::int32_t card_brand_id = 0;
    std::string card_brand;
    std::optional<std::int32_t> card_family_id;
    std::optional<std::string> card_family;
    std::int32_t card_kind_id = 0;
    std::string card_kind;
    std::int32_t card_type_id = 0;
    std::string card_type;
};
/// Of both kinds; what a kind does not have is null.
struct StoredCardDto {
    std::int32_t scope = 1;
    std::string name;
    std::optional<std::string> identity;
    std::string card_bin, card_last_four, card_holder_name;
    std::optional<std::string> card_number;
    std::optional<bool> expired;
    std::int32_t card_type_id = 0;
    std::string card_type;
    std::int32_t month = 0, year = 0;
    std::string unique_code;
    std::optional<BinDetailsDto> details;
    std::optional<Instant> insert_date_time_utc;
};

inline void wipe_secrets(const NewCardBody& body) {
    app::vault::wipe(const_cast<NewCardBody&>(body).card.number);  // the dispatcher's, and about to die
}
inline void wipe_secrets(const NewInsuranceCardBody& body) {
    auto& card = const_cast<NewInsuranceCardBody&>(body).card;
    for (std::string* text : {&card.card_bin, &card.card_last_four, &card.identity}) app::vault::wipe(*text);
}

}  // namespace takas::api::vault

namespace takas {

namespace card_dto_detail {
using namespace api::vault;

inline constexpr std::int64_t owner_id_max = 128;

template <class T>
constexpr auto id_fields() {
    return std::array{
        wire<&T::relational_id1>("The owner's id, first level").required().length(1, owner_id_max).example("user-1"),
        wire<&T::relational_id2>("Second level; stored with it, the card is found with it only")
            .length(0, owner_id_max),
        wire<&T::relational_id3>("Third level").length(0, owner_id_max),
    };
}
template <class T>
constexpr auto owner_fields() {
    return join_fields(std::array{wire<&T::partner_based>("In the pool of the partner"),
                                  wire<&T::partner_identity>("Which partner's: its merchantUuid").length(0, 36)},
                       id_fields<T>());
}
template <class T>
constexpr auto card_fields() {
    return std::array{
        wire<&T::nickname>("How its owner calls it").required().length(1, 150).example("Maaş kartım"),
        wire<&T::holder_name>("Name on the card").required().length(1, 150).example("Ayşe Yılmaz"),
        wire<&T::month>("Expiry month, 1 to 12").required().range(-1'000, 1'000).example("12"),
        wire<&T::year>("Expiry year, four digits").required().range(-1, 99'999).example("2030"),
    };
}
template <class T>
constexpr auto code_field() {
    return std::array{wire<&T::unique_code>("The card's handle, from the newest list").required().length(1, 128)};
}
template <class T>
constexpr auto details_field() {
    return std::array{wire<&T::include_details>("Add what the BIN table says")};
}
template <class T>
constexpr auto bin_fields() {
    return std::array{
        wire<&T::card_bank_id>("The bank").required(),
        wire<&T::card_bank>("Its name").required(),
        wire<&T::card_brand_id>("1 Master Card, 2 Visa, others as imported").required(),
        wire<&T::card_brand>("The scheme").required(),
        wire<&T::card_family_id>("1 World to 9 Sağlam Kart; null: none"),
        wire<&T::card_family>("The loyalty family"),
        wire<&T::card_kind_id>("1 consumer, 2 commercial").required(),
        wire<&T::card_kind>("Its name").required(),
        wire<&T::card_type_id>("1 credit, 2 debit, 3 prepaid").required(),
        wire<&T::card_type>("Its name").required(),
    };
}
}  // namespace card_dto_detail

template <>
struct Describe<api::vault::NewCardFields> {
    using T = api::vault::NewCardFields;
    static constexpr std::string_view name = "VaultNewCard";
    static constexpr auto fields =
        join_fields(card_dto_detail::card_fields<T>(), std::array{api::vault::wire<&T::number>("The whole number")
                                                                      .required()
                                                                      .length(1, 19)
                                                                      .only(digits_charset)
                                                                      .secret()
                                                                      .example("5528790000000008")});
};
template <>
struct Describe<api::vault::NewCardBody> {
    using T = api::vault::NewCardBody;
    static constexpr std::string_view name = "VaultNewCardBody";
    static constexpr auto fields = join_fields(card_dto_detail::owner_fields<T>(), card_dto_detail::details_field<T>(),
                                               std::array{api::vault::wire<&T::card>("The card").required()});
};
template <>
struct Describe<api::vault::NewInsuranceCardFields> {
    using T = api::vault::NewInsuranceCardFields;
    static constexpr std::string_view name = "VaultNewInsuranceCard";
    static constexpr auto fields =
        join_fields(card_dto_detail::card_fields<T>(),
                    std::array{
                        api::vault::wire<&T::card_bin>("First six or eight digits; six only of cards with 15 digits")
                            .required()
                            .length(1, 8)
                            .only(digits_charset)
                            .example("55287900"),
                        api::vault::wire<&T::card_last_four>("Last four digits")
                            .required()
                            .length(1, 4)
                            .only(digits_charset)
                            .example("0008"),
                        api::vault::wire<&T::identity>("The holder's national or tax number")
                            .required()
                            .length(1, 11)
                            .only(digits_charset)
                            .secret()
                            .example("10000000146"),
                    });
};
template <>
struct Describe<api::vault::NewInsuranceCardBody> {
    using T = api::vault::NewInsuranceCardBody;
    static constexpr std::string_view name = "VaultNewInsuranceCardBody";
    static constexpr auto fields = join_fields(card_dto_detail::id_fields<T>(), card_dto_detail::details_field<T>(),
                                               std::array{api::vault::wire<&T::card>("The card").required()});
};
template <>
struct Describe<api::vault::TokenizedCardFields> {
    using T = api::vault::TokenizedCardFields;
    static constexpr std::string_view name = "VaultTokenizedCard";
    static constexpr std::array fields{
        api::vault::wire<&T::card_token>("Of the temporary card").required().length(1, 36),
        api::vault::wire<&T::nickname>("How its owner calls it").required().length(1, 150).example("Maaş kartım"),
    };
};
template <>
struct Describe<api::vault::TokenizationBody> {
    using T = api::vault::TokenizationBody;
    static constexpr std::string_view name = "VaultTokenizationBody";
    static constexpr auto fields =
        join_fields(card_dto_detail::owner_fields<T>(), card_dto_detail::details_field<T>(),
                    std::array{api::vault::wire<&T::card>("Which temporary card").required()});
};
template <>
struct Describe<api::vault::DeleteCardBody> {
    using T = api::vault::DeleteCardBody;
    static constexpr std::string_view name = "VaultDeleteCardBody";
    static constexpr auto fields = join_fields(card_dto_detail::owner_fields<T>(), card_dto_detail::code_field<T>());
};
template <>
struct Describe<api::vault::UpdateCardBody> {
    using T = api::vault::UpdateCardBody;
    static constexpr std::string_view name = "VaultUpdateCardBody";
    static constexpr auto fields = join_fields(
        card_dto_detail::owner_fields<T>(), card_dto_detail::code_field<T>(),
        std::array{
            api::vault::wire<&T::nickname>("How its owner calls it; absent: as it is").length(1, 150),
            api::vault::wire<&T::month>("Expiry month, 1 to 12").required().range(-1'000, 1'000).example("12"),
            api::vault::wire<&T::year>("Expiry year, four digits").required().range(-1, 99'999).example("2031"),
        });
};
template <>
struct Describe<api::vault::CardListHeaders> {
    using T = api::vault::CardListHeaders;
    static constexpr std::string_view name = "VaultCardListHeaders";
    static constexpr auto fields =
        join_fields(card_dto_detail::id_fields<T>(),
                    std::array{api::vault::wire<&T::include_details>("Add what the BIN table says"),
                               api::vault::wire<&T::partner_identity>("The pool of this partner").length(0, 36)});
};
template <>
struct Describe<api::vault::BinDetailsDto> {
    static constexpr std::string_view name = "VaultCardDetailsDto";
    static constexpr auto fields = card_dto_detail::bin_fields<api::vault::BinDetailsDto>();
};
template <>
struct Describe<api::vault::StoredCardDto> {
    using T = api::vault::StoredCardDto;
    static constexpr std::string_view name = "VaultStoredCardDto";
    static constexpr std::array fields{
        api::vault::wire<&T::scope>("1 ECom, 2 Insurance").required(),
        api::vault::wire<&T::name>("The nickname").required(),
        api::vault::wire<&T::identity>("Insurance: first and last three digits"),
        api::vault::wire<&T::card_bin>("First six digits; eight of an insurance card").required(),
        api::vault::wire<&T::card_last_four>("Last four digits").required(),
        api::vault::wire<&T::card_holder_name>("Name on the card; masked when it was just stored").required(),
        api::vault::wire<&T::card_number>("ECom: six digits, stars, four digits"),
        api::vault::wire<&T::expired>("In lists: it cannot be charged"),
        api::vault::wire<&T::card_type_id>(
            "ECom: the brand (0 Visa, 1 MasterCard, 2 American Express, 3 Troy, 9 others); "
            "Insurance: the product (1 credit, 2 debit, 0 not known)")
            .required(),
        api::vault::wire<&T::card_type>("Its name").required(),
        api::vault::wire<&T::month>("Expiry month; 0: not known").required(),
        api::vault::wire<&T::year>("Expiry year; 0: not known").required(),
        api::vault::wire<&T::unique_code>("The card's handle; changes: list before every payment")
            .required()
            .length(56, 56),
        api::vault::wire<&T::details>("What the BIN table says, when it was asked for"),
        api::vault::wire<&T::insert_date_time_utc>("In lists: when it was stored"),
    };
};

}  // namespace takas
