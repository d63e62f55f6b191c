// The id that ties an answer, its log lines and the caller's own records together: the caller's UUID when it sent one,
// else a fresh one.
#pragma once

#include <string>
#include <string_view>

#include "app/ports/random.hpp"

namespace takas::api {

/// 8-4-4-4-12 hexadecimal digits, any version.
bool is_uuid(std::string_view text);

/// A random UUID (RFC 9562 version 4), lower case.
std::string random_uuid(app::ports::Random& random);

}  // namespace takas::api
