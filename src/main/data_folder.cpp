#include "main/data_folder.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace takas::main {
namespace {

/// Card data lies here: others in the folder, or with a look at the database, are worth a word. Their rights stay as
/// they are: somebody may have given them on purpose.
void warn_when_open(const std::filesystem::path& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0 || (found.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
    fmt::print(stderr, "takas: {} is open to others (mode {:04o}): card data lies here; chmod go= {}\n", path.string(),
               found.st_mode & 07777, path.string());
}

}  // namespace

Result<DataFolder> DataFolder::open(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
        std::filesystem::create_directories(path, error);
        if (error) return fail(ErrorCode::unavailable, "cannot make " + path.string() + ": " + error.message());
        std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
    }
    const std::string lock_path = path / "lock";
    const int lock = ::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return fail(ErrorCode::unavailable, "cannot write in " + path.string() + ": " + std::strerror(errno));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return fail(ErrorCode::unavailable, path.string() + " is in use by another takas");
    }
    DataFolder folder(path, lock);
    warn_when_open(folder.path());
    warn_when_open(folder.database());
    return folder;
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);  // unlocks
}

}  // namespace takas::main
