#include "main/perso_out_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/perso/perso_record.hpp"
#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "protocol/json/codec.hpp"

namespace takas::main {

FileState state_of_perso_file(const std::string& path, std::string_view sha256) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) return FileState::absent;
    std::ifstream in(path, std::ios::binary);
    crypto::Sha256Stream digest;
    std::string line, last;
    for (bool is_first = true; std::getline(in, line) && !in.eof(); is_first = false) {
        if (!is_first) {
            digest.add(bytes_of(last));
            digest.add(bytes_of("\n"));
        }
        last = std::move(line);
    }
    const auto trailer = protocol::json::decode<app::perso::PersoTrailer>(last);
    const bool is_whole =
        trailer && trailer->record == "trailer" && trailer->sha256 == sha256 && hex_encode(digest.finish()) == sha256;
    return is_whole ? FileState::whole : FileState::other;
}

PersoOutFile::PersoOutFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {
    file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file_ < 0) return;
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0 && ::fchmod(file_, 0600) == 0) return;
    ::close(file_);
    file_ = -1;
}

PersoOutFile::~PersoOutFile() {
    if (file_ < 0) return;
    if (!stays_) ::unlink(part_.c_str());
    ::close(file_);
}

bool PersoOutFile::begin() { return ::ftruncate(file_, 0) == 0 && ::lseek(file_, 0, SEEK_SET) == 0; }

bool PersoOutFile::put(std::string_view line) { return write_all(line) && write_all("\n"); }

bool PersoOutFile::make_durable() const { return ::fsync(file_) == 0; }

bool PersoOutFile::keep() {
    if (!make_durable() || ::link(part_.c_str(), path_.c_str()) != 0) return false;
    const int folder = ::open(std::filesystem::absolute(path_).parent_path().c_str(), O_RDONLY | O_DIRECTORY);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return true;
}

bool PersoOutFile::write_all(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t written = ::write(file_, text.data(), text.size());
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace takas::main
