// Links of controls and fees (contract 2.1): the link object as callers send it, and one row for each target as they
// get it. The same for all five families; only the names differ.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "app/controls/links.hpp"
#include "base/optional_text.hpp"
#include "protocol/query_builder/query_builder.hpp"

namespace takas::api {

/// What every family's Link endpoint takes, and `linkTo` of a creation.
struct LinkToDto {
    std::optional<std::string> rule;
    std::optional<TokenId> token_id;
    std::vector<std::string> card_product_code;
    std::vector<EntityId> card_product_group;
    std::vector<EntityId> customer_segment;
};
struct CreateUpdateVelocityCheckLinkDto : LinkToDto {};
struct CreateUpdateAuthorizationCheckLinkDto : LinkToDto {};
struct CreateUpdateTransactionFeeLinkDto : LinkToDto {};
struct CreateUpdateCardIssuanceFeeLinkDto : LinkToDto {};
struct CreateUpdateCardAnnualFeeLinkDto : LinkToDto {};

/// What every family's links say.
struct BaseLinkDto {
    EntityId id;
    core::control::LinkLevel link_level{};
    std::optional<TokenId> token_id;
    std::optional<std::string> card_product_code;
    std::optional<EntityId> card_product_group;
    std::optional<EntityId> customer_segment;
    std::optional<std::string> rule;
    Instant creation_time;
};
struct VelocityCheckLinkDto : BaseLinkDto {
    EntityId velocity_check_id;
};
struct AuthorizationCheckLinkDto : BaseLinkDto {
    EntityId authorization_check_id;
};
struct FeeLinkDto : BaseLinkDto {
    EntityId fee_id;
};
struct TransactionFeeLinkDto : FeeLinkDto {};
struct CardIssuanceFeeLinkDto : FeeLinkDto {};
struct CardAnnualFeeLinkDto : FeeLinkDto {};

/// Lists that are plain arrays take the paging inputs too (contract, decision 7).
struct LinkListQuery {
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = max_page_size;
};

inline app::controls::LinkWish wish_of(const LinkToDto& dto) {
    return {text_or_empty(dto.rule), dto.token_id.value_or(TokenId{}), dto.card_product_code, dto.card_product_group,
            dto.customer_segment};
}

/// All but the member that names the control or fee.
inline void fill(BaseLinkDto& dto, const core::control::ControlLink& link) {
    dto.id = link.id;
    dto.link_level = link.level;
    if (link.token_id) dto.token_id = link.token_id;
    dto.card_product_code = optional_text(link.card_product_code);
    if (link.card_product_group_id) dto.card_product_group = link.card_product_group_id;
    if (link.customer_segment_id) dto.customer_segment = link.customer_segment_id;
    dto.rule = optional_text(link.rule);
    dto.creation_time = link.creation_time;
}

inline constexpr auto rule_text_max = static_cast<std::int64_t>(protocol::query_builder::query_builder_text_max);

inline constexpr std::array link_to_fields{
    field<&LinkToDto::rule>("Only when this holds: a rule as text, or a query builder's JSON as a text")
        .length(0, rule_text_max)
        .example("mcc in (5411, 5412)"),
    field<&LinkToDto::token_id>("This card; 0 or null: none").range(0, 9'007'199'254'740'991),
    field<&LinkToDto::card_product_code>("Cards of these products").length(0, 1000),
    field<&LinkToDto::card_product_group>("Cards of the products of these groups").length(0, 1000),
    field<&LinkToDto::customer_segment>("Cards of the customers of these segments").length(0, 1000),
};
inline constexpr std::array base_link_fields{
    field<&BaseLinkDto::id>("Number of the link").required().example("61234567890"),
    field<&BaseLinkDto::link_level>("What the target is").required().example("CardProduct"),
    field<&BaseLinkDto::token_id>("The card"),
    field<&BaseLinkDto::card_product_code>("The product").example("VIRTUAL-TRY"),
    field<&BaseLinkDto::card_product_group>("The product group"),
    field<&BaseLinkDto::customer_segment>("The customer segment"),
    field<&BaseLinkDto::rule>("Only when this holds; null: always"),
    field<&BaseLinkDto::creation_time>("When it was linked").required().example("2031-03-01T10:00:00Z"),
};
inline constexpr auto fee_link_fields =
    join_fields(base_link_fields, std::array{field<&FeeLinkDto::fee_id>("The fee").required()});

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::LinkToDto> {
    static constexpr std::string_view name = "LinkToDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::CreateUpdateVelocityCheckLinkDto> {
    static constexpr std::string_view name = "CreateUpdateVelocityCheckLinkDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::CreateUpdateAuthorizationCheckLinkDto> {
    static constexpr std::string_view name = "CreateUpdateAuthorizationCheckLinkDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::CreateUpdateTransactionFeeLinkDto> {
    static constexpr std::string_view name = "CreateUpdateTransactionFeeLinkDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::CreateUpdateCardIssuanceFeeLinkDto> {
    static constexpr std::string_view name = "CreateUpdateCardIssuanceFeeLinkDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::CreateUpdateCardAnnualFeeLinkDto> {
    static constexpr std::string_view name = "CreateUpdateCardAnnualFeeLinkDto";
    static constexpr auto fields = api::link_to_fields;
};
template <>
struct Describe<api::VelocityCheckLinkDto> {
    using T = api::VelocityCheckLinkDto;
    static constexpr std::string_view name = "VelocityCheckLinkDto";
    static constexpr auto fields =
        join_fields(api::base_link_fields, std::array{field<&T::velocity_check_id>("The velocity control").required()});
};
template <>
struct Describe<api::AuthorizationCheckLinkDto> {
    using T = api::AuthorizationCheckLinkDto;
    static constexpr std::string_view name = "AuthorizationCheckLinkDto";
    static constexpr auto fields = join_fields(
        api::base_link_fields, std::array{field<&T::authorization_check_id>("The authorization control").required()});
};
template <>
struct Describe<api::TransactionFeeLinkDto> {
    static constexpr std::string_view name = "TransactionFeeLinkDto";
    static constexpr auto fields = api::fee_link_fields;
};
template <>
struct Describe<api::CardIssuanceFeeLinkDto> {
    static constexpr std::string_view name = "CardIssuanceFeeLinkDto";
    static constexpr auto fields = api::fee_link_fields;
};
template <>
struct Describe<api::CardAnnualFeeLinkDto> {
    static constexpr std::string_view name = "CardAnnualFeeLinkDto";
    static constexpr auto fields = api::fee_link_fields;
};
template <>
struct Describe<api::LinkListQuery> {
    using T = api::LinkListQuery;
    static constexpr std::string_view name = "LinkListQuery";
    static constexpr std::array fields{
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
    };
};

}  // namespace takas
