// Letters as Turkish writes, orders and compares them, over UTF-8 text that is known to be valid. Knows nothing of what
// the texts are: names, lines of a card.
#pragma once

#include <string>
#include <string_view>

namespace takas::core::text {

/// Upper case as in Turkish: i becomes İ and ı becomes I; ß stays. Latin letters only, others as they are.
std::string upper_turkish(std::string_view text);

/// Latin letters without their marks: "Ç" gives "C", "İ" and "ı" give "I" and "i", "ß" gives "ss", "Æ" gives "AE".
/// What is no Latin letter stays as it is.
std::string without_marks(std::string_view text);

/// A form to compare, search and sort names by: equal for texts that differ in case or in marks that are no letters of
/// their own in Turkish (é and e, â and a), while ı and i, c and ç, s and ş stay different. Its bytes are in the order
/// of the Turkish alphabet with q, w and x at their usual places, digits before letters, other scripts after them. The
/// key of a part of a text is a part of the text's key.
std::string name_key(std::string_view text);

}  // namespace takas::core::text
