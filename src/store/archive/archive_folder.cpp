#include "store/archive/archive_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>
#include <vector>

namespace takas::store::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view draft_suffix = ".part", lock_name = ".lock";
constexpr int draft_tries = 100;  // names that other processes have left
constexpr std::size_t piece_bytes = 256 * 1024;

std::unexpected<Error> system_failure(const fs::path& path, std::string_view what) {
    const ErrorCode code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable;
    return fail(code, fmt::format("{}: cannot {}: {}", path.string(), what, std::generic_category().message(errno)));
}

class Descriptor {
  public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    bool ok() const { return number_ >= 0; }
    int number() const { return number_; }

  private:
    int number_;
};

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.ok() || ::fsync(descriptor.number()) != 0) return system_failure(folder, "make the folder durable");
    return {};
}

/// Names come from the program and from a listing, never from a manifest: still, none leads out of the folder.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    const bool is_new = fs::create_directories(folder, error);
    if (is_new) fs::permissions(folder, fs::perms::owner_all, error);
    if (error) return fail(ErrorCode::unavailable, folder.string() + ": cannot be used: " + error.message());
    return {};
}

class FolderLock final : public app::ports::ArchiveLock {
  public:
    explicit FolderLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  private:
    Descriptor descriptor_;  ///< closing it unlocks; so does the death of the process
};

class FolderDraft final : public app::ports::ArchiveDraft {
  public:
    FolderDraft(fs::path draft, fs::path final) : draft_(std::move(draft)), final_(std::move(final)) {}
    ~FolderDraft() override {
        std::error_code error;
        if (!is_published_) fs::remove_all(draft_, error);
    }
    FolderDraft(const FolderDraft&) = delete;
    FolderDraft& operator=(const FolderDraft&) = delete;

    Result<void> add(std::string_view file, std::string_view bytes) override {
        auto it = files_.find(file);
        if (it == files_.end()) {
            const fs::path path = draft_ / file;
            Descriptor made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
            if (!made.ok()) return system_failure(path, "make the file");
            it = files_.emplace(file, std::move(made)).first;
        }
        while (!bytes.empty()) {
            const ssize_t written = ::write(it->second.number(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return system_failure(draft_ / file, "write the file");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    Result<void> publish() override {
        for (const auto& [name, descriptor] : files_)
            if (::fsync(descriptor.number()) != 0) return system_failure(draft_ / name, "make the file durable");
        if (auto done = sync_folder(draft_); !done) return done;
        if (::rename(draft_.c_str(), final_.c_str()) != 0) return system_failure(final_, "publish the archive");
        is_published_ = true;
        return sync_folder(final_.parent_path());
    }

  private:
    fs::path draft_, final_;
    bool is_published_ = false;
    std::map<std::string, Descriptor, std::less<>> files_;
};

}  // namespace

Result<std::unique_ptr<app::ports::ArchiveLock>> ArchiveFolder::lock() {
    if (auto made = make_folder(folder_); !made) return std::unexpected(std::move(made.error()));
    const fs::path path = folder_ / lock_name;
    Descriptor descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!descriptor.ok()) return system_failure(path, "make the file");
    if (::flock(descriptor.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return system_failure(path, "lock the file");
        return fail(ErrorCode::concurrent_change, folder_.string() + ": another run archives into this folder");
    }
    std::error_code error;
    std::vector<fs::path> left;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error))
        if (it->is_directory(error) && it->path().extension() == draft_suffix) left.push_back(it->path());
    for (const fs::path& draft : left)
        if (!error) fs::remove_all(draft, error);
    if (error) return fail(ErrorCode::unavailable, folder_.string() + ": cannot be used: " + error.message());
    return std::make_unique<FolderLock>(std::move(descriptor));
}

Result<std::vector<std::string>> ArchiveFolder::list() {
    std::vector<std::string> names;
    std::error_code error;
    if (!fs::exists(folder_, error)) return names;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        const bool is_archive = it->is_directory(error) && !name.ends_with(draft_suffix) && is_plain_name(name) &&
                                fs::exists(it->path() / "manifest.json", error);
        if (is_archive) names.push_back(name);
    }
    if (error) return fail(ErrorCode::unavailable, folder_.string() + ": cannot be read: " + error.message());
    std::ranges::sort(names);
    return names;
}

Result<std::unique_ptr<app::ports::ArchiveDraft>> ArchiveFolder::begin(std::string_view archive) {
    if (!is_plain_name(archive)) return fail(ErrorCode::internal, "not a name of an archive");
    const fs::path final = folder_ / archive;
    std::error_code error;
    if (fs::exists(final, error)) return fail(ErrorCode::already_exists, final.string() + " is there already");
    if (auto made = make_folder(folder_); !made) return std::unexpected(std::move(made.error()));
    // A name of its own, mode 0700: no other run's draft can be meant.
    std::string draft;
    for (int tries = 0; tries < draft_tries; ++tries) {
        draft = (folder_ / fmt::format("{}.{}-{}{}", archive, ::getpid(), tries, draft_suffix)).string();
        if (::mkdir(draft.c_str(), 0700) == 0) return std::make_unique<FolderDraft>(draft, final);
        if (errno != EEXIST) break;
    }
    return system_failure(draft, "make the folder");
}

Result<void> ArchiveFolder::read(std::string_view archive, std::string_view file,
                                 const std::function<void(std::string_view piece)>& take) {
    if (!is_plain_name(archive) || !is_plain_name(file)) return fail(ErrorCode::not_found, "no such file");
    const fs::path path = folder_ / archive / file;
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!descriptor.ok()) return system_failure(path, "open the file");
    std::vector<char> buffer(piece_bytes);
    while (true) {
        const ssize_t got = ::read(descriptor.number(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure(path, "read the file");
        if (got == 0) return {};
        take({buffer.data(), static_cast<std::size_t>(got)});
    }
}

}  // namespace takas::store::archive
