#include "cluster.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "folders.hpp"

namespace takas::functional {
namespace {

/// In memory where there is enough: a database is hundreds of files, and scenarios are not about disks.
std::filesystem::path place() {
    constexpr std::uintmax_t needed_bytes = 1 << 30;
    const std::filesystem::path memory = "/dev/shm";
    std::error_code ignored;
    const auto space = std::filesystem::space(memory, ignored);
    return !ignored && space.available >= needed_bytes && ::access(memory.c_str(), W_OK) == 0
               ? memory
               : std::filesystem::temp_directory_path();
}

/// What the command prints, without the last line feed. A failure ends the program: there is nothing to play on.
std::string output_of(const std::string& command) {
    std::string output;
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> piece;
    while (pipe != nullptr && std::fgets(piece.data(), piece.size(), pipe) != nullptr) output += piece.data();
    if (pipe == nullptr || ::pclose(pipe) != 0) {
        std::cerr << "this failed: " << command << std::endl;
        std::exit(1);
    }
    while (output.ends_with('\n')) output.pop_back();
    return output;
}

std::string private_postgres(std::string_view command, const std::filesystem::path& folder,
                             const std::string& arguments) {
    const char* const other = std::getenv("TAKAS_PRIVATE_POSTGRES");  // tools/private_citus, for the trial on Citus
    return output_of(
        fmt::format("'{}' {} '{}' {}", other ? other : TAKAS_PRIVATE_POSTGRES, command, folder.string(), arguments));
}

}  // namespace

Cluster::Cluster() : folder_(temporary_folder("takas-pg-", place())) {
    private_postgres("start", folder_, fmt::format("watch={} max_wal_size=128MB", ::getpid()));
}

Cluster::~Cluster() { private_postgres("remove", folder_, ""); }

std::string Cluster::database(const std::string& name, const std::string& original) const {
    return private_postgres("database", folder_, name + " " + original);
}

}  // namespace takas::functional
