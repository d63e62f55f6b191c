// Authorization controls: may this be done at all?
#include "api/controls/control_rows.hpp"
#include "api/controls/endpoints.hpp"

namespace takas::api {
namespace {

struct AuthorizationControls {
    using Control = core::control::AuthorizationControl;
    using CreateDto = CreateAuthorizationCheckDto;
    using UpdateDto = UpdateAuthorizationCheckDto;
    using Dto = AuthorizationCheckDto;
    using VersionDto = AuthorizationCheckVersionDto;
    using ListQuery = AuthorizationCheckListQuery;
    static constexpr std::string_view table = "authorization_control";
};

constexpr std::string_view tag_name = "AuthorizationControl";

struct AuthorizationControlLinks {
    using Control = core::control::AuthorizationControl;
    using Body = CreateUpdateAuthorizationCheckLinkDto;
    using Row = AuthorizationCheckLinkDto;
    static constexpr auto family = core::control::Family::authorization_control;
    static constexpr auto control_id = &AuthorizationCheckLinkDto::authorization_check_id;
    static constexpr Permission read = Permission::control_read, write = Permission::control_write;
    static constexpr std::string_view tag = tag_name, of_one = "/api/v1/issuing/authorization-control/{id}/link",
                                      one = "/api/v1/issuing/authorization-control/link/{linkId}",
                                      link_operation = "linkAuthorizationControl",
                                      unlink_operation = "unlinkAuthorizationControl",
                                      list_operation = "getAuthorizationControlLinks",
                                      link_summary = "Link an authorization control; all targets or none",
                                      unlink_summary = "Unlink an authorization control",
                                      list_summary = "List whom an authorization control concerns";
};

using enum Method;
using enum ErrorCode;
using F = AuthorizationControls;

constexpr std::string_view all = "/api/v1/issuing/authorization-control";
constexpr std::string_view one = "/api/v1/issuing/authorization-control/{id}";
constexpr std::string_view draft = "/api/v1/issuing/authorization-control/{id}/draft";
constexpr auto reads = Permission::control_read;
constexpr auto writes = Permission::control_write;
constexpr auto none = Idempotency::none;

constexpr std::array control_rows{
    with_etag(endpoint<&create_control<F>>(
        post, all, "createAuthorizationControl", tag_name, "Create an authorization control", writes,
        Idempotency::accepted,
        {control_exists, control_link_exists, control_dates_reversed, control_response_not_decline,
         control_contradiction, too_many_controls, rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large,
         rule_field_not_in_scope, card_not_found, product_not_found, group_not_found, segment_not_found})),
    endpoint<&list_controls<F>>(get, all, "getAuthorizationControlList", tag_name, "List authorization controls", reads,
                                none),
    with_etag(endpoint<&get_control<F>>(get, one, "getAuthorizationControl", tag_name, "Get an authorization control",
                                        reads, none, {control_not_found})),
    with_if_match(with_etag(endpoint<&update_control<F>>(
        put, one, "updateAuthorizationControl", tag_name, "Replace what an authorization control says", writes, none,
        {control_not_found, control_exists, control_dates_reversed, control_response_not_decline, control_contradiction,
         rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope,
         concurrent_change}))),
    with_if_match(endpoint<&delete_control<F>>(del, one, "deleteAuthorizationControl", tag_name,
                                               "Delete an authorization control with its links", writes, none,
                                               {control_not_found, concurrent_change})),
    endpoint<&list_versions<F>>(
        get, "/api/v1/issuing/authorization-control/{id}/version", "getAuthorizationControlVersions", tag_name,
        "List what an authorization control said, newest first", reads, none, {control_not_found}),
    with_if_match(with_etag(endpoint<&put_draft<F>>(
        put, draft, "putAuthorizationControlDraft", tag_name,
        "Make or replace the draft of an authorization control; it does not count yet", writes, none,
        {control_not_found, control_exists, control_dates_reversed, control_response_not_decline, control_contradiction,
         rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope,
         concurrent_change}))),
    with_if_match(with_etag(endpoint<&shadow_draft<F>>(
        post, "/api/v1/issuing/authorization-control/{id}/draft/shadow", "shadowAuthorizationControlDraft", tag_name,
        "Evaluate and record the draft with every decision, without letting it decide", writes, none,
        {control_not_found, control_no_draft, too_many_controls, concurrent_change}))),
    with_if_match(with_etag(endpoint<&promote_draft<F>>(
        post, "/api/v1/issuing/authorization-control/{id}/draft/promote", "promoteAuthorizationControlDraft", tag_name,
        "Let the draft count from now on", writes, none,
        {control_not_found, control_no_draft, control_exists, control_contradiction, concurrent_change}))),
    with_if_match(endpoint<&drop_draft<F>>(del, draft, "deleteAuthorizationControlDraft", tag_name, "Give the draft up",
                                           writes, none, {control_not_found, control_no_draft, concurrent_change})),
    with_if_match(with_etag(endpoint<&roll_back<F>>(
        post, "/api/v1/issuing/authorization-control/{id}/rollback", "rollBackAuthorizationControl", tag_name,
        "Make a new version that says what an earlier one said", writes, none,
        {control_not_found, control_version_not_found, control_exists, control_contradiction, concurrent_change}))),
};
constexpr auto links = link_rows<AuthorizationControlLinks>();

}  // namespace

std::span<const Endpoint> authorization_control_endpoints() { return control_rows; }
std::span<const Endpoint> authorization_link_endpoints() { return links; }

}  // namespace takas::api
