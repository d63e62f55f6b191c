// Versions over HTTP: an answer names the record's version in ETag, and a change may ask by If-Match that the record
// still has it (RFC 9110, 8.8.3 and 13.1.1). Rows say so with `with_etag` and `with_if_match`. A version that is no
// longer the newest is refused as concurrent_change: 409, as the contract has it for every concurrent change.
#pragma once

#include "api/framework/call.hpp"
#include "app/context/seen_version.hpp"

namespace takas::api {

/// The version that If-Match names: "7", W/"7". Nothing when the header is absent or "*".
/// Error: validation, for anything else.
Result<app::SeenVersion> seen_version(const Call& call);

void set_etag(Call& call, std::int64_t version);

}  // namespace takas::api
