// Meaning, bounds and examples of the fields in dto.hpp.
#pragma once

#include "api/system/dto.hpp"

namespace takas {

template <>
struct Describe<api::system::FirstAdministratorDto> {
    using T = api::system::FirstAdministratorDto;
    static constexpr std::string_view name = "FirstAdministratorDto";
    static constexpr std::array fields{
        field<&T::user_name>("User name of the first administrator")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("admin"),
        field<&T::password>("At least 12 characters, not the user name")
            .required()
            .length(1, 1024)
            .secret()
            .example("a long sentence nobody guesses"),
    };
};

template <>
struct Describe<api::system::FirstClientDto> {
    using T = api::system::FirstClientDto;
    static constexpr std::string_view name = "FirstClientDto";
    static constexpr std::array fields{
        field<&T::client_id>("Id of the application")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("acme-backend"),
        field<&T::is_public>("No secret: a program in its users' hands"),
        field<&T::roles>("What client_credentials gives").range(0, 32),
    };
};

template <>
struct Describe<api::system::CreateTenantDto> {
    using T = api::system::CreateTenantDto;
    static constexpr std::string_view name = "CreateTenantDto";
    static constexpr std::array fields{
        field<&T::code>("Short name, unique on the platform")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("acme"),
        field<&T::name>("Name").required().length(1, 128).example("Acme Bank"),
        field<&T::country>("ISO 3166-1 alpha-2").required().length(2, 2).example("TR"),
        field<&T::time_zone>("Where its days begin; Europe/Istanbul when absent")
            .length(1, 64)
            .example("Europe/Istanbul"),
        field<&T::is_demo>("Webhooks may go to loopback addresses"),
        field<&T::sandbox_enabled>("Transactions may be tested"),
        field<&T::administrator>("A first user with the role administrator"),
        field<&T::client>("A first API client"),
    };
};

template <>
struct Describe<api::system::UpdateTenantDto> {
    using T = api::system::UpdateTenantDto;
    static constexpr std::string_view name = "UpdateTenantDto";
    static constexpr std::array fields{
        field<&T::name>("Name").length(1, 128),
        field<&T::country>("ISO 3166-1 alpha-2").length(2, 2).example("TR"),
        field<&T::time_zone>("Where its days begin").length(1, 64).example("Europe/Istanbul"),
        field<&T::sandbox_enabled>("Transactions may be tested"),
        field<&T::is_active>("false: all its tokens end"),
        field<&T::may_card_limit_exceed>("A card's own limit may be above its velocity control's"),
    };
};

template <>
struct Describe<api::system::TenantDetailDto> {
    using T = api::system::TenantDetailDto;
    static constexpr std::string_view name = "TenantDetailDto";
    static constexpr std::array fields{
        field<&T::id>("The institution").required().example("2"),
        field<&T::tenant_uuid>("The tenantid claim of its tokens").required(),
        field<&T::code>("Short name").required(),
        field<&T::name>("Name").required(),
        field<&T::country>("ISO 3166-1 alpha-2").required(),
        field<&T::time_zone>("Where its days begin").required(),
        field<&T::is_demo>("Webhooks may go to loopback addresses").required(),
        field<&T::sandbox_enabled>("Transactions may be tested").required(),
        field<&T::is_active>("Its users may sign in").required(),
        field<&T::creation_time>("When it was made").required(),
        field<&T::may_card_limit_exceed>("A card's own limit may be above its velocity control's").required(),
    };
};

template <>
struct Describe<api::system::CreatedTenantDto> {
    using T = api::system::CreatedTenantDto;
    static constexpr std::string_view name = "CreatedTenantDto";
    static constexpr std::array fields{
        field<&T::tenant>("The institution").required(),
        field<&T::administrator_id>("The first administrator"),
        field<&T::client_id>("The first API client"),
        field<&T::client_secret>("Its secret, shown this once"),
    };
};

template <>
struct Describe<api::system::TenantListQuery> {
    using T = api::system::TenantListQuery;
    static constexpr std::string_view name = "TenantListQuery";
    static constexpr std::array fields{
        field<&T::code>("Begins with").length(1, 64),
        field<&T::name>("Contains").length(1, 128),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

template <>
struct Describe<api::system::CreateUserDto> {
    using T = api::system::CreateUserDto;
    static constexpr std::string_view name = "CreateUserDto";
    static constexpr std::array fields{
        field<&T::tenant_id>("The institution").required().range(1, 9'007'199'254'740'991).example("2"),
        field<&T::user_name>("Unique in the institution")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("ayse"),
        field<&T::password>("At least 12 characters, not the user name")
            .required()
            .length(1, 1024)
            .secret()
            .example("a long sentence nobody guesses"),
        field<&T::roles>("Roles of the institution").range(0, 32),
    };
};

template <>
struct Describe<api::system::UpdateUserDto> {
    using T = api::system::UpdateUserDto;
    static constexpr std::string_view name = "UpdateUserDto";
    static constexpr std::array fields{
        field<&T::roles>("All roles from now on").range(0, 32),
        field<&T::is_active>("false: all tokens end"),
    };
};

template <>
struct Describe<api::system::SetPasswordDto> {
    using T = api::system::SetPasswordDto;
    static constexpr std::string_view name = "SetPasswordDto";
    static constexpr std::array fields{
        field<&T::password>("At least 12 characters, not the user name")
            .required()
            .length(1, 1024)
            .secret()
            .example("a long sentence nobody guesses"),
    };
};

template <>
struct Describe<api::system::UserDto> {
    using T = api::system::UserDto;
    static constexpr std::string_view name = "UserDto";
    static constexpr std::array fields{
        field<&T::id>("The user").required(),
        field<&T::tenant_id>("The institution").required(),
        field<&T::user_uuid>("The sub claim; creatorId of what the user makes").required(),
        field<&T::user_name>("User name").required(),
        field<&T::roles>("Roles").required(),
        field<&T::is_active>("May sign in").required(),
        field<&T::locked_until>("Set after too many wrong passwords"),
        field<&T::creation_time>("When it was made").required(),
    };
};

template <>
struct Describe<api::system::UserListQuery> {
    using T = api::system::UserListQuery;
    static constexpr std::string_view name = "UserListQuery";
    static constexpr std::array fields{
        field<&T::tenant_id>("Only of this institution").range(1, 9'007'199'254'740'991),
        field<&T::user_name>("Begins with").length(1, 64),
        field<&T::is_active>("Only active, or only inactive ones"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

template <>
struct Describe<api::system::CreateApiClientDto> {
    using T = api::system::CreateApiClientDto;
    static constexpr std::string_view name = "CreateApiClientDto";
    static constexpr std::array fields{
        field<&T::tenant_id>("The institution").required().range(1, 9'007'199'254'740'991).example("2"),
        field<&T::client_id>("Unique on the platform")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("acme-backend"),
        field<&T::is_public>("No secret: a program in its users' hands"),
        field<&T::roles>("What client_credentials gives").range(0, 32),
    };
};

template <>
struct Describe<api::system::ApiClientDto> {
    using T = api::system::ApiClientDto;
    static constexpr std::string_view name = "ApiClientDto";
    static constexpr std::array fields{
        field<&T::client_id>("Id").required(),
        field<&T::tenant_id>("The institution").required(),
        field<&T::is_public>("Has no secret").required(),
        field<&T::roles>("What client_credentials gives").required(),
        field<&T::is_active>("May ask for tokens").required(),
    };
};

template <>
struct Describe<api::system::CreatedApiClientDto> {
    using T = api::system::CreatedApiClientDto;
    static constexpr std::string_view name = "CreatedApiClientDto";
    static constexpr std::array fields{
        field<&T::client>("The client").required(),
        field<&T::client_secret>("Its secret, shown this once; none for a public client"),
    };
};

template <>
struct Describe<api::system::TenantQuery> {
    using T = api::system::TenantQuery;
    static constexpr std::string_view name = "TenantQuery";
    static constexpr std::array fields{
        field<&T::tenant_id>("Only of this institution").range(1, 9'007'199'254'740'991),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

template <>
struct Describe<api::system::RoleDto> {
    using T = api::system::RoleDto;
    static constexpr std::string_view name = "RoleDto";
    static constexpr std::array fields{
        field<&T::tenant_id>("The institution").required().range(1, 9'007'199'254'740'991).example("2"),
        field<&T::name>("Unique in the institution")
            .required()
            .length(1, 64)
            .only(api::system::name_charset)
            .example("teller"),
        field<&T::permissions>("Permission names; * is all of the institution's").required().range(1, 64),
    };
};

template <>
struct Describe<api::system::CreateCardBinDto> {
    using T = api::system::CreateCardBinDto;
    static constexpr std::string_view name = "CreateCardBinDto";
    static constexpr std::array fields{
        field<&T::tenant_id>("The institution").required().range(1, 9'007'199'254'740'991).example("2"),
        field<&T::bin>("6 to 8 digits; neither prefix nor extension of another BIN")
            .required()
            .length(6, 8)
            .only(digits_charset)
            .example("45717360"),
        field<&T::brand>("Card scheme").required().example("Visa"),
        field<&T::card_dci>("Debit, prepaid or credit").required().example("Debit"),
        field<&T::card_type>("The scheme's product").length(1, 40).example("Classic"),
        field<&T::length>("Digits of a card number; 16 when absent, 15 for Amex").range(12, 19).example("16"),
        field<&T::currency>("ISO 4217 numeric code").required().range(1, 999).example("949"),
        field<&T::country>("ISO 3166-1 alpha-2").required().length(2, 2).example("TR"),
        field<&T::is_active>("Cards may be issued; true when absent"),
    };
};

template <>
struct Describe<api::system::UpdateCardBinDto> {
    using T = api::system::UpdateCardBinDto;
    static constexpr std::string_view name = "UpdateCardBinDto";
    static constexpr std::array fields{
        field<&T::brand>("Card scheme").required().example("Visa"),
        field<&T::card_dci>("Debit, prepaid or credit").required().example("Debit"),
        field<&T::card_type>("The scheme's product").length(1, 40).example("Classic"),
        field<&T::currency>("ISO 4217 numeric code; fixed once the BIN has ranges")
            .required()
            .range(1, 999)
            .example("949"),
        field<&T::country>("ISO 3166-1 alpha-2").required().length(2, 2).example("TR"),
        field<&T::is_active>("Cards may be issued; true when absent"),
    };
};

template <>
struct Describe<api::system::CardBinDetailDto> {
    using T = api::system::CardBinDetailDto;
    static constexpr std::string_view name = "CardBinDetailDto";
    static constexpr std::array fields{
        field<&T::id>("The BIN's id").required(),
        field<&T::tenant_id>("The institution").required(),
        field<&T::bin>("6 to 8 digits").required(),
        field<&T::brand>("Card scheme").required(),
        field<&T::card_dci>("Debit, prepaid or credit").required(),
        field<&T::card_type>("The scheme's product").required(),
        field<&T::length>("Digits of a card number").required(),
        field<&T::currency>("ISO 4217 numeric code").required(),
        field<&T::country>("ISO 3166-1 alpha-2").required(),
        field<&T::is_active>("Cards may be issued").required(),
    };
};

template <>
struct Describe<api::system::CardBinListQuery> {
    using T = api::system::CardBinListQuery;
    static constexpr std::string_view name = "SystemCardBinListQuery";
    static constexpr std::array fields{
        field<&T::tenant_id>("Only of this institution").range(1, 9'007'199'254'740'991),
        field<&T::bin>("Begins with").length(1, 8).only(digits_charset),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

namespace api::system {

inline constexpr std::array currency_rate_fields{
    field<&CurrencyRateDto::source_currency>("ISO 4217 numeric code").required().range(1, 999).example("978"),
    field<&CurrencyRateDto::target_currency>("ISO 4217 numeric code").required().range(1, 999).example("949"),
    field<&CurrencyRateDto::rate>("The middle: one major unit of the source in the target, at most 9 decimals")
        .required()
        .example("47.5"),
    field<&CurrencyRateDto::buy_rate>("The institution buys the source currency: refunds and other credits; the rate "
                                      "when absent")
        .example("47.3"),
    field<&CurrencyRateDto::sell_rate>("The institution sells the source currency: purchases and other debits; the "
                                       "rate when absent")
        .example("47.7"),
};

template <class T>
constexpr Field rate_tenant_field() {
    return field<&T::tenant_id>("The institution").required().range(1, 9'007'199'254'740'991).example("2");
}
template <class T>
constexpr Field rate_from_field() {
    return field<&T::valid_from>("From when on; now when absent, at most a year ahead");
}
template <class T>
constexpr Field rate_to_field() {
    return field<&T::valid_to>("Not valid from then on; until the next rate of the pair when absent");
}
template <class T>
constexpr Field rate_confirmed_field() {
    return field<&T::is_confirmed>(
        "Takes rates that are more than 50 % from the last ones of the same source, or sides "
        "that are more than 50 % from the rate");
}

}  // namespace api::system

template <>
struct Describe<api::system::CurrencyRateDto> {
    static constexpr std::string_view name = "CurrencyRateDto";
    static constexpr auto fields = api::system::currency_rate_fields;
};

template <>
struct Describe<api::system::CreateUpdateCurrencyExchangeRateDto> {
    using T = api::system::CreateUpdateCurrencyExchangeRateDto;
    static constexpr std::string_view name = "CreateUpdateCurrencyExchangeRateDto";
    static constexpr auto fields =
        join_fields(std::array{api::system::rate_tenant_field<T>()}, api::system::currency_rate_fields,
                    std::array{api::system::rate_from_field<T>(), api::system::rate_to_field<T>(),
                               field<&T::source>("Where it is from").length(1, 64).example("TCMB"),
                               api::system::rate_confirmed_field<T>()});
};

template <>
struct Describe<api::system::CurrencyExchangeRateDto> {
    using T = api::system::CurrencyExchangeRateDto;
    static constexpr std::string_view name = "CurrencyExchangeRateDto";
    static constexpr auto fields =
        join_fields(std::array{field<&T::tenant_id>("The institution").required()}, api::system::currency_rate_fields,
                    std::array{field<&T::valid_from>("From when on").required(), api::system::rate_to_field<T>(),
                               field<&T::source>("Where it is from").required()});
};

template <>
struct Describe<api::system::UpdateCurrencyExchangeRateTableDto> {
    using T = api::system::UpdateCurrencyExchangeRateTableDto;
    static constexpr std::string_view name = "UpdateCurrencyExchangeRateTableDto";
    static constexpr std::array fields{
        api::system::rate_tenant_field<T>(),
        field<&T::source>("Where it is from").required().length(1, 64).example("TCMB"),
        api::system::rate_from_field<T>(),
        api::system::rate_to_field<T>(),
        api::system::rate_confirmed_field<T>(),
        field<&T::rates>("Each pair once").required().length(1, api::system::rates_per_table_max),
    };
};

template <>
struct Describe<api::system::CurrencyExchangeRateTableDto> {
    using T = api::system::CurrencyExchangeRateTableDto;
    static constexpr std::string_view name = "CurrencyExchangeRateTableDto";
    static constexpr std::array fields{
        field<&T::tenant_id>("The institution").required(),        field<&T::source>("Where it is from").required(),
        field<&T::valid_from>("From when on").required(),          api::system::rate_to_field<T>(),
        field<&T::rate_count>("How many rates it has").required(),
    };
};

template <>
struct Describe<api::system::ExchangeRateListQuery> {
    using T = api::system::ExchangeRateListQuery;
    static constexpr std::string_view name = "ExchangeRateListQuery";
    static constexpr std::array fields{
        field<&T::tenant_id>("Only of this institution").range(1, 9'007'199'254'740'991),
        field<&T::source_currency>("ISO 4217 numeric code").range(1, 999).example("949"),
        field<&T::target_currency>("ISO 4217 numeric code").range(1, 999).example("949"),
        field<&T::source>("Exactly this source").length(1, 64).example("TCMB"),
        field<&T::valid_from_start>("Valid from then or later"),
        field<&T::valid_from_end>("Valid from then or earlier"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
