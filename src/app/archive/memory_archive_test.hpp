// For tests: archives in memory, which can lose their power at any write. Not part of the server.
#pragma once

#include <map>
#include <stdexcept>

#include "app/ports/archive_files.hpp"

namespace takas::app::archive {

class MemoryArchive final : public ports::ArchiveFiles {
  public:
    using Files = std::map<std::string, std::string, std::less<>>;
    std::map<std::string, Files, std::less<>> published;
    std::function<void(Files&)> tamper;  ///< with what is published
    bool is_locked = false;
    int writes_left = -1;  ///< then every write fails; -1: never

    Result<std::unique_ptr<ports::ArchiveLock>> lock() override {
        if (is_locked) return fail(ErrorCode::concurrent_change, "another run");
        is_locked = true;
        return std::make_unique<Lock>(*this);
    }
    Result<std::vector<std::string>> list() override {
        std::vector<std::string> names;
        for (const auto& [name, files] : published) names.push_back(name);
        return names;
    }
    Result<std::unique_ptr<ports::ArchiveDraft>> begin(std::string_view archive) override {
        if (published.contains(archive)) return fail(ErrorCode::already_exists);
        return std::make_unique<Draft>(*this, std::string(archive));
    }
    Result<void> read(std::string_view archive, std::string_view file,
                      const std::function<void(std::string_view)>& take) override {
        const auto folder = published.find(archive);
        if (folder == published.end() || !folder->second.contains(file)) return fail(ErrorCode::not_found);
        // In pieces that end anywhere.
        std::string_view text = folder->second.find(file)->second;
        for (constexpr std::size_t piece = 100; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
            take(text.substr(0, piece));
        return {};
    }
    std::string& text(std::string_view archive, std::string_view file) {
        return published.find(archive)->second.find(file)->second;
    }

  private:
    class Lock final : public ports::ArchiveLock {
      public:
        explicit Lock(MemoryArchive& archive) : archive_(archive) {}
        ~Lock() override { archive_.is_locked = false; }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;

      private:
        MemoryArchive& archive_;
    };
    class Draft final : public ports::ArchiveDraft {
      public:
        Draft(MemoryArchive& archive, std::string name) : archive_(archive), name_(std::move(name)) {}
        Result<void> add(std::string_view file, std::string_view bytes) override {
            if (archive_.writes_left == 0) return fail(ErrorCode::unavailable, "disk full");
            if (archive_.writes_left > 0) --archive_.writes_left;
            files_[std::string(file)] += bytes;
            return {};
        }
        Result<void> publish() override {
            if (archive_.writes_left == 0) return fail(ErrorCode::unavailable, "disk full");
            if (archive_.tamper) archive_.tamper(files_);
            archive_.published[name_] = files_;
            return {};
        }

      private:
        MemoryArchive& archive_;
        std::string name_;
        Files files_;
    };
};

}  // namespace takas::app::archive
