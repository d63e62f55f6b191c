// Password hashes: Argon2id (RFC 9106) with t=2, m=19456 KiB, p=1 (OWASP's minimum), kept as PHC strings. One hash
// costs about 24 ms and 19 MiB: callers run it off the I/O threads and bound how many run at once.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace takas::crypto {

/// Longer passwords are refused, so that nobody buys time on our processor with a megabyte of password.
inline constexpr std::size_t max_password_bytes = 1024;

/// "$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>" with a fresh 16-octet salt and a 32-octet hash.
/// ErrorCode::internal for a password that is too long, ErrorCode::unavailable when there is no memory.
Result<std::string> hash_password(std::string_view password);

/// Whether the password is the one that was hashed. A too long password is a wrong one. ErrorCode::internal when
/// `phc` is not an Argon2id string of at most 64 MiB and 10 passes, ErrorCode::unavailable when there is no memory.
Result<bool> verify_password(std::string_view password, std::string_view phc);

/// The string was made with other costs than today's: hash again at the next successful sign-in.
bool password_needs_rehash(std::string_view phc);

}  // namespace takas::crypto
