// The endpoints of a family of controls, from what is different about it: eight of the contract, seven for versions.
// The two families say what that is (authorization_endpoints.cpp, velocity_endpoints.cpp).
#pragma once

#include "api/controls/control_dto.hpp"
#include "api/controls/link_rows.hpp"
#include "api/framework/etag.hpp"

namespace takas::api {

/// How an endpoint is called, and what it does.
struct Operation {
    std::string_view id, summary;
};

/// Which control the path names, and which version of it the caller has seen.
struct NamedControl {
    EntityId id;
    app::SeenVersion seen;
};
inline Result<NamedControl> named_control(const Call& call) {
    const auto seen = seen_version(call);
    if (!seen) return std::unexpected(seen.error());
    const auto id = call.path_id<EntityId>("id", ErrorCode::control_not_found);
    if (!id) return std::unexpected(id.error());
    return NamedControl{*id, *seen};
}

inline std::vector<std::string> texts_of(const Call& call, const app::controls::Warnings& warnings) {
    std::vector<std::string> texts;
    for (const app::controls::Warning& one : warnings)
        texts.push_back(call.context.language == app::Language::english ? one.english : one.turkish);
    return texts;
}

/// F: the family's types (AuthorizationControls, VelocityControls).
template <class F>
Result<typename F::Dto> saved_answer(Call& call, const Result<app::controls::Saved<typename F::Control>>& saved) {
    if (!saved) return std::unexpected(saved.error());
    set_etag(call, saved->control.version);
    typename F::Dto dto = to_dto(saved->control);
    dto.warnings = texts_of(call, saved->warnings);
    return dto;
}

template <class F>
typename F::VersionDto version_dto(const Call& call, const app::controls::SavedVersion<typename F::Control>& saved) {
    typename F::VersionDto dto;
    fill(dto, saved.version);
    dto.definition = to_dto(saved.definition);
    if (!saved.warnings.empty()) dto.definition.warnings = texts_of(call, saved.warnings);
    return dto;
}

template <class F>
Result<typename F::VersionDto> version_answer(Call& call,
                                              const Result<app::controls::SavedVersion<typename F::Control>>& saved) {
    if (!saved) return std::unexpected(saved.error());
    set_etag(call, saved->control_version);
    return version_dto<F>(call, *saved);
}

template <class F>
Result<typename F::Dto> create_control(Call& call, const typename F::CreateDto& body) {
    auto wanted = control_of(body);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    std::optional<app::controls::LinkWish> link_to;
    if (body.link_to) link_to = wish_of(*body.link_to);
    call.on_conflict(F::table, ErrorCode::control_exists);
    call.on_conflict("control_link", ErrorCode::control_link_exists);
    return saved_answer<F>(call, app::controls::create_control(call.context, std::move(*wanted), link_to));
}

template <class F>
Result<typename F::Dto> update_control(Call& call, const typename F::UpdateDto& body) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    auto wanted = control_of(body);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    return saved_answer<F>(call,
                           app::controls::update_control(call.context, named->id, std::move(*wanted), named->seen));
}

template <class F>
Result<typename F::Dto> get_control(Call& call) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::control_not_found);
    if (!id) return std::unexpected(id.error());
    const auto control = app::controls::get_control<typename F::Control>(call.context, *id);
    if (!control) return std::unexpected(control.error());
    set_etag(call, control->version);
    return to_dto(*control);
}

template <class F>
Result<std::vector<typename F::Dto>> list_controls(Call& call, const Query<typename F::ListQuery>& query) {
    static constexpr std::array sort_columns{SortColumn{"id", "id"}, SortColumn{"name", "name"},
                                             SortColumn{"creationTime", "creation_time"}};
    const typename F::ListQuery& q = query.value;
    auto order = parse_sorting(q.sorting, sort_columns);
    if (!order) return std::unexpected(std::move(order.error()));
    app::controls::ControlQuery wanted{q.name, q.is_active, {}, {std::move(*order), q.skip_count, q.max_result_count}};
    if constexpr (requires { q.tenant_wide; }) wanted.tenant_wide = q.tenant_wide;
    const auto controls = app::controls::list_controls<typename F::Control>(call.context, wanted);
    if (!controls) return std::unexpected(controls.error());
    std::vector<typename F::Dto> answer;
    for (const auto& control : *controls) answer.push_back(to_dto(control));
    return answer;
}

template <class F>
Result<NoContent> delete_control(Call& call) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    if (auto done = app::controls::delete_control<typename F::Control>(call.context, named->id, named->seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <class F>
Result<std::vector<typename F::VersionDto>> list_versions(Call& call, const Query<ControlVersionListQuery>& query) {
    const auto id = call.path_id<EntityId>("id", ErrorCode::control_not_found);
    if (!id) return std::unexpected(id.error());
    const auto versions = app::controls::list_versions<typename F::Control>(call.context, *id, query.value.skip_count,
                                                                            query.value.max_result_count);
    if (!versions) return std::unexpected(versions.error());
    std::vector<typename F::VersionDto> answer;
    for (const auto& one : *versions) answer.push_back(version_dto<F>(call, one));
    return answer;
}

template <class F>
Result<typename F::VersionDto> put_draft(Call& call, const typename F::UpdateDto& body) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    auto wanted = control_of(body);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    return version_answer<F>(call, app::controls::put_draft(call.context, named->id, std::move(*wanted), named->seen));
}

template <class F>
Result<typename F::VersionDto> shadow_draft(Call& call) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    return version_answer<F>(call,
                             app::controls::shadow_draft<typename F::Control>(call.context, named->id, named->seen));
}

template <class F>
Result<typename F::Dto> promote_draft(Call& call) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    return saved_answer<F>(call,
                           app::controls::promote_draft<typename F::Control>(call.context, named->id, named->seen));
}

template <class F>
Result<NoContent> drop_draft(Call& call) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    if (auto done = app::controls::drop_draft<typename F::Control>(call.context, named->id, named->seen); !done)
        return std::unexpected(std::move(done.error()));
    return NoContent{};
}

template <class F>
Result<typename F::Dto> roll_back(Call& call, const RollbackControlDto& body) {
    const auto named = named_control(call);
    if (!named) return std::unexpected(named.error());
    return saved_answer<F>(
        call, app::controls::roll_back<typename F::Control>(call.context, named->id, body.version_no, named->seen));
}

/// A row of a family's table.
template <class F, auto Handler>
constexpr Endpoint control_row(Method method, std::string_view path, const Operation& operation, ErrorList errors = {},
                               Idempotency idempotency = Idempotency::none) {
    const Permission permission = method == Method::get ? F::read : F::write;
    return endpoint<Handler>(method, path, operation.id, F::tag, operation.summary, permission, idempotency, errors);
}

/// All but the links (link_rows.hpp). F::own_error: what only this family refuses to be told.
template <class F>
constexpr std::array<Endpoint, 11> control_rows_of() {
    using enum Method;
    using enum ErrorCode;
    constexpr ErrorList of_new{control_exists,
                               control_link_exists,
                               control_dates_reversed,
                               control_response_not_decline,
                               F::own_error,
                               too_many_controls,
                               rule_syntax,
                               rule_field_unknown,
                               rule_type_mismatch,
                               rule_too_large,
                               rule_field_not_in_scope,
                               card_not_found,
                               product_not_found,
                               group_not_found,
                               segment_not_found};
    constexpr ErrorList of_change{control_not_found,      control_exists,
                                  control_dates_reversed, control_response_not_decline,
                                  F::own_error,           rule_syntax,
                                  rule_field_unknown,     rule_type_mismatch,
                                  rule_too_large,         rule_field_not_in_scope,
                                  concurrent_change};
    return {
        with_etag(control_row<F, &create_control<F>>(post, F::all, F::creating, of_new, Idempotency::accepted)),
        control_row<F, &list_controls<F>>(get, F::all, F::listing),
        with_etag(control_row<F, &get_control<F>>(get, F::by_id, F::getting, {control_not_found})),
        with_if_match(with_etag(control_row<F, &update_control<F>>(put, F::by_id, F::updating, of_change))),
        with_if_match(
            control_row<F, &delete_control<F>>(del, F::by_id, F::deleting, {control_not_found, concurrent_change})),
        control_row<F, &list_versions<F>>(get, F::versions, F::listing_versions, {control_not_found}),
        with_if_match(with_etag(control_row<F, &put_draft<F>>(put, F::draft, F::drafting, of_change))),
        with_if_match(with_etag(control_row<F, &shadow_draft<F>>(
            post, F::shadow, F::shadowing,
            {control_not_found, control_no_draft, too_many_controls, concurrent_change}))),
        with_if_match(with_etag(control_row<F, &promote_draft<F>>(post, F::promote, F::promoting, F::of_promotion))),
        with_if_match(control_row<F, &drop_draft<F>>(del, F::draft, F::dropping,
                                                     {control_not_found, control_no_draft, concurrent_change})),
        with_if_match(with_etag(control_row<F, &roll_back<F>>(post, F::rollback, F::rolling_back, F::of_rollback))),
    };
}

}  // namespace takas::api
