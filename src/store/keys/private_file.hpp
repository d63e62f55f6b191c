// Small files that only their owner may read: read whole after checking their mode, written so that a crash leaves the
// old file or the new one. Knows nothing about keys.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "crypto/secret.hpp"

namespace takas::store::keys {

/// The content; nothing when there is no such file. ErrorCode::internal, with a remedy in the detail, when it is no
/// regular file, group or others may touch it, it is larger than `max_bytes`, or it cannot be read.
Result<std::optional<crypto::SecretBytes>> read_private_file(const std::filesystem::path& path, std::size_t max_bytes);

enum class WriteMode : std::uint8_t {
    create,   ///< refuses to replace a file that is there
    replace,  ///< the new content takes the old one's place
};

/// Mode 0600. Durable when it returns: written beside, fsync, renamed (or linked) into place, fsync of the folder.
/// ErrorCode::already_exists (create only) or ErrorCode::unavailable with the system's reason.
Result<void> write_private_file(const std::filesystem::path& path, std::string_view content, WriteMode mode);

/// Makes the folder (mode 0700) and its parents when it is not there; refuses one that group or others may enter.
Result<void> ensure_private_folder(const std::filesystem::path& path);

}  // namespace takas::store::keys
