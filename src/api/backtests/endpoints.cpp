#include "api/backtests/endpoints.hpp"

#include "api/backtests/dto.hpp"
#include "app/backtests/backtests.hpp"
#include "app/backtests/shadow_report.hpp"
#include "app/transactions/transaction_view.hpp"

namespace takas::api {
namespace {

namespace backtests = app::backtests;
using core::control::AuthorizationControl;
using core::control::BacktestRun;
using core::control::VelocityControl;

void fill(BacktestListItemDto& dto, const BacktestRun& run) {
    dto.id = run.id, dto.state = run.state;
    dto.from = run.from_at, dto.to = run.to_at;
    dto.tested = run.tested;
    dto.progress_percent = run.progress_percent, dto.decision_count = run.decision_count;
    dto.creator_id = run.creator_id, dto.user_name = run.user_name;
    dto.creation_time = run.creation_time;
    dto.started_at = run.started_at, dto.finished_at = run.finished_at;
}

Result<BacktestDto> answer_of(Result<BacktestRun> run) {
    if (!run) return std::unexpected(std::move(run.error()));
    BacktestDto dto;
    fill(dto, *run);
    dto.report = std::move(run->report);
    return dto;
}

Result<BacktestDto> create(Call& call, const BacktestPeriodFields& period, Result<backtests::Tried> tried) {
    if (!tried) return std::unexpected(std::move(tried.error()));
    return answer_of(backtests::create_backtest(call.context, {period.from, period.to}, std::move(*tried)));
}

template <class Control, class Body>
Result<BacktestDto> test_control(Call& call, const Body& body) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::control_not_found);
    if (!id) return std::unexpected(id.error());
    std::optional<Control> definition;
    if (body.definition) {
        auto wanted = control_of(*body.definition);
        if (!wanted) return std::unexpected(std::move(wanted.error()));
        definition = std::move(*wanted);
    }
    return create(call, body, backtests::tried_of<Control>(call.context, *id, std::move(definition), body.version_no));
}

template <class Control, class Dto>
Result<std::vector<Control>> controls_of(const std::vector<Dto>& dtos) {
    std::vector<Control> all;
    for (const Dto& dto : dtos) {
        auto control = control_of(dto);
        if (!control) return std::unexpected(std::move(control.error()));
        control->id = dto.id.value_or(EntityId{});
        all.push_back(std::move(*control));
    }
    return all;
}

Result<BacktestDto> test_set(Call& call, const SetBacktestDto& body) {
    if (!body.set) return create(call, body, backtests::all_drafts(call.context));
    backtests::WholeSet set;
    if (body.set->authorization_controls) {
        auto all = controls_of<AuthorizationControl>(*body.set->authorization_controls);
        if (!all) return std::unexpected(std::move(all.error()));
        set.authorization_controls = std::move(*all);
    }
    if (body.set->velocity_controls) {
        auto all = controls_of<VelocityControl>(*body.set->velocity_controls);
        if (!all) return std::unexpected(std::move(all.error()));
        set.velocity_controls = std::move(*all);
    }
    return create(call, body, backtests::tried_of(call.context, std::move(set)));
}

Result<BacktestDto> get_backtest(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::not_found);
    if (!id) return std::unexpected(id.error());
    return answer_of(backtests::get_backtest(call.context, *id));
}

constexpr std::array sort_columns{SortColumn{"id", "id"}, SortColumn{"creationTime", "creation_time"}};

Result<Paged<BacktestListItemDto>> list_backtests(Call& call, const Query<BacktestListQuery>& query) {
    const auto wish = page_wish(query.value, sort_columns);
    if (!wish) return std::unexpected(wish.error());
    const auto page = backtests::list_backtests(call.context, query.value.state, *wish);
    if (!page) return std::unexpected(page.error());
    Paged<BacktestListItemDto> answer{page->total_count, {}, page->next_cursor};
    for (const BacktestRun& run : page->rows) fill(answer.items.emplace_back(), run);
    return answer;
}

Result<NoContent> cancel_backtest(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::not_found);
    if (!id) return std::unexpected(id.error());
    if (auto done = backtests::cancel_backtest(call.context, *id); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <class Control>
Result<ShadowReportDto> report_shadow(Call& call, const Query<ShadowReportQuery>& query) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::control_not_found);
    if (!id) return std::unexpected(id.error());
    const auto report =
        backtests::shadow_report<Control>(call.context, *id, query.value.after.value_or(TransactionId{}));
    if (!report) return std::unexpected(report.error());
    ShadowReportDto dto{report->version_no,
                        report->since,
                        report->scanned,
                        report->considered,
                        report->matched,
                        report->would_refuse,
                        report->newly_refused,
                        report->no_longer_refused,
                        {},
                        {}};
    for (const auto& [t, active, draft] : report->samples)
        dto.samples.push_back({t.transaction_id, t.token_id, t.transaction_time,
                               app::transactions::major_units(t.billing_amount_minor, t.billing_currency),
                               t.billing_currency, t.response_code, active, draft});
    if (report->next_after) dto.next_after = report->next_after;
    return dto;
}

using enum Method;
using enum ErrorCode;

constexpr std::string_view of_authorization = "AuthorizationControl", of_velocity = "VelocityControl", tag = "Backtest";

constexpr std::array rows{
    endpoint<&test_control<AuthorizationControl, AuthorizationBacktestDto>>(
        post, "/api/v1/issuing/authorization-control/{id}/backtest", "backtestAuthorizationControl", of_authorization,
        "Try a definition, version or draft of an authorization control on past transactions",
        Permission::control_write, Idempotency::accepted,
        {control_not_found, control_version_not_found, control_dates_reversed, control_response_not_decline,
         control_contradiction, rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large,
         rule_field_not_in_scope}),
    endpoint<&test_control<VelocityControl, VelocityBacktestDto>>(
        post, "/api/v1/issuing/velocity-control/{id}/backtest", "backtestVelocityControl", of_velocity,
        "Try a definition, version or draft of a velocity control on past transactions", Permission::control_write,
        Idempotency::accepted,
        {control_not_found, control_version_not_found, control_dates_reversed, control_response_not_decline,
         control_limit_missing, rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large,
         rule_field_not_in_scope}),
    endpoint<&test_set>(post, "/api/v1/issuing/backtest", "backtestControls", tag,
                        "Try a whole set of controls, or all drafts, on past transactions", Permission::control_write,
                        Idempotency::accepted,
                        {control_not_found, control_dates_reversed, control_response_not_decline, control_limit_missing,
                         control_contradiction, too_many_controls, rule_syntax, rule_field_unknown, rule_type_mismatch,
                         rule_too_large, rule_field_not_in_scope}),
    endpoint<&list_backtests>(get, "/api/v1/issuing/backtest", "getBacktestList", tag, "List back-tests, newest first",
                              Permission::control_read, Idempotency::none),
    endpoint<&get_backtest>(get, "/api/v1/issuing/backtest/{id}", "getBacktest", tag,
                            "Get a back-test: how far it is, and what came out", Permission::control_read,
                            Idempotency::none, {not_found}),
    endpoint<&cancel_backtest>(del, "/api/v1/issuing/backtest/{id}", "cancelBacktest", tag,
                               "Cancel a back-test that is not finished; delete one that is", Permission::control_write,
                               Idempotency::none, {not_found, concurrent_change}),
    endpoint<&report_shadow<AuthorizationControl>>(
        get, "/api/v1/issuing/authorization-control/{id}/shadow-report", "getAuthorizationControlShadowReport",
        of_authorization, "Report what the draft in shadow would have decided", Permission::control_read,
        Idempotency::none, {control_not_found, control_no_draft}),
    endpoint<&report_shadow<VelocityControl>>(
        get, "/api/v1/issuing/velocity-control/{id}/shadow-report", "getVelocityControlShadowReport", of_velocity,
        "Report what the draft in shadow would have decided", Permission::control_read, Idempotency::none,
        {control_not_found, control_no_draft}),
};

}  // namespace

std::span<const Endpoint> backtest_endpoints() { return rows; }

}  // namespace takas::api
