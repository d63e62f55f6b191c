// Writes down every call of a run as a JSON line, for the contract test and the secret scan.
#pragma once

#include <filesystem>
#include <fstream>

#include "answer.hpp"

namespace takas::functional {

class Transcript {
  public:
    /// Appends. An empty path: nothing is written.
    explicit Transcript(const std::filesystem::path& file);

    void add(const Question& question, const Answer& answer, std::string_view scenario);

  private:
    std::ofstream out_;
};

}  // namespace takas::functional
