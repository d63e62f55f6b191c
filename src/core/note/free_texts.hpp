// Where people write what they like, and may type a card number: one table of fields (in the .cpp), which every use
// case that stores such a record asks. Numbers that institutions make themselves (customer numbers, codes) are not in
// it: one in ten of such length would be refused by accident.
#pragma once

#include <span>
#include <string_view>

#include "base/describe.hpp"
#include "base/error.hpp"

namespace takas::core::note {

struct FreeText {
    std::string_view record, field;  ///< as described: "Customer", "birth_place"
};
std::span<const FreeText> free_text_fields();

/// Adds an error for each free text of the record that holds a card number. `path` stands before every name:
/// "" or "customer.". Objects within are read, lists are their owner's.
void check_free_texts(const Type& type, const void* record, std::string_view path, FieldErrors& errors);

template <Described Record>
void check_free_texts(const Record& record, std::string_view path, FieldErrors& errors) {
    check_free_texts(type_of<Record>, &record, path, errors);
}
template <Described Record>
Result<void> check_free_texts(const Record& record, std::string_view path = "") {
    FieldErrors errors;
    check_free_texts(record, path, errors);
    if (errors.empty()) return {};
    return std::move(errors).as_error();
}

/// The same for one text that is no record's field.
void check_free_text(std::string_view path, std::string_view text, FieldErrors& errors);
Result<void> check_free_text(std::string_view path, std::string_view text);

}  // namespace takas::core::note
