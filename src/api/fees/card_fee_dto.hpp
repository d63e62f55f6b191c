// Bodies of the endpoints of card issuance and annual fees (contract 4.7), and of taxes.
#pragma once

#include "api/fees/fee_dto.hpp"

namespace takas::api {

struct UpdateCardIssuanceFeeDto : FeeFields {
    Decimal amount;
    std::optional<core::money::Currency> currency;
    std::optional<core::fee::IssuanceType> issuance_type;
    std::optional<core::product::ProductType> physical_type;
    std::int32_t free_count = 0;
};
struct CreateCardIssuanceFeeDto : UpdateCardIssuanceFeeDto {
    std::optional<LinkToDto> link_to;
};
struct CardIssuanceFeeDto : UpdateCardIssuanceFeeDto {
    EntityId id;
    Instant creation_time;
    std::int64_t version = 0;
    std::optional<std::vector<FeeWarningDto>> warnings;
};

struct UpdateCardAnnualFeeDto : FeeFields {
    Decimal amount;
    std::optional<core::money::Currency> currency;
    bool first_year_free = false;
    std::int32_t charge_month_offset = 0;
    std::optional<core::fee::ChargePeriod> charge_period;
    std::optional<Decimal> child_card_amount;
};
struct CreateCardAnnualFeeDto : UpdateCardAnnualFeeDto {
    std::optional<LinkToDto> link_to;
};
struct CardAnnualFeeDto : UpdateCardAnnualFeeDto {
    EntityId id;
    Instant creation_time;
    std::int64_t version = 0;
    std::optional<std::vector<FeeWarningDto>> warnings;
};

struct CreateUpdateFeeTaxDto {
    std::string name;
    Decimal rate;
    std::optional<bool> is_active;
};
struct FeeTaxDto {
    EntityId id;
    std::string name;
    Decimal rate;
    bool is_active = false;
    std::int64_t version = 0;
};

core::fee::CardIssuanceFee fee_of(const UpdateCardIssuanceFeeDto& dto);
core::fee::CardAnnualFee fee_of(const UpdateCardAnnualFeeDto& dto);
CardIssuanceFeeDto to_dto(const core::fee::CardIssuanceFee& fee);
CardAnnualFeeDto to_dto(const core::fee::CardAnnualFee& fee);
FeeTaxDto to_dto(const core::fee::Tax& tax);

template <class T>
constexpr auto card_fee_fields() {
    return join_fields(
        fee_fields<T>(),
        std::array{
            field<&T::amount>("What is charged").required().range(0, fee_amount_max_major).example("25.00"),
            field<&T::currency>("ISO 4217 numeric code; null: the account's. Converted with the institution's rate")
                .range(1, 999)
                .example("949"),
        });
}
template <class T>
constexpr auto card_issuance_fee_fields() {
    return join_fields(
        card_fee_fields<T>(),
        std::array{
            field<&T::issuance_type>("Why the card is made; null: any reason").example("Replacement"),
            field<&T::physical_type>("What is made; null: anything").example("Emv"),
            field<&T::free_count>("So many of a customer's own, counted by reason, cost nothing").range(0, 1'000),
        });
}
template <class T>
constexpr auto card_annual_fee_fields() {
    return join_fields(
        card_fee_fields<T>(),
        std::array{
            field<&T::first_year_free>("Periods that begin within a year of the card's creation cost nothing"),
            field<&T::charge_month_offset>("Months after the card's creation at which periods are charged")
                .range(0, 11)
                .example("0"),
            field<&T::charge_period>("Yearly or Monthly; null: Yearly").example("Yearly"),
            field<&T::child_card_amount>("What a child card is charged; null: as any card")
                .range(0, fee_amount_max_major)
                .example("10.00"),
        });
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::UpdateCardIssuanceFeeDto> {
    using T = api::UpdateCardIssuanceFeeDto;
    static constexpr std::string_view name = "UpdateCardIssuanceFeeDto";
    static constexpr auto fields = api::card_issuance_fee_fields<T>();
};
template <>
struct Describe<api::CreateCardIssuanceFeeDto> {
    using T = api::CreateCardIssuanceFeeDto;
    static constexpr std::string_view name = "CreateCardIssuanceFeeDto";
    static constexpr auto fields = join_fields(api::card_issuance_fee_fields<T>(), api::fee_link_to_field<T>());
};
template <>
struct Describe<api::CardIssuanceFeeDto> {
    using T = api::CardIssuanceFeeDto;
    static constexpr std::string_view name = "CardIssuanceFeeDto";
    static constexpr auto fields = join_fields(api::fee_answer_fields<T>(), api::card_issuance_fee_fields<T>());
};
template <>
struct Describe<api::UpdateCardAnnualFeeDto> {
    using T = api::UpdateCardAnnualFeeDto;
    static constexpr std::string_view name = "UpdateCardAnnualFeeDto";
    static constexpr auto fields = api::card_annual_fee_fields<T>();
};
template <>
struct Describe<api::CreateCardAnnualFeeDto> {
    using T = api::CreateCardAnnualFeeDto;
    static constexpr std::string_view name = "CreateCardAnnualFeeDto";
    static constexpr auto fields = join_fields(api::card_annual_fee_fields<T>(), api::fee_link_to_field<T>());
};
template <>
struct Describe<api::CardAnnualFeeDto> {
    using T = api::CardAnnualFeeDto;
    static constexpr std::string_view name = "CardAnnualFeeDto";
    static constexpr auto fields = join_fields(api::fee_answer_fields<T>(), api::card_annual_fee_fields<T>());
};
template <>
struct Describe<api::CreateUpdateFeeTaxDto> {
    using T = api::CreateUpdateFeeTaxDto;
    static constexpr std::string_view name = "CreateUpdateFeeTaxDto";
    static constexpr std::array fields{
        field<&T::name>("Name as it is shown with a fee, unique").required().length(1, 30).example("BSMV"),
        field<&T::rate>("Percent of the fee without taxes").required().range(0, 100).example("5"),
        field<&T::is_active>("It is on every fee; null: yes").example("true"),
    };
};
template <>
struct Describe<api::FeeTaxDto> {
    using T = api::FeeTaxDto;
    static constexpr std::string_view name = "FeeTaxDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required().example("61234567890"),
        field<&T::name>("Name as it is shown with a fee").required().example("BSMV"),
        field<&T::rate>("Percent of the fee without taxes").required().example("5"),
        field<&T::is_active>("It is on every fee").required().example("true"),
        field<&T::version>("How often it was changed, from 1: its ETag without quotes").required().example("1"),
    };
};

}  // namespace takas
