// One stored row as a line of JSON, with every column: what protocol/json leaves out for readers of the API (numbers of
// enumerations without a name) is written as a number.
#pragma once

#include <string>

#include "base/describe.hpp"

namespace takas::app::archive {

/// Appends the line with its end.
void append_row(std::string& out, std::span<const Field> fields, const void* record);

template <Described Record>
void append_row(std::string& out, const Record& record) {
    append_row(out, Describe<Record>::fields, &record);
}

}  // namespace takas::app::archive
