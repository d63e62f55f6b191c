#include "main/explanation.hpp"

#include <fmt/core.h>

#include "main/commands.hpp"

namespace takas::main {

std::string explanation(const Error& error) {
    std::string text = error.internal_detail;
    for (const FieldError& field : error.fields) text += (text.empty() ? "" : "; ") + field.path + ": " + field.english;
    return text.empty() ? std::string(error_row(error.code).english) : text;
}

int report_failure(const Error& error) {
    fmt::print(stderr, "takas: {}\n", explanation(error));
    return error.code == ErrorCode::validation ? exit_usage : exit_failed;
}

}  // namespace takas::main
