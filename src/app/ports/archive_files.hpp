// The door to archives: folders of text files that are written once and never changed. An archive shows up whole or not
// at all.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace takas::app::ports {

/// An archive that is being written. What is not published is not there.
class ArchiveDraft {
  public:
    virtual ~ArchiveDraft() = default;
    /// Appends to a file of the archive; the first time makes it.
    virtual Result<void> add(std::string_view file, std::string_view bytes) = 0;
    /// Makes everything durable, then visible.
    virtual Result<void> publish() = 0;
};

/// Nobody else archives into this folder while it lives.
class ArchiveLock {
  public:
    virtual ~ArchiveLock() = default;
};

class ArchiveFiles {
  public:
    virtual ~ArchiveFiles() = default;

    /// Also removes what drafts of runs that died have left. Error: concurrent_change when another run has it.
    virtual Result<std::unique_ptr<ArchiveLock>> lock() = 0;
    /// Names of the published archives, rising.
    virtual Result<std::vector<std::string>> list() = 0;
    /// A draft of its own, that is removed unless it is published. A published name is refused: already_exists.
    virtual Result<std::unique_ptr<ArchiveDraft>> begin(std::string_view archive) = 0;
    /// Gives a file's bytes piece by piece. Error: not_found.
    virtual Result<void> read(std::string_view archive, std::string_view file,
                              const std::function<void(std::string_view piece)>& take) = 0;
};

}  // namespace takas::app::ports
