// Who calls, once the token is believed, and the door through which the dispatcher asks. Implemented in api/auth.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/framework/permission.hpp"
#include "base/error.hpp"
#include "base/strong_id.hpp"

namespace takas::api {

struct Principal {
    TenantId tenant_id;
    std::string tenant_uuid;  ///< the `tenantid` claim
    std::string user_id;      ///< UUID: becomes creatorId
    std::string user_name;
    PermissionSet permissions;
    std::string scope;
    std::string key_space{};                ///< Idempotency-Keys of different ones never meet; "" for users
    std::shared_ptr<const void> details{};  ///< what a dialect's door knows of its caller
};

class Authenticator {
  public:
    virtual ~Authenticator() = default;
    /// `bearer` is the token without the scheme. Called on I/O threads: must answer from memory in the usual case.
    /// Errors: unauthenticated (expired, revoked, forged, unknown user), unavailable.
    virtual Result<Principal> authenticate(std::string_view bearer) = 0;
};

}  // namespace takas::api
