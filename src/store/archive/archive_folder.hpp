// Archives as folders of plain files: DIR/2026-11/... A draft is DIR/2026-11.PID-N.part until everything in it is on
// the disk; then one rename makes it visible. Files are for their owner alone (they hold customers' transactions, no
// full PANs).
#pragma once

#include <filesystem>

#include "app/ports/archive_files.hpp"

namespace takas::store::archive {

class ArchiveFolder final : public app::ports::ArchiveFiles {
  public:
    explicit ArchiveFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// flock on DIR/.lock.
    Result<std::unique_ptr<app::ports::ArchiveLock>> lock() override;
    Result<std::vector<std::string>> list() override;
    /// Makes the folder (mode 0700) when it is absent.
    Result<std::unique_ptr<app::ports::ArchiveDraft>> begin(std::string_view archive) override;
    Result<void> read(std::string_view archive, std::string_view file,
                      const std::function<void(std::string_view piece)>& take) override;

  private:
    std::filesystem::path folder_;
};

}  // namespace takas::store::archive
