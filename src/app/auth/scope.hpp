// Scopes of access tokens: a blank-separated list (RFC 6749 section 3.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace takas::app::auth {

inline constexpr std::string_view default_scope = "Issuing Acquiring";

/// Those of the asked scopes that exist and, when `granted` is given, are in it; in our order, each once. Nothing
/// asked: all of `granted`, else the default. Nothing when none is left.
std::optional<std::string> narrow_scope(const std::optional<std::string>& asked,
                                        const std::optional<std::string>& granted = {});

}  // namespace takas::app::auth
