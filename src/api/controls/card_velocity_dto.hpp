// Bodies and answers of a card's own limits, and of what it has used (contract 4.5).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "app/controls/card_limits.hpp"
#include "app/controls/used.hpp"
#include "app/transactions/amounts.hpp"
#include "base/describe.hpp"

namespace takas::api {

/// A limit of a card that is being made: it has no token id yet, and one that is sent is not looked at.
struct CardVelocityFields {
    EntityId velocity_check_id;
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<Date> effective_from, effective_to;
};
struct NewCardVelocityDto : CardVelocityFields {};
struct CardVelocityRequestDto : CardVelocityFields {
    TokenId token_id;
};

struct VelocityLimitDto {
    EntityId velocity_check_id;
    std::string name;
    core::control::VelocityPeriod period{};
    std::optional<core::money::Currency> currency;
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<Date> effective_from, effective_to;
};

struct VelocityUsedAmountDto {
    Decimal amount;
    std::int64_t count = 0;
};
struct VelocityAvailableAmountDto {
    std::optional<Decimal> amount;
    std::optional<std::int64_t> count;
};
/// Through which a velocity control concerns a card, as section 4.5 spells it.
enum class VelocityLevel : std::uint8_t { card = 1, product = 2, product_group = 3, segment = 4, tenant = 5 };

struct VelocityControlsDto {
    EntityId velocity_check_id;
    std::string name;
    core::control::VelocityPeriod period{};
    VelocityLevel level{};
    bool is_card_limit = false, is_conditional = false;
    VelocityLimitDto limit;
    VelocityUsedAmountDto used;
    VelocityAvailableAmountDto available;
    std::optional<Instant> period_start, period_end;
};

inline core::control::VelocityLimit limit_of(const CardVelocityFields& dto) {
    return {dto.velocity_check_id, dto.limit_amount, dto.limit_count, dto.effective_from, dto.effective_to};
}

/// What the card's limit leaves out is the control's.
VelocityLimitDto to_dto(const app::controls::CardLimit& limit);
VelocityControlsDto to_dto(const app::controls::Used& used);

inline constexpr std::array card_velocity_fields{
    field<&CardVelocityFields::velocity_check_id>("The velocity control whose limit it replaces for the card")
        .required()
        .range(1, 9'007'199'254'740'991),
    field<&CardVelocityFields::limit_amount>("Amount; absent: the control's. This or limitCount is needed")
        .range(0, app::transactions::amount_max_major)
        .example("2500.00"),
    field<&CardVelocityFields::limit_count>("Count; absent: the control's").range(0, 1'000'000).example("3"),
    field<&CardVelocityFields::effective_from>("First day; null: at once").example("2031-03-01"),
    field<&CardVelocityFields::effective_to>("Last day; null: for ever").example("2031-12-31"),
};

}  // namespace takas::api

namespace takas {

template <>
struct EnumNames<api::VelocityLevel> {
    using E = api::VelocityLevel;
    static constexpr std::string_view name = "VelocityLevel";
    static constexpr std::array values{named(E::card, "Card"), named(E::product, "Product"),
                                       named(E::product_group, "ProductGroup"), named(E::segment, "Segment"),
                                       named(E::tenant, "Tenant")};
};
template <>
struct Describe<api::NewCardVelocityDto> {
    static constexpr std::string_view name = "NewCardVelocityDto";
    static constexpr auto fields = api::card_velocity_fields;
};
template <>
struct Describe<api::CardVelocityRequestDto> {
    using T = api::CardVelocityRequestDto;
    static constexpr std::string_view name = "CardVelocityRequestDto";
    static constexpr auto fields =
        join_fields(std::array{field<&T::token_id>("The card").required().range(1, 9'007'199'254'740'991)},
                    api::card_velocity_fields);
};
template <>
struct Describe<api::VelocityLimitDto> {
    using T = api::VelocityLimitDto;
    static constexpr std::string_view name = "VelocityLimitDto";
    static constexpr std::array fields{
        field<&T::velocity_check_id>("The velocity control").required(),
        field<&T::name>("Its name").required().example("Daily cash"),
        field<&T::period>("In which time amounts and counts are added up").required().example("Daily"),
        field<&T::currency>("ISO 4217 numeric code").example("949"),
        field<&T::limit_amount>("Most that is approved in one period").example("2500.00"),
        field<&T::limit_count>("How many are approved in one period").example("3"),
        field<&T::effective_from>("First day of the card's own limit"),
        field<&T::effective_to>("Last day of the card's own limit"),
    };
};
template <>
struct Describe<api::VelocityUsedAmountDto> {
    using T = api::VelocityUsedAmountDto;
    static constexpr std::string_view name = "VelocityUsedAmountDto";
    static constexpr std::array fields{
        field<&T::amount>("Billing amounts that count in this period").required().example("300.00"),
        field<&T::count>("Transactions that count in this period").required().example("1"),
    };
};
template <>
struct Describe<api::VelocityAvailableAmountDto> {
    using T = api::VelocityAvailableAmountDto;
    static constexpr std::string_view name = "VelocityAvailableAmountDto";
    static constexpr std::array fields{
        field<&T::amount>("What is left; null: no amount is set").example("2200.00"),
        field<&T::count>("How many are left; null: no count is set").example("2"),
    };
};
template <>
struct Describe<api::VelocityControlsDto> {
    using T = api::VelocityControlsDto;
    static constexpr std::string_view name = "VelocityControlsDto";
    static constexpr std::array fields{
        field<&T::velocity_check_id>("The velocity control").required(),
        field<&T::name>("Its name").required().example("Daily cash"),
        field<&T::period>("In which time amounts and counts are added up").required().example("Daily"),
        field<&T::level>("Through what it concerns the card").required().example("Product"),
        field<&T::is_card_limit>("The card's own limit decides in place of the control's, be it higher or lower")
            .required(),
        field<&T::is_conditional>("Only transactions that fit the rule of its link are counted and limited").required(),
        field<&T::limit>("What is approved in one period: the limit that decides at this moment").required(),
        field<&T::used>("What is used of it").required(),
        field<&T::available>("What is left of it").required(),
        field<&T::period_start>("Since when it is counted; null: the period has no such border"),
        field<&T::period_end>("When the period ends; null: it has no such border"),
    };
};

}  // namespace takas
