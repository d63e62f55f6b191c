// TempToken and TempCard as the contract spells them (card-vault-api section 3).
#pragma once

#include "api/vault/paywall.hpp"
#include "app/vault/content.hpp"

namespace takas::api::vault {

struct TempTokenBody {
    bool client_card_save = false, three_d_session = false, client_sdk = false, scope_based = false;
    std::int32_t scope = 0;
    std::int64_t expiry_min = 0;
};
/// Of /sdk: the session of another company's wallet is taken and not used.
struct TempTokenSdkBody : TempTokenBody {
    bool include_masterpass_session = false;
};

struct TempTokenScopeDto {
    bool client_card_save = false, three_d_session = false;
};
struct TempTokenDto {
    EntityId temp_token_id;
    std::string token;
    std::string expiry_date_time;
    TempTokenScopeDto scope;
};

struct TempCardBody {
    std::int32_t card_type = 1;
    std::string card_owner_name;
    std::string card_number, card_cvv, card_expiry_month, card_expiry_year;
    std::string card_no_first, card_no_last, identity_number;
    std::int64_t expiry_min = 30;
};
inline void wipe_secrets(const TempCardBody& body) {
    auto& own = const_cast<TempCardBody&>(body);  // the dispatcher's, and about to die
    for (std::string* text :
         {&own.card_number, &own.card_cvv, &own.card_no_first, &own.card_no_last, &own.identity_number})
        app::vault::wipe(*text);
}
struct TempCardDto {
    EntityId temp_card_id;
    std::string card_token;
    std::string expiry_date_time;
};

}  // namespace takas::api::vault

namespace takas {

namespace temp_dto_detail {
using namespace api::vault;
template <class T>
constexpr auto token_fields() {
    return std::array{
        wire<&T::client_card_save>("The token may make temporary cards"),
        wire<&T::three_d_session>("The token may run 3-D Secure from the page; kept for the payment connector"),
        wire<&T::client_sdk>("The token is for a client SDK"),
        wire<&T::scope_based>("Take Scope instead of the flags"),
        wire<&T::scope>("0 none, 1 ClientCardSave, 2 ThreeDSession, 3 ClientSdk").range(0, 3),
        wire<&T::expiry_min>("Lifetime in minutes, 1 to 1440; 0 is refused")
            .required()
            .range(-1'000'000, 1'000'000)
            .example("15"),
    };
}
}  // namespace temp_dto_detail

template <>
struct Describe<api::vault::TempTokenBody> {
    static constexpr std::string_view name = "TempTokenBody";
    static constexpr auto fields = temp_dto_detail::token_fields<api::vault::TempTokenBody>();
};
template <>
struct Describe<api::vault::TempTokenSdkBody> {
    using T = api::vault::TempTokenSdkBody;
    static constexpr std::string_view name = "TempTokenSdkBody";
    static constexpr auto fields =
        join_fields(temp_dto_detail::token_fields<T>(),
                    std::array{
                        api::vault::wire<&T::include_masterpass_session>(
                            "Taken and not used, as the object that comes with it: Masterpass is outside the vault"),
                    });
};
template <>
struct Describe<api::vault::TempTokenScopeDto> {
    using T = api::vault::TempTokenScopeDto;
    static constexpr std::string_view name = "TempTokenScopeDto";
    static constexpr std::array fields{
        api::vault::wire<&T::client_card_save>("The token may make temporary cards").required(),
        api::vault::wire<&T::three_d_session>("The token may run 3-D Secure from the page").required(),
    };
};
template <>
struct Describe<api::vault::TempTokenDto> {
    using T = api::vault::TempTokenDto;
    static constexpr std::string_view name = "TempTokenDto";
    static constexpr std::array fields{
        api::vault::wire<&T::temp_token_id>("The token's number").required(),
        api::vault::wire<&T::token>("For the header token of TempCard; the only value that may be given to a page")
            .required()
            .length(36, 36),
        api::vault::wire<&T::expiry_date_time>("Until when it counts, with seven fraction digits and +03:00")
            .required()
            .example("2031-03-01T13:15:00.0000000+03:00"),
        api::vault::wire<&T::scope>("What it may").required(),
    };
};
template <>
struct Describe<api::vault::TempCardBody> {
    using T = api::vault::TempCardBody;
    static constexpr std::string_view name = "TempCardBody";
    static constexpr std::array fields{
        api::vault::wire<&T::card_type>("1 ECom (also when absent), 2 Insurance").range(-1'000, 1'000).example("1"),
        api::vault::wire<&T::card_owner_name>("Name on the card").required().length(1, 150).example("Ayşe Yılmaz"),
        api::vault::wire<&T::card_number>("ECom: the whole number")
            .length(0, 19)
            .only(digits_charset)
            .secret()
            .example("5528790000000008"),
        api::vault::wire<&T::card_cvv>("ECom: the verification code; kept in memory only")
            .length(0, 4)
            .only(digits_charset)
            .secret()
            .example("123"),
        api::vault::wire<&T::card_expiry_month>("ECom: 1 to 12").length(0, 2).only(digits_charset).example("12"),
        api::vault::wire<&T::card_expiry_year>("ECom: two or four digits")
            .length(0, 4)
            .only(digits_charset)
            .example("30"),
        api::vault::wire<&T::card_no_first>("Insurance: first eight digits")
            .length(0, 8)
            .only(digits_charset)
            .secret()
            .example("55287900"),
        api::vault::wire<&T::card_no_last>("Insurance: last four digits")
            .length(0, 4)
            .only(digits_charset)
            .secret()
            .example("0008"),
        api::vault::wire<&T::identity_number>("Insurance: the holder's national or tax number")
            .length(0, 11)
            .only(digits_charset)
            .secret()
            .example("10000000146"),
        api::vault::wire<&T::expiry_min>("Lifetime in minutes, 1 to 30; 30 when absent, 0 is refused")
            .range(-1'000'000, 1'000'000)
            .example("10"),
    };
};
template <>
struct Describe<api::vault::TempCardDto> {
    using T = api::vault::TempCardDto;
    static constexpr std::string_view name = "TempCardDto";
    static constexpr std::array fields{
        api::vault::wire<&T::temp_card_id>("The card's number").required(),
        api::vault::wire<&T::card_token>("Stands for the card, once").required().length(36, 36),
        api::vault::wire<&T::expiry_date_time>("Until when it counts, with seven fraction digits and +03:00")
            .required()
            .example("2031-03-01T13:10:00.0000000+03:00"),
    };
};

}  // namespace takas
