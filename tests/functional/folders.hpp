// Temporary folders of a run.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unistd.h>

namespace takas::functional {

/// A new one, private to its owner. A name short enough for a socket in it.
inline std::filesystem::path temporary_folder(
    std::string_view prefix, const std::filesystem::path& within = std::filesystem::temp_directory_path()) {
    std::string name = (within / prefix).string() + "XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    return name;
}

}  // namespace takas::functional
