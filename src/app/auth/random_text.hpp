// Random texts: identifiers of users and secrets of clients.
#pragma once

#include <string>

#include "app/ports/random.hpp"

namespace takas::app::auth {

/// A random UUID (RFC 9562 version 4), lower case.
std::string random_uuid(ports::Random& random);

/// `bytes` random octets as base64url, for secrets: 32 octets give 43 characters.
std::string random_base64url(ports::Random& random, std::size_t bytes);

/// The UUID that stands for an API client where a user's is expected (the `sub` claim, creatorId): made from its id
/// (RFC 9562 version 8), so that it needs no column and never changes.
std::string client_subject(std::string_view client_id);

}  // namespace takas::app::auth
