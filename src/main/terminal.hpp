// Secrets from people and from small files: typed without echo, never from a command line.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::main {

/// Shows the prompt on standard error and reads one line of standard input, without echo when it is a terminal; works
/// on a pipe too. Nothing at the end of input. A line above 512 octets counts as none.
std::optional<crypto::SecretBytes> ask_secret_at_terminal(std::string_view prompt);

/// The first line of a file that only its owner may read. Errors: internal, with the remedy in the detail.
Result<crypto::SecretBytes> read_private_line(const std::filesystem::path& path);

}  // namespace takas::main
