// Bodies and answers of back-tests and of the reports on drafts in shadow. Reports of back-tests are described where
// they are stored: core/control/backtest_run.hpp.
#pragma once

#include "api/controls/control_dto.hpp"
#include "api/framework/page.hpp"
#include "core/control/backtest_run.hpp"
#include "core/control/consider.hpp"

namespace takas::api {

struct BacktestPeriodFields {
    Instant from, to;
};
struct AuthorizationBacktestDto : BacktestPeriodFields {
    std::optional<UpdateAuthorizationCheckDto> definition;
    std::optional<std::int64_t> version_no;
};
struct VelocityBacktestDto : BacktestPeriodFields {
    std::optional<UpdateVelocityCheckDto> definition;
    std::optional<std::int64_t> version_no;
};
struct BacktestAuthorizationCheckDto : AuthorizationCheckFields {
    std::optional<EntityId> id;
};
struct BacktestVelocityCheckDto : VelocityCheckFields {
    std::optional<EntityId> id;
};
struct BacktestSetDto {
    std::optional<std::vector<BacktestAuthorizationCheckDto>> authorization_controls;
    std::optional<std::vector<BacktestVelocityCheckDto>> velocity_controls;
};
struct SetBacktestDto : BacktestPeriodFields {
    std::optional<BacktestSetDto> set;
};

struct BacktestListItemDto {
    EntityId id;
    core::control::BacktestState state{};
    Instant from, to;
    std::vector<core::control::BacktestSubject> tested;
    std::int32_t progress_percent = 0;
    std::int64_t decision_count = 0;
    std::string creator_id, user_name;
    Instant creation_time;
    std::optional<Instant> started_at, finished_at;
};
struct BacktestDto : BacktestListItemDto {
    std::optional<core::control::BacktestReport> report;
};
struct BacktestListQuery : PageFields {
    std::optional<core::control::BacktestState> state;
};

struct ShadowReportQuery {
    std::optional<TransactionId> after;
};
struct ShadowSampleDto {
    TransactionId transaction_id;
    TokenId token_id;
    Instant transaction_time;
    Decimal billing_amount;
    core::money::Currency billing_currency;
    core::authorization::ResponseCode response_code{};
    std::optional<core::control::ItemOutcome> active_outcome;
    core::control::ItemOutcome draft_outcome{};
};
struct ShadowReportDto {
    std::int64_t version_no = 0;
    Instant since;
    std::int64_t scanned_count = 0, considered_count = 0, matched_count = 0, would_refuse_count = 0;
    std::int64_t newly_refused_count = 0, no_longer_refused_count = 0;
    std::vector<ShadowSampleDto> samples;
    std::optional<TransactionId> next_after;
};

inline constexpr std::array backtest_period_fields{
    field<&BacktestPeriodFields::from>("From this moment on decisions are made again; earlier ones are read for the "
                                       "counters as far as the longest window reaches")
        .required()
        .example("2031-03-01T00:00:00Z"),
    field<&BacktestPeriodFields::to>("Until before this moment, at most 400 days later; the future counts as now")
        .required()
        .example("2031-03-31T00:00:00Z"),
};
template <class T>
constexpr auto control_backtest_fields() {
    return join_fields(
        backtest_period_fields,
        std::array{field<&T::definition>("What the control would say. Absent: versionNo, else its draft, else what it "
                                         "says now"),
                   field<&T::version_no>("A version of it; counts only without definition").range(1, 1'000'000'000)});
}
template <class T>
constexpr auto backtest_fields() {
    return std::array{
        field<&T::id>("The back-test").required().example("61234567890"),
        field<&T::state>("Queued, Running, Completed, Failed or Cancelled").required().example("Completed"),
        field<&T::from>("From this moment on").required(),
        field<&T::to>("Until before this moment").required(),
        field<&T::tested>("What was tried in place of what is in force; empty: nothing, so nothing differs").required(),
        field<&T::progress_percent>("How far it is").required().example("100"),
        field<&T::decision_count>("Decisions that were made again so far").required().example("128000"),
        field<&T::creator_id>("User who asked for it").required(),
        field<&T::user_name>("The user's name").required(),
        field<&T::creation_time>("When it was asked for").required(),
        field<&T::started_at>("When it began"),
        field<&T::finished_at>("When it ended"),
    };
}

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::AuthorizationBacktestDto> {
    static constexpr std::string_view name = "AuthorizationBacktestDto";
    static constexpr auto fields = api::control_backtest_fields<api::AuthorizationBacktestDto>();
};
template <>
struct Describe<api::VelocityBacktestDto> {
    static constexpr std::string_view name = "VelocityBacktestDto";
    static constexpr auto fields = api::control_backtest_fields<api::VelocityBacktestDto>();
};
template <>
struct Describe<api::BacktestAuthorizationCheckDto> {
    using T = api::BacktestAuthorizationCheckDto;
    static constexpr std::string_view name = "BacktestAuthorizationCheckDto";
    static constexpr auto fields =
        join_fields(api::authorization_check_fields,
                    std::array{field<&T::id>("The control whose links it keeps; absent: a new one, which concerns "
                                             "cards only when it is tenantWide")
                                   .range(1, 9'007'199'254'740'991)});
};
template <>
struct Describe<api::BacktestVelocityCheckDto> {
    using T = api::BacktestVelocityCheckDto;
    static constexpr std::string_view name = "BacktestVelocityCheckDto";
    static constexpr auto fields =
        join_fields(api::velocity_check_fields,
                    std::array{field<&T::id>("The control whose links it keeps; absent: a new one, which concerns "
                                             "cards only when it is tenantWide")
                                   .range(1, 9'007'199'254'740'991)});
};
template <>
struct Describe<api::BacktestSetDto> {
    using T = api::BacktestSetDto;
    static constexpr std::string_view name = "BacktestSetDto";
    static constexpr std::array fields{
        field<&T::authorization_controls>("In place of all authorization controls; absent: those in force stay")
            .length(0, 1000),
        field<&T::velocity_controls>("In place of all velocity controls; absent: those in force stay").length(0, 1000),
    };
};
template <>
struct Describe<api::SetBacktestDto> {
    using T = api::SetBacktestDto;
    static constexpr std::string_view name = "SetBacktestDto";
    static constexpr auto fields = join_fields(api::backtest_period_fields,
                                               std::array{field<&T::set>("What is tried. Absent: all drafts at once")});
};
template <>
struct Describe<api::BacktestListItemDto> {
    static constexpr std::string_view name = "BacktestListItemDto";
    static constexpr auto fields = api::backtest_fields<api::BacktestListItemDto>();
};
template <>
struct Describe<api::BacktestDto> {
    using T = api::BacktestDto;
    static constexpr std::string_view name = "BacktestDto";
    static constexpr auto fields =
        join_fields(api::backtest_fields<T>(), std::array{field<&T::report>("What came out, when it is Completed")});
};
template <>
struct Describe<api::BacktestListQuery> {
    using T = api::BacktestListQuery;
    static constexpr std::string_view name = "BacktestListQuery";
    static constexpr std::array fields{
        field<&T::state>("In this state"), api::page_field_skip<T>(),   api::page_field_max<T>(),
        api::page_field_sorting<T>(),      api::page_field_cursor<T>(),
    };
};
template <>
struct Describe<api::ShadowReportQuery> {
    using T = api::ShadowReportQuery;
    static constexpr std::string_view name = "ShadowReportQuery";
    static constexpr std::array fields{
        field<&T::after>("nextAfter of the page before").range(1, 9'007'199'254'740'991).example("61234567890"),
    };
};
template <>
struct Describe<api::ShadowSampleDto> {
    using T = api::ShadowSampleDto;
    static constexpr std::string_view name = "ShadowSampleDto";
    static constexpr std::array fields{
        field<&T::transaction_id>("The transaction").required().example("61234567890"),
        field<&T::token_id>("Its card").required().example("61234567891"),
        field<&T::transaction_time>("When it was decided").required(),
        field<&T::billing_amount>("Its amount in the account's currency").required().example("750.00"),
        field<&T::billing_currency>("The account's currency, ISO 4217 number").required().example("949"),
        field<&T::response_code>("What was answered").required().example("Approved"),
        field<&T::active_outcome>("What the control in force came to; null: it did not concern the card")
            .example("Within"),
        field<&T::draft_outcome>("What the draft came to").required().example("AmountExceeded"),
    };
};
template <>
struct Describe<api::ShadowReportDto> {
    using T = api::ShadowReportDto;
    static constexpr std::string_view name = "ShadowReportDto";
    static constexpr std::array fields{
        field<&T::version_no>("Version of the draft").required().example("4"),
        field<&T::since>("Since when it says what it says").required(),
        field<&T::scanned_count>("Transactions of this page that were looked at, oldest first").required(),
        field<&T::considered_count>("Of these, those of cards that the draft concerns").required(),
        field<&T::matched_count>("Of these, those that it matched").required(),
        field<&T::would_refuse_count>("Of these, those that it would have refused").required(),
        field<&T::newly_refused_count>("Approved ones that it would have refused").required(),
        field<&T::no_longer_refused_count>("Declined ones that the control in force refused and the draft would not")
            .required(),
        field<&T::samples>("Some of those that it would have decided otherwise").required(),
        field<&T::next_after>("Where the next page begins; null: this was all"),
    };
};

}  // namespace takas
