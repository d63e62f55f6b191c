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

class ArchiveFiles {
  public:
    virtual ~ArchiveFiles() = default;

    /// Names of the published archives, rising.
    virtual Result<std::vector<std::string>> list() = 0;
    /// What an earlier draft of this name left behind is removed. A published one is refused: already_exists.
    virtual Result<std::unique_ptr<ArchiveDraft>> begin(std::string_view archive) = 0;
    /// Gives a file's bytes piece by piece. Error: not_found.
    virtual Result<void> read(std::string_view archive, std::string_view file,
                              const std::function<void(std::string_view piece)>& take) = 0;
};

}  // namespace takas::app::ports
