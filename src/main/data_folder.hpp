// The data folder of one installation: made when it is absent, private to its owner, and used by one server at a time.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"

namespace takas::main {

class DataFolder {
  public:
    /// Makes the folder (mode 0700) when it is absent and locks it until this dies. Error: unavailable; the detail
    /// names the folder and what is wrong, "in use" when another server has it.
    static Result<DataFolder> open(const std::filesystem::path& path);
    ~DataFolder();
    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path database() const { return path_ / "takas.db"; }

  private:
    DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
    std::filesystem::path path_;
    int lock_ = -1;  ///< descriptor of the locked file
};

}  // namespace takas::main
