// Reading archives: whole small files with their hash, and files line by line while they are hashed.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/archive/manifest.hpp"
#include "app/ports/archive_files.hpp"

namespace takas::app::archive {

struct ReadManifest {
    Manifest manifest;
    std::string sha256;  ///< of its text, hex
};

/// Error: internal when it is no manifest of a format this program knows.
Result<ReadManifest> read_manifest(ports::ArchiveFiles& files, std::string_view archive);

/// Gives each line without its end, then says what the file is: name, lines, bytes, hash. An error of `take` ends it.
Result<ArchivedFile> read_lines(ports::ArchiveFiles& files, std::string_view archive, std::string_view file,
                                const std::function<Result<void>(std::string_view line)>& take);

}  // namespace takas::app::archive
