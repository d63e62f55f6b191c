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
    using Body = CreateUpdateVelocityCheckLinkDto;
    using Row = VelocityCheckLinkDto;
    static constexpr auto family = core::control::Family::velocity_control;
    static constexpr auto control_id = &VelocityCheckLinkDto::velocity_check_id;
    static constexpr Permission read = Permission::control_read, write = Permission::control_write;
    static constexpr ErrorCode own_error = ErrorCode::control_limit_missing;
    static constexpr ErrorList of_promotion{ErrorCode::control_not_found, ErrorCode::control_no_draft,
                                            ErrorCode::control_exists, ErrorCode::concurrent_change},
        of_rollback{ErrorCode::control_not_found, ErrorCode::control_version_not_found, ErrorCode::control_exists,
                    ErrorCode::concurrent_change};
    static constexpr std::string_view table = "velocity_control", tag = "VelocityControl",
                                      all = "/api/v1/issuing/velocity-control",
                                      by_id = "/api/v1/issuing/velocity-control/{id}",
                                      versions = "/api/v1/issuing/velocity-control/{id}/version",
                                      draft = "/api/v1/issuing/velocity-control/{id}/draft",
                                      shadow = "/api/v1/issuing/velocity-control/{id}/draft/shadow",
                                      promote = "/api/v1/issuing/velocity-control/{id}/draft/promote",
                                      rollback = "/api/v1/issuing/velocity-control/{id}/rollback",
                                      of_one = "/api/v1/issuing/velocity-control/{id}/link",
                                      one = "/api/v1/issuing/velocity-control/link/{linkId}",
                                      link_operation = "linkVelocityControl",
                                      unlink_operation = "unlinkVelocityControl",
                                      list_operation = "getVelocityControlLinks",
                                      link_summary = "Link a velocity control; all targets or none",
                                      unlink_summary = "Unlink a velocity control",
                                      list_summary = "List whom a velocity control concerns";
    static constexpr Operation creating{"createVelocityControl", "Create a velocity control"},
        listing{"getVelocityControlList", "List velocity controls"},
        getting{"getVelocityControl", "Get a velocity control"},
        updating{"updateVelocityControl", "Replace what a velocity control says"},
        deleting{"deleteVelocityControl", "Delete a velocity control with its links"},
        listing_versions{"getVelocityControlVersions", "List what a velocity control said, newest first"},
        drafting{"putVelocityControlDraft", "Make or replace the draft of a velocity control; it does not count yet"},
        shadowing{"shadowVelocityControlDraft",
                  "Evaluate and record the draft with every decision, without letting it decide"},
        promoting{"promoteVelocityControlDraft", "Let the draft count from now on"},
        dropping{"deleteVelocityControlDraft", "Give the draft up"},
        rolling_back{"rollBackVelocityControl", "Make a new version that says what an earlier one said"};
};

constexpr auto control_rows = control_rows_of<VelocityControls>();
constexpr auto links = link_rows<VelocityControls>();

}  // namespace

std::span<const Endpoint> velocity_control_endpoints() { return control_rows; }
std::span<const Endpoint> velocity_link_endpoints() { return links; }

}  // namespace takas::api
