// A file that only takes its place when it is whole: it is made beside it (".part", mode 0600), one maker at a time.
// What a maker that died has left beside the place is finished by the next one when it is whole, else overwritten.
#pragma once

#include <string>
#include <string_view>

namespace takas::main {

enum class FileState : std::uint8_t {
    absent,
    whole,  ///< ends with its trailer, and the SHA-256 in there is the one asked for
    other,  ///< another file, or a part of this one
};

/// `sha256`: of all lines before the trailer, as docs/operating/perso.md says.
FileState state_of_perso_file(const std::string& path, std::string_view sha256);

class PersoOutFile {
  public:
    explicit PersoOutFile(std::string path);
    /// What was not kept is gone, unless it was left.
    ~PersoOutFile();
    PersoOutFile(const PersoOutFile&) = delete;
    PersoOutFile& operator=(const PersoOutFile&) = delete;

    /// False: it cannot be made, or another process makes it now.
    bool is_open() const { return file_ >= 0; }
    const std::string& part() const { return part_; }
    /// Empties what a maker before has left.
    bool begin();
    bool put(std::string_view line);
    /// What was put survives a power cut.
    bool make_durable() const;
    /// In its place, durably; false when a file is there already.
    bool keep();
    /// Stays beside its place: what becomes of it is not known yet.
    void leave() { stays_ = true; }

  private:
    bool write_all(std::string_view text) const;

    std::string path_, part_;
    int file_ = -1;
    bool stays_ = false;
};

}  // namespace takas::main
