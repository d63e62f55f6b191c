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
    using Body = CreateUpdateAuthorizationCheckLinkDto;
    using Row = AuthorizationCheckLinkDto;
    static constexpr auto family = core::control::Family::authorization_control;
    static constexpr auto control_id = &AuthorizationCheckLinkDto::authorization_check_id;
    static constexpr Permission read = Permission::control_read, write = Permission::control_write;
    static constexpr ErrorCode own_error = ErrorCode::control_contradiction;
    static constexpr ErrorList of_promotion{ErrorCode::control_not_found, ErrorCode::control_no_draft,
                                            ErrorCode::control_exists, ErrorCode::control_contradiction,
                                            ErrorCode::concurrent_change},
        of_rollback{ErrorCode::control_not_found, ErrorCode::control_version_not_found, ErrorCode::control_exists,
                    ErrorCode::control_contradiction, ErrorCode::concurrent_change};
    static constexpr std::string_view table = "authorization_control", tag = "AuthorizationControl",
                                      all = "/api/v1/issuing/authorization-control",
                                      by_id = "/api/v1/issuing/authorization-control/{id}",
                                      versions = "/api/v1/issuing/authorization-control/{id}/version",
                                      draft = "/api/v1/issuing/authorization-control/{id}/draft",
                                      shadow = "/api/v1/issuing/authorization-control/{id}/draft/shadow",
                                      promote = "/api/v1/issuing/authorization-control/{id}/draft/promote",
                                      rollback = "/api/v1/issuing/authorization-control/{id}/rollback",
                                      of_one = "/api/v1/issuing/authorization-control/{id}/link",
                                      one = "/api/v1/issuing/authorization-control/link/{linkId}",
                                      link_operation = "linkAuthorizationControl",
                                      unlink_operation = "unlinkAuthorizationControl",
                                      list_operation = "getAuthorizationControlLinks",
                                      link_summary = "Link an authorization control; all targets or none",
                                      unlink_summary = "Unlink an authorization control",
                                      list_summary = "List whom an authorization control concerns";
    static constexpr Operation creating{"createAuthorizationControl", "Create an authorization control"},
        listing{"getAuthorizationControlList", "List authorization controls"},
        getting{"getAuthorizationControl", "Get an authorization control"},
        updating{"updateAuthorizationControl", "Replace what an authorization control says"},
        deleting{"deleteAuthorizationControl", "Delete an authorization control with its links"},
        listing_versions{"getAuthorizationControlVersions", "List what an authorization control said, newest first"},
        drafting{"putAuthorizationControlDraft",
                 "Make or replace the draft of an authorization control; it does not count yet"},
        shadowing{"shadowAuthorizationControlDraft",
                  "Evaluate and record the draft with every decision, without letting it decide"},
        promoting{"promoteAuthorizationControlDraft", "Let the draft count from now on"},
        dropping{"deleteAuthorizationControlDraft", "Give the draft up"},
        rolling_back{"rollBackAuthorizationControl", "Make a new version that says what an earlier one said"};
};

constexpr auto control_rows = control_rows_of<AuthorizationControls>();
constexpr auto links = link_rows<AuthorizationControls>();

}  // namespace

std::span<const Endpoint> authorization_control_endpoints() { return control_rows; }
std::span<const Endpoint> authorization_link_endpoints() { return links; }

}  // namespace takas::api
