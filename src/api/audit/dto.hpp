// Queries and items of the audit lists (contract 4.9).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "core/audit/audit.hpp"

namespace takas::api {

/// What every audit list can be narrowed by.
struct AuditListFields : PageFields {
    std::optional<Instant> start_date, end_date;
    std::optional<std::string> user_name;
    std::optional<core::audit::Action> action;
};
struct AuditCardListQuery : AuditListFields {
    std::optional<TokenId> token_id;
};
struct AuditProductListQuery : AuditListFields {
    std::optional<core::audit::Subject> subject;
    std::optional<std::string> product_code, subject_id;
};
struct AuditPolicyListQuery : AuditListFields {
    std::optional<TokenId> token_id;
    std::optional<std::string> product_code;
    std::optional<core::audit::Subject> subject;
    std::optional<std::string> subject_id;
};

/// What every item says.
struct AuditItemFields {
    EntityId id;
    core::audit::Action action{};
    std::string service_name;
    std::vector<core::audit::PropertyChange> property_changes;
    std::optional<std::string> user_id, user_name, client_ip_address, correlation_id;
    Instant execution_time;
};
struct AuditLogCardListItemDto : AuditItemFields {
    TokenId token_id;
};
struct AuditLogProductListItemDto : AuditItemFields {
    core::audit::Subject subject{};
    std::optional<std::string> product_code, subject_id;
};
struct AuditLogPolicyListItemDto : AuditItemFields {
    core::audit::Subject subject{};
    std::optional<TokenId> token_id;
    std::optional<std::string> product_code, subject_id;
};

inline constexpr std::array audit_list_fields{
    field<&AuditListFields::start_date>("Changes from this moment on").example("2031-03-01T00:00:00Z"),
    field<&AuditListFields::end_date>("Changes before this moment").example("2031-04-01T00:00:00Z"),
    field<&AuditListFields::user_name>("Changes by this user").length(1, 64).example("ayse"),
    field<&AuditListFields::action>("Created, Updated or Deleted"),
    page_field_skip<AuditListFields>(),
    page_field_max<AuditListFields>(),
    page_field_sorting<AuditListFields>(),
    page_field_cursor<AuditListFields>(),
};
inline constexpr std::array audit_item_fields{
    field<&AuditItemFields::id>("Number given by the platform; rises with time").required().example("61234567890"),
    field<&AuditItemFields::action>("What was done").required().example("Updated"),
    field<&AuditItemFields::service_name>("The operation that did it").required().example("updateCardProduct"),
    field<&AuditItemFields::property_changes>("What it changed").required(),
    field<&AuditItemFields::user_id>("Who did it; null: the platform itself"),
    field<&AuditItemFields::user_name>("The user's name then").example("ayse"),
    field<&AuditItemFields::client_ip_address>("Where the call came from").example("192.0.2.7"),
    field<&AuditItemFields::correlation_id>("X-Correlation-Id of the call"),
    field<&AuditItemFields::execution_time>("When").required().example("2031-03-01T10:00:00Z"),
};
inline constexpr std::int64_t audit_id_max = 9'007'199'254'740'991;

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::AuditCardListQuery> {
    using T = api::AuditCardListQuery;
    static constexpr std::string_view name = "AuditCardListQuery";
    static constexpr auto fields = join_fields(
        std::array{field<&T::token_id>("Of this card").range(1, api::audit_id_max)}, api::audit_list_fields);
};
template <>
struct Describe<api::AuditProductListQuery> {
    using T = api::AuditProductListQuery;
    static constexpr std::string_view name = "AuditProductListQuery";
    static constexpr auto fields = join_fields(
        std::array{
            field<&T::product_code>("Of this product").length(1, 30).example("VIRTUAL-TRY"),
            field<&T::subject>("CardProduct, CardProductGroup, CardArt or CardBinRange"),
            field<&T::subject_id>("Of this group, art or range").length(1, 16).only(digits_charset),
        },
        api::audit_list_fields);
};
template <>
struct Describe<api::AuditPolicyListQuery> {
    using T = api::AuditPolicyListQuery;
    static constexpr std::string_view name = "AuditPolicyListQuery";
    static constexpr auto fields =
        join_fields(std::array{field<&T::token_id>("Of this card").range(1, api::audit_id_max),
                               field<&T::product_code>("Of this product").length(1, 30).example("VIRTUAL-TRY"),
                               field<&T::subject>("Card, CardProduct, a family of controls or fees, or Tax"),
                               field<&T::subject_id>("Of this control or fee").length(1, 16).only(digits_charset)},
                    api::audit_list_fields);
};
template <>
struct Describe<api::AuditLogCardListItemDto> {
    using T = api::AuditLogCardListItemDto;
    static constexpr std::string_view name = "AuditLogCardListItemDto";
    static constexpr auto fields =
        join_fields(api::audit_item_fields, std::array{field<&T::token_id>("The card").required().example("95")});
};
template <>
struct Describe<api::AuditLogProductListItemDto> {
    using T = api::AuditLogProductListItemDto;
    static constexpr std::string_view name = "AuditLogProductListItemDto";
    static constexpr auto fields =
        join_fields(api::audit_item_fields,
                    std::array{
                        field<&T::subject>("What was changed").required().example("CardProduct"),
                        field<&T::product_code>("The product; null: a group, an art or a range").example("VIRTUAL-TRY"),
                        field<&T::subject_id>("Number of the group, art or range; null: a product").example("12"),
                    });
};
template <>
struct Describe<api::AuditLogPolicyListItemDto> {
    using T = api::AuditLogPolicyListItemDto;
    static constexpr std::string_view name = "AuditLogPolicyListItemDto";
    static constexpr auto fields = join_fields(
        api::audit_item_fields, std::array{
                                    field<&T::subject>("What was changed").required().example("VelocityControl"),
                                    field<&T::token_id>("The card whose policy it is").example("95"),
                                    field<&T::product_code>("The product whose policy it is").example("VIRTUAL-TRY"),
                                    field<&T::subject_id>("The control or fee").example("61234567890"),
                                });
};

}  // namespace takas
