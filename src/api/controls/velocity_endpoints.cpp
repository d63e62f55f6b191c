// Velocity controls: how much and how often, in which time?
#include "api/controls/control_rows.hpp"
#include "api/controls/endpoints.hpp"

namespace takas::api {
namespace {

struct VelocityControls {
    using Control = core::control::VelocityControl;
    using CreateDto = CreateVelocityCheckDto;
    using UpdateDto = UpdateVelocityCheckDto;
    using Dto = VelocityCheckDto;
    using VersionDto = VelocityCheckVersionDto;
    using ListQuery = VelocityCheckListQuery;
    static constexpr std::string_view table = "velocity_control";
};

constexpr std::string_view tag_name = "VelocityControl";

struct VelocityControlLinks {
    using Control = core::control::VelocityControl;
    using Body = CreateUpdateVelocityCheckLinkDto;
    using Row = VelocityCheckLinkDto;
    static constexpr auto family = core::control::Family::velocity_control;
    static constexpr auto control_id = &VelocityCheckLinkDto::velocity_check_id;
    static constexpr Permission read = Permission::control_read, write = Permission::control_write;
    static constexpr std::string_view tag = tag_name, of_one = "/api/v1/issuing/velocity-control/{id}/link",
                                      one = "/api/v1/issuing/velocity-control/link/{linkId}",
                                      link_operation = "linkVelocityControl",
                                      unlink_operation = "unlinkVelocityControl",
                                      list_operation = "getVelocityControlLinks",
                                      link_summary = "Link a velocity control; all targets or none",
                                      unlink_summary = "Unlink a velocity control",
                                      list_summary = "List whom a velocity control concerns";
};

using enum Method;
using enum ErrorCode;
using F = VelocityControls;

constexpr std::string_view all = "/api/v1/issuing/velocity-control";
constexpr std::string_view one = "/api/v1/issuing/velocity-control/{id}";
constexpr std::string_view draft = "/api/v1/issuing/velocity-control/{id}/draft";
constexpr auto reads = Permission::control_read;
constexpr auto writes = Permission::control_write;
constexpr auto none = Idempotency::none;

constexpr std::array control_rows{
    with_etag(endpoint<&create_control<F>>(
        post, all, "createVelocityControl", tag_name, "Create a velocity control", writes, Idempotency::accepted,
        {control_exists, control_link_exists, control_dates_reversed, control_response_not_decline,
         control_limit_missing, too_many_controls, rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large,
         rule_field_not_in_scope, card_not_found, product_not_found, group_not_found, segment_not_found})),
    endpoint<&list_controls<F>>(get, all, "getVelocityControlList", tag_name, "List velocity controls", reads, none),
    with_etag(endpoint<&get_control<F>>(get, one, "getVelocityControl", tag_name, "Get a velocity control", reads, none,
                                        {control_not_found})),
    with_if_match(with_etag(endpoint<&update_control<F>>(
        put, one, "updateVelocityControl", tag_name, "Replace what a velocity control says", writes, none,
        {control_not_found, control_exists, control_dates_reversed, control_response_not_decline, control_limit_missing,
         rule_syntax, rule_field_unknown, rule_type_mismatch, rule_too_large, rule_field_not_in_scope,
         concurrent_change}))),
    with_if_match(endpoint<&delete_control<F>>(del, one, "deleteVelocityControl", tag_name,
                                               "Delete a velocity control with its links", writes, none,
                                               {control_not_found, concurrent_change})),
    endpoint<&list_versions<F>>(get, "/api/v1/issuing/velocity-control/{id}/version", "getVelocityControlVersions",
                                tag_name, "List what a velocity control said, newest first", reads, none,
                                {control_not_found}),
    with_if_match(with_etag(
        endpoint<&put_draft<F>>(put, draft, "putVelocityControlDraft", tag_name,
                                "Make or replace the draft of a velocity control; it does not count yet", writes, none,
                                {control_not_found, control_exists, control_dates_reversed,
                                 control_response_not_decline, control_limit_missing, rule_syntax, rule_field_unknown,
                                 rule_type_mismatch, rule_too_large, rule_field_not_in_scope, concurrent_change}))),
    with_if_match(with_etag(endpoint<&shadow_draft<F>>(
        post, "/api/v1/issuing/velocity-control/{id}/draft/shadow", "shadowVelocityControlDraft", tag_name,
        "Evaluate and record the draft with every decision, without letting it decide", writes, none,
        {control_not_found, control_no_draft, too_many_controls, concurrent_change}))),
    with_if_match(with_etag(
        endpoint<&promote_draft<F>>(post, "/api/v1/issuing/velocity-control/{id}/draft/promote",
                                    "promoteVelocityControlDraft", tag_name, "Let the draft count from now on", writes,
                                    none, {control_not_found, control_no_draft, control_exists, concurrent_change}))),
    with_if_match(endpoint<&drop_draft<F>>(del, draft, "deleteVelocityControlDraft", tag_name, "Give the draft up",
                                           writes, none, {control_not_found, control_no_draft, concurrent_change})),
    with_if_match(with_etag(
        endpoint<&roll_back<F>>(post, "/api/v1/issuing/velocity-control/{id}/rollback", "rollBackVelocityControl",
                                tag_name, "Make a new version that says what an earlier one said", writes, none,
                                {control_not_found, control_version_not_found, control_exists, concurrent_change}))),
};
constexpr auto links = link_rows<VelocityControlLinks>();

}  // namespace

std::span<const Endpoint> velocity_control_endpoints() { return control_rows; }
std::span<const Endpoint> velocity_link_endpoints() { return links; }

}  // namespace takas::api
