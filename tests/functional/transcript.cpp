#include "transcript.hpp"

#include <fmt/format.h>

namespace takas::functional {

Transcript::Transcript(const std::filesystem::path& file) {
    if (!file.empty()) out_.open(file, std::ios::app);
}

void Transcript::add(const Question& question, const Answer& answer, std::string_view scenario) {
    if (!out_.is_open()) return;
    out_ << fmt::format(R"({{"scenario":{},"method":{},"path":{},"status":{},"contentType":{},"body":{}}})",
                        json_string(scenario), json_string(question.method), json_string(question.target),
                        answer.status, json_string(answer.content_type), json_string(answer.body))
         << '\n'
         << std::flush;
}

}  // namespace takas::functional
