// Owner-only files over POSIX calls.
#include "store/keys/private_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

namespace takas::store::keys {
namespace {

namespace fs = std::filesystem;

constexpr mode_t others_bits = 077;

/// Closes on every way out.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    bool ok() const { return number_ >= 0; }
    int number() const { return number_; }
    bool close() {
        const int number = std::exchange(number_, -1);
        return number < 0 || ::close(number) == 0;
    }

  private:
    int number_;
};

std::unexpected<Error> system_failure(ErrorCode code, const fs::path& path, std::string_view what) {
    return fail(code, fmt::format("{}: cannot {}: {}", path.string(), what, std::generic_category().message(errno)));
}

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

Result<void> sync_folder(const fs::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.ok() || ::fsync(descriptor.number()) != 0)
        return system_failure(ErrorCode::unavailable, folder, "make the folder durable");
    return {};
}

/// Where the entry stands, also when its path is relative or ends in a slash.
fs::path folder_of(const fs::path& path) {
    std::error_code error;
    const fs::path whole = fs::absolute(path, error);
    if (error) return path.parent_path();
    return (whole.has_filename() ? whole : whole.parent_path()).parent_path();
}

/// Gives the finished temporary file its name.
Result<void> put_in_place(const std::string& temporary, const fs::path& path, WriteMode mode) {
    if (mode == WriteMode::replace) {
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            return system_failure(ErrorCode::unavailable, path, "replace the file");
        return {};
    }
    if (::link(temporary.c_str(), path.c_str()) != 0) {
        return system_failure(errno == EEXIST ? ErrorCode::already_exists : ErrorCode::unavailable, path,
                              "create the file");
    }
    ::unlink(temporary.c_str());
    return {};
}

}  // namespace

Result<std::optional<crypto::SecretBytes>> read_private_file(const fs::path& path, std::size_t max_bytes) {
    // O_NONBLOCK: a named pipe in the file's place must not hang the start.
    const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!descriptor.ok()) {
        if (errno == ENOENT) return std::nullopt;
        return system_failure(ErrorCode::internal, path, "open the file");
    }
    struct stat status{};
    if (::fstat(descriptor.number(), &status) != 0)
        return system_failure(ErrorCode::internal, path, "examine the file");
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::internal, fmt::format("{}: not a regular file", path.string()));
    if ((status.st_mode & others_bits) != 0) {
        return fail(ErrorCode::internal,
                    fmt::format("{0}: others than its owner may use this file. Run: chmod 600 {0}", path.string()));
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    if (size > max_bytes) return fail(ErrorCode::internal, fmt::format("{}: the file is too large", path.string()));
    crypto::SecretBytes content(size);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::read(descriptor.number(), content.writable().data() + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure(ErrorCode::internal, path, "read the file");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    content.shrink(done);
    return content;
}

Result<void> write_private_file(const fs::path& path, std::string_view content, WriteMode mode) {
    std::string temporary = path.string() + ".XXXXXX";
    Descriptor descriptor(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
    if (!descriptor.ok()) return system_failure(ErrorCode::unavailable, path, "write beside the file");
    Result<void> done;
    if (!write_all(descriptor.number(), content) || ::fsync(descriptor.number()) != 0 || !descriptor.close()) {
        done = system_failure(ErrorCode::unavailable, path, "write the file");
    } else {
        done = put_in_place(temporary, path, mode);
    }
    if (!done) {
        ::unlink(temporary.c_str());
        return done;
    }
    return sync_folder(folder_of(path));
}

Result<void> ensure_private_folder(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        std::error_code error;
        const fs::path folder = folder_of(path);
        fs::create_directories(folder, error);
        if (error)
            return fail(ErrorCode::unavailable,
                        fmt::format("{}: cannot make the folder: {}", folder.string(), error.message()));
        if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
            return system_failure(ErrorCode::unavailable, path, "make the folder");
        if (auto synced = sync_folder(folder); !synced) return synced;
        if (::stat(path.c_str(), &status) != 0)
            return system_failure(ErrorCode::unavailable, path, "examine the folder");
    }
    if (!S_ISDIR(status.st_mode)) return fail(ErrorCode::internal, fmt::format("{}: not a folder", path.string()));
    if ((status.st_mode & others_bits) != 0) {
        return fail(ErrorCode::internal,
                    fmt::format("{0}: others than its owner may enter this folder. Run: chmod 700 {0}", path.string()));
    }
    return {};
}

}  // namespace takas::store::keys
