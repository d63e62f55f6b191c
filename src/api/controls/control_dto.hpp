// Bodies, queries and answers of authorization and velocity controls (contract 4.5, 4.6), and of their versions.
#pragma once

#include "api/controls/link_dto.hpp"
#include "app/controls/controls.hpp"
#include "app/transactions/amounts.hpp"

namespace takas::api {

struct AuthorizationCheckFields {
    std::string name;
    std::optional<std::string> rule;
    std::optional<core::control::Criteria> criteria;
    std::optional<core::authorization::TransactionCode> transaction_code;
    std::optional<core::authorization::TransactionDomain> transaction_domain;
    std::optional<core::authorization::PosEntryMode> pos_entry_mode;
    std::optional<std::int32_t> mcc;
    std::optional<core::authorization::TerminalType> terminal_type;
    core::control::ControlAction action{};
    std::optional<core::authorization::ResponseCode> response_code;
    std::optional<std::int32_t> priority;
    std::optional<Date> effective_from, effective_to;
    std::optional<bool> tenant_wide, is_active;
};
struct UpdateAuthorizationCheckDto : AuthorizationCheckFields {};
struct CreateAuthorizationCheckDto : AuthorizationCheckFields {
    std::optional<LinkToDto> link_to;
};
struct AuthorizationCheckDto : AuthorizationCheckFields {
    EntityId id;
    std::int64_t active_version_no = 0, version = 0;
    Instant creation_time;
    std::optional<std::vector<std::string>> warnings;
};

struct VelocityCheckFields {
    std::string name;
    std::optional<std::string> rule;
    std::optional<core::control::Criteria> criteria;
    std::optional<core::authorization::TransactionCode> transaction_code;
    std::optional<core::authorization::TransactionDomain> transaction_domain;
    std::optional<core::authorization::PosEntryMode> pos_entry_mode;
    std::optional<std::int32_t> mcc;
    std::optional<core::authorization::TerminalType> terminal_type;
    core::control::VelocityPeriod period{};
    std::optional<core::money::Currency> currency;
    std::optional<Decimal> limit_amount;
    std::optional<std::int64_t> limit_count;
    std::optional<Decimal> min_amount;
    std::optional<Date> effective_from, effective_to;
    std::optional<core::authorization::ResponseCode> response_code;
    std::optional<bool> tenant_wide, is_active;
};
struct UpdateVelocityCheckDto : VelocityCheckFields {};
struct CreateVelocityCheckDto : VelocityCheckFields {
    std::optional<LinkToDto> link_to;
};
struct VelocityCheckDto : VelocityCheckFields {
    EntityId id;
    std::int64_t active_version_no = 0, version = 0;
    Instant creation_time;
    std::optional<std::vector<std::string>> warnings;
};

struct ControlVersionFields {
    std::int64_t version_no = 0;
    core::control::VersionState state{};
    std::optional<std::string> user_id, user_name;
    Instant creation_time;
    std::optional<Instant> active_since, active_until;
};
struct AuthorizationCheckVersionDto : ControlVersionFields {
    AuthorizationCheckDto definition;
};
struct VelocityCheckVersionDto : ControlVersionFields {
    VelocityCheckDto definition;
};
struct RollbackControlDto {
    std::int64_t version_no = 0;
};

/// Lists that are plain arrays take the paging inputs too.
struct AuthorizationCheckListQuery {
    std::optional<std::string> name;
    std::optional<bool> is_active;
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = max_page_size;
    std::string sorting;
};
struct VelocityCheckListQuery : AuthorizationCheckListQuery {
    std::optional<bool> tenant_wide;
};
struct ControlVersionListQuery {
    std::int64_t skip_count = 0;
    std::int64_t max_result_count = max_page_size;
};

/// Errors: validation (criteria that are given twice and differ).
Result<core::control::AuthorizationControl> control_of(const AuthorizationCheckFields& fields);
Result<core::control::VelocityControl> control_of(const VelocityCheckFields& fields);

AuthorizationCheckDto to_dto(const core::control::AuthorizationControl& control);
VelocityCheckDto to_dto(const core::control::VelocityControl& control);
void fill(ControlVersionFields& dto, const core::control::ControlVersion& version);

/// The criteria once more, beside `criteria`; T: a family's form.
template <class T>
constexpr std::array<Field, 5> flat_criteria_fields() {
    return {
        field<&T::transaction_code>("As criteria.transactionCode").example("Purchase"),
        field<&T::transaction_domain>("As criteria.transactionDomain").example("International"),
        field<&T::pos_entry_mode>("As criteria.posEntryMode").example("ECommerce"),
        field<&T::mcc>("As criteria.mcc").range(1, 9999).example("7995"),
        field<&T::terminal_type>("As criteria.terminalType").example("Atm"),
    };
}

inline constexpr std::array authorization_check_head{
    field<&AuthorizationCheckFields::name>("Name, unique").required().length(1, 100).example("No gambling"),
    field<&AuthorizationCheckFields::rule>("When it matches, beside the criteria: a rule as text, or a query builder's "
                                           "JSON as a text. Answers give the canonical text")
        .length(0, rule_text_max)
        .example("mcc == 7995 || todayCount > 20"),
    field<&AuthorizationCheckFields::criteria>("When it matches; what is absent or Unknown is no restriction"),
};
inline constexpr std::array authorization_check_rest{
    field<&AuthorizationCheckFields::action>("What follows when it matches: Decline refuses, Allow asks no further "
                                             "authorization control")
        .required()
        .example("Decline"),
    field<&AuthorizationCheckFields::response_code>(
        "Of a Decline; TransactionNotPermittedCardholder unless told. Never an approving one")
        .example("TransactionNotPermittedCardholder"),
    field<&AuthorizationCheckFields::priority>("The highest is asked first; 0 unless told")
        .range(-1'000'000, 1'000'000)
        .example("100"),
    field<&AuthorizationCheckFields::effective_from>("First day on which it counts; null: always")
        .example("2031-03-01"),
    field<&AuthorizationCheckFields::effective_to>("Last day on which it counts; null: for ever").example("2031-12-31"),
    field<&AuthorizationCheckFields::tenant_wide>("It concerns every card, without links; false unless told"),
    field<&AuthorizationCheckFields::is_active>("It counts; true unless told"),
};
inline constexpr auto authorization_check_fields = join_fields(
    authorization_check_head, join_fields(flat_criteria_fields<AuthorizationCheckFields>(), authorization_check_rest));
inline constexpr std::array velocity_check_head{
    field<&VelocityCheckFields::name>("Name, unique").required().length(1, 100).example("Daily cash"),
    field<&VelocityCheckFields::rule>("Which transactions it is about, beside the criteria: a rule as text, or a query "
                                      "builder's JSON as a text. Answers give the canonical text")
        .length(0, rule_text_max)
        .example("cardAcceptorCountry != \"TR\""),
    field<&VelocityCheckFields::criteria>(
        "Which transactions it is about; what is absent or Unknown is no restriction"),
};
inline constexpr std::array velocity_check_rest{
    field<&VelocityCheckFields::period>("In which time amounts and counts are added up").required().example("Daily"),
    field<&VelocityCheckFields::currency>("ISO 4217 numeric code: it is for accounts in this currency; null: for all")
        .range(1, 999)
        .example("949"),
    field<&VelocityCheckFields::limit_amount>("Most that is approved in one period; this or limitCount is needed")
        .range(0, app::transactions::amount_max_major)
        .example("5000.00"),
    field<&VelocityCheckFields::limit_count>("How many are approved in one period").range(0, 1'000'000).example("5"),
    field<&VelocityCheckFields::min_amount>("Smaller transactions are neither refused nor counted")
        .range(0, app::transactions::amount_max_major)
        .example("10.00"),
    field<&VelocityCheckFields::effective_from>("First day on which it counts; null: always").example("2031-03-01"),
    field<&VelocityCheckFields::effective_to>("Last day on which it counts; null: for ever").example("2031-12-31"),
    field<&VelocityCheckFields::response_code>(
        "When it refuses; ExceedsWithdrawalAmountLimit or ExceedsWithdrawalFrequencyLimit unless told")
        .example("ExceedsWithdrawalAmountLimit"),
    field<&VelocityCheckFields::tenant_wide>("It concerns every card, without links; false unless told"),
    field<&VelocityCheckFields::is_active>("It counts; true unless told"),
};
inline constexpr auto velocity_check_fields =
    join_fields(velocity_check_head, join_fields(flat_criteria_fields<VelocityCheckFields>(), velocity_check_rest));

/// What the platform adds to a control; T: its answer.
template <class T>
constexpr std::array<Field, 5> control_answer_fields() {
    return {
        field<&T::id>("Number given by the platform").required().example("61234567890"),
        field<&T::active_version_no>("Which of its versions it is").required().example("1"),
        field<&T::version>("Rises with every change, of its draft too: for If-Match").required().example("1"),
        field<&T::creation_time>("When it was created").required().example("2031-03-01T10:00:00Z"),
        field<&T::warnings>("Legal, but probably not meant; told when it is changed"),
    };
}
/// T: a version's answer.
template <class T>
constexpr std::array<Field, 8> control_version_fields() {
    return {
        field<&T::version_no>("1, 2 ... of its control").required().example("2"),
        field<&T::state>("Draft, Shadow, Active or Retired").required().example("Draft"),
        field<&T::definition>("What it says").required(),
        field<&T::user_id>("Who wrote it"),
        field<&T::user_name>("Who wrote it, by name"),
        field<&T::creation_time>("When it was written").required().example("2031-03-01T10:00:00Z"),
        field<&T::active_since>("Since when it counts or counted"),
        field<&T::active_until>("Until when it counted"),
    };
}
inline constexpr auto link_to_doc = "Whom it concerns from the start; as the Link endpoint takes it";

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::UpdateAuthorizationCheckDto> {
    static constexpr std::string_view name = "UpdateAuthorizationCheckDto";
    static constexpr auto fields = api::authorization_check_fields;
};
template <>
struct Describe<api::CreateAuthorizationCheckDto> {
    using T = api::CreateAuthorizationCheckDto;
    static constexpr std::string_view name = "CreateAuthorizationCheckDto";
    static constexpr auto fields =
        join_fields(api::authorization_check_fields, std::array{field<&T::link_to>(api::link_to_doc)});
};
template <>
struct Describe<api::AuthorizationCheckDto> {
    using T = api::AuthorizationCheckDto;
    static constexpr std::string_view name = "AuthorizationCheckDto";
    static constexpr auto fields = join_fields(api::authorization_check_fields, api::control_answer_fields<T>());
};
template <>
struct Describe<api::UpdateVelocityCheckDto> {
    static constexpr std::string_view name = "UpdateVelocityCheckDto";
    static constexpr auto fields = api::velocity_check_fields;
};
template <>
struct Describe<api::CreateVelocityCheckDto> {
    using T = api::CreateVelocityCheckDto;
    static constexpr std::string_view name = "CreateVelocityCheckDto";
    static constexpr auto fields =
        join_fields(api::velocity_check_fields, std::array{field<&T::link_to>(api::link_to_doc)});
};
template <>
struct Describe<api::VelocityCheckDto> {
    using T = api::VelocityCheckDto;
    static constexpr std::string_view name = "VelocityCheckDto";
    static constexpr auto fields = join_fields(api::velocity_check_fields, api::control_answer_fields<T>());
};
template <>
struct Describe<api::AuthorizationCheckVersionDto> {
    using T = api::AuthorizationCheckVersionDto;
    static constexpr std::string_view name = "AuthorizationCheckVersionDto";
    static constexpr auto fields = api::control_version_fields<T>();
};
template <>
struct Describe<api::VelocityCheckVersionDto> {
    using T = api::VelocityCheckVersionDto;
    static constexpr std::string_view name = "VelocityCheckVersionDto";
    static constexpr auto fields = api::control_version_fields<T>();
};
template <>
struct Describe<api::RollbackControlDto> {
    using T = api::RollbackControlDto;
    static constexpr std::string_view name = "RollbackControlDto";
    static constexpr std::array fields{
        field<&T::version_no>("A version that was active once").required().range(1, 1'000'000'000).example("1"),
    };
};
template <>
struct Describe<api::AuthorizationCheckListQuery> {
    using T = api::AuthorizationCheckListQuery;
    static constexpr std::string_view name = "AuthorizationCheckListQuery";
    static constexpr std::array fields{
        field<&T::name>("Part of the name").length(1, 100),
        field<&T::is_active>("Only active ones, or only others"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
    };
};
template <>
struct Describe<api::VelocityCheckListQuery> {
    using T = api::VelocityCheckListQuery;
    static constexpr std::string_view name = "VelocityCheckListQuery";
    static constexpr auto fields =
        join_fields(Describe<api::AuthorizationCheckListQuery>::fields,
                    std::array{field<&T::tenant_wide>("Only those for every card, or only others")});
};
template <>
struct Describe<api::ControlVersionListQuery> {
    using T = api::ControlVersionListQuery;
    static constexpr std::string_view name = "ControlVersionListQuery";
    static constexpr std::array fields{
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
    };
};

}  // namespace takas
