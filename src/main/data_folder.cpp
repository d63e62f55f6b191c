#include "main/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace takas::main {

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
    return DataFolder(path, lock);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);  // unlocks
}

}  // namespace takas::main
